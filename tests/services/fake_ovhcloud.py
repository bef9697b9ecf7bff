"""OVHcloud's API as its carbon calculator uses it: signed calls, a task that takes a while, a link that needs no key.

Routes, statuses and the file's header as OVHcloud's guide "How to obtain the carbon footprint of your OVHcloud
services" and public importers of September 2026 show them; every figure is made up.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field

from .fake_http import Asked, Fake, Reply, as_json

APPLICATION_KEY, APPLICATION_SECRET, CONSUMER_KEY = "app-key-0001", "app-secret-0001", "consumer-key-0001"
ACCOUNT = "aa00000-ovh"
CSV = "/1.0/me/carbonCalculator/csv"
HEADER = (
    "type,datacenter,range,name,server_domain,date,manufacturing_emissions_kg_co2eq,"
    "location_based_electricity_emissions_kg_co2eq,market_based_electricity_emissions_kg_co2eq,"
    "location_based_operational_emissions_kg_co2eq,market_based_operational_emissions_kg_co2eq,"
    "total_location_based_kg_co2eq,total_market_based_kg_co2eq"
)
ROWS = [
    "BAREMETAL,GRA,advance gen4,advance-2,ns1.ip-10-0-0.eu,{month},5.00,15.50,1.25,7.00,6.75,27.50,13.00",
    "PCI-COMPUTE,RBX,b2,b2-7.monthly,,{month},3.00,2.25,1.50,2.25,2.25,7.50,6.75",
]


@dataclass
class Ovhcloud(Fake):
    """The calculator of one account: how long a task takes, how it ends, and what the file holds."""

    polls: int = 2
    ending: str = "SUCCESS"
    rows: list[str] = field(default_factory=lambda: list(ROWS))
    etag: str = '"v1"'
    asked_months: list[tuple[str, str]] = field(default_factory=list)

    @property
    def file(self) -> bytes:
        """The file that the link leads to."""
        month = self.asked_months[-1][0][:7]
        return "\n".join([HEADER, *(row.format(month=month) for row in self.rows)]).encode()

    def answer(self, asked: Asked) -> Reply:
        """Answer the clock, the task's two routes, and the link."""
        path = asked.path.split("?")[0]
        if path == "/1.0/auth/time":
            return as_json(200, int(time.time()))
        if path == "/files/footprint.csv":
            return self._file(asked)
        if not self._signed(asked):
            return as_json(
                403, {"errorCode": "INVALID_CREDENTIAL", "message": "This credential is not valid"}
            )
        if asked.line == f"POST {CSV}":
            body = json.loads(asked.body)
            self.asked_months.append((body["startMonth"], body["endMonth"]))
            return as_json(202, {"taskID": f"{ACCOUNT}_{body['startMonth'][:7].replace('-', '')}"})
        if path.startswith("/1.0/me/carbonCalculator/task/"):
            task = path.rsplit("/", 1)[1]
            if self.count(r"GET .*/task/") <= self.polls:
                return as_json(200, {"taskID": task, "status": "IN_PROGRESS", "link": None})
            link = f"{self.url}/files/footprint.csv?X-Amz-Signature=s3cr3t-link"
            done = self.ending == "SUCCESS"
            return as_json(200, {"taskID": task, "status": self.ending, "link": link if done else None})
        return as_json(404, {"message": "The requested object does not exist"})

    def _signed(self, asked: Asked) -> bool:
        sent = {name.lower(): value for name, value in asked.headers.items()}
        stamp = sent.get("x-ovh-timestamp", "0")
        text = "+".join([APPLICATION_SECRET, CONSUMER_KEY, asked.method, f"{self.url}{asked.path}",
                         asked.body.decode(), stamp])  # fmt: skip
        signature = "$1$" + hashlib.sha1(text.encode()).hexdigest()
        return sent.get("x-ovh-signature") == signature and abs(int(stamp) - time.time()) < 30

    def _file(self, asked: Asked) -> Reply:
        headers = {"Content-Type": "text/csv", "ETag": self.etag}
        sent = {name.lower(): value for name, value in asked.headers.items()}
        if "range" in sent and sent.get("if-range") == self.etag:
            start = int(sent["range"].removeprefix("bytes=").removesuffix("-"))
            whole = self.file
            headers["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
            return 206, headers, whole[start:]
        return 200, headers, self.file
