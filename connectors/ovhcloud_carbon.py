"""OVHcloud's carbon calculator: the month's CSV of one account, one row per server or per flavor and datacenter, in kg."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._csv import rows
from connectors._http import SourceError
from connectors._patience import Again, download, failure, patiently
from connectors._periods import wait_for_its_end

TEXTS = {
    "type": "service_type", "datacenter": "datacenter", "range": "product_range", "name": "product_name",
    "server_domain": "server_domain",
}  # fmt: skip
NUMBERS = {
    "manufacturing_emissions_kg_co2eq": "manufacturing_kg_co2e",
    "location_based_electricity_emissions_kg_co2eq": "electricity_location_kg_co2e",
    "market_based_electricity_emissions_kg_co2eq": "electricity_market_kg_co2e",
    "location_based_operational_emissions_kg_co2eq": "operational_location_kg_co2e",
    "market_based_operational_emissions_kg_co2eq": "operational_market_kg_co2e",
    "total_location_based_kg_co2eq": "total_location_kg_co2e",
    "total_market_based_kg_co2eq": "total_market_kg_co2e",
}
# Totals are checked only; of the others none may lack: a row without its market figure would lower its claim's sum.
TOTALS = ("total_location_kg_co2e", "total_market_kg_co2e")
COLUMNS = {*TEXTS, "date", *NUMBERS}
# One row is a server, or a flavor in a datacenter: ten thousand tonnes in a month is no kg.
MAX_KG = 1e7
# The calculator takes seconds to minutes; after ten the task is stuck.
POLL_SECONDS, POLL_AT_MOST, POLL_ALL_SECONDS = 2.0, 60.0, 600.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Connector(base.Connector):
    """One request is one account (its NIC handle), one connection its keys; see ``docs/sources/ovhcloud.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("month", pa.date32())]
        + [(name, pa.string()) for name in TEXTS.values()]
        + [(name, pa.float64()) for name in NUMBERS.values()]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Have the calculator write the month's CSV, wait for it, download it.

        The connection: login = application key, password = application secret, ``extra.consumer_key``,
        ``extra.endpoint`` (``ovh-eu``, the default, or ``ovh-ca``).

        Raises
        ------
        NotYetPublished
            Before the month has ended, and while its file holds no row.
        SourceError
            When the keys are refused, the task fails, or it is not done after ten minutes.
        """
        if len(source.requests) != 1:
            raise SourceError(
                f"{source.id}: the keys belong to one account, but {len(source.requests)} requests are configured; "
                "make one source with its own connection per account"
            )
        wait_for_its_end(period, source.id)
        account = source.requests[0]
        client, month = _client(secrets), f"{period}-01"
        task = _call(
            lambda: client.post("/me/carbonCalculator/csv", startMonth=month, endMonth=month), source.id
        )
        data = download(_link(client, str(task["taskID"]), source.id))
        if sum(1 for line in data.splitlines() if line.strip()) == 1:
            raise base.NotYetPublished(f"{source.id}: the calculator's file for {period} holds no row yet")
        yield base.Document(data, f"carbon-{period}.csv", account, options=source.options_for(account))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; an unknown column stops, since a renamed one would turn into nothing."""
        return batches(_rows(document), self.SCHEMA)


def _client(secrets: base.Secrets) -> Any:
    import ovh

    endpoint = str(secrets.extra.get("endpoint") or "ovh-eu")
    named = endpoint if endpoint in ovh.client.ENDPOINTS else "ovh-eu"
    client = ovh.Client(
        endpoint=named,
        application_key=secrets.login,
        application_secret=secrets.password,
        consumer_key=str(secrets.extra.get("consumer_key") or ""),
        timeout=(10, 120),
    )
    if named != endpoint:
        place = urlsplit(endpoint)
        if place.scheme != "https" and place.hostname not in LOOPBACK:
            raise SourceError(
                f"extra.endpoint of the connection: {endpoint!r} is neither ovh-eu, ovh-ca nor an https URL"
            )
        # The SDK takes only names that it knows.
        client._endpoint = endpoint.rstrip("/")
    return client


def _call(ask: Callable[[], Any], source_id: str) -> Mapping[str, Any]:
    """Make one signed call; each attempt is signed anew, since a signature is good for a moment only."""
    from ovh.exceptions import APIError

    def attempt() -> Mapping[str, Any]:
        try:
            answer: Mapping[str, Any] = ask()
            return answer
        except APIError as error:
            answered = error.response
            if answered is None:  # the network failed, or the answer was no JSON: a proxy's error page
                raise Again(f"no readable answer ({type(error).__name__})") from None
            if answered.status_code in (401, 403):
                raise SourceError(
                    f"{source_id}: OVHcloud refuses the keys (HTTP {answered.status_code}: {error}); the consumer key has "
                    "expired, was withdrawn, or lacks a right: make a new one as docs/sources/ovhcloud.md says"
                ) from None
            raise failure(answered.status_code, answered.headers, str(error), source_id) from None

    return patiently(attempt, f"{source_id}: OVHcloud's carbon calculator")


def _link(client: Any, task_id: str, source_id: str) -> str:
    waited, wait = 0.0, POLL_SECONDS
    while True:
        task = _call(lambda: client.get(f"/me/carbonCalculator/task/{task_id}"), source_id)
        status = task.get("status")
        if status == "SUCCESS" and task.get("link"):
            return str(task["link"])
        if status != "IN_PROGRESS":
            raise SourceError(
                f"{source_id}: the calculator's task {task_id} ended with {status!r} and no file; ask again, "
                "then ask OVHcloud's support"
            )
        if waited >= POLL_ALL_SECONDS:
            raise SourceError(
                f"{source_id}: the calculator's task {task_id} is not done after {waited:g} s; ask again"
            )
        time.sleep(wait)
        waited, wait = waited + wait, min(2 * wait, POLL_AT_MOST)


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in rows(document, ",", COLUMNS, COLUMNS, may_repeat=_is_unnamed_server):
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _line(cells)
        except RowError as error:
            yield error.reject(row, text)


def _is_unnamed_server(cells: Mapping[str, str]) -> bool:
    # Before July 2026 servers came without a name, so that two alike give two equal rows. Public Cloud rows are already
    # sums per flavor and datacenter: two equal ones are a repetition.
    return not cells["server_domain"] and not cells["name"] and not cells["type"].startswith("PCI-")


def _line(cells: Mapping[str, str]) -> dict[str, Any]:
    try:
        month = dt.date.fromisoformat(f"{cells['date']}-01")
    except ValueError:
        raise RowError("date", cells["date"], "is not a month YYYY-MM", "ask for the file again") from None
    line: dict[str, Any] = {"month": month}
    line |= {ours: cells[theirs].strip() or None for theirs, ours in TEXTS.items()}
    line |= {
        ours: number(theirs, cells[theirs], minimum=0, maximum=MAX_KG) for theirs, ours in NUMBERS.items()
    }
    if line["service_type"] is None:
        raise RowError("type", "", "is empty", "ask for the file again")
    for theirs, ours in NUMBERS.items():
        if ours not in TOTALS and line[ours] is None:
            raise RowError(theirs, "", "is empty", "ask for the file again, or ask OVHcloud's support")
    return line


connector = Connector()
