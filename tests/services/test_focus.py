"""A provider's FOCUS export in a bucket: fetched in pieces, landed, read; nothing half, nothing twice."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import requests
from aiohttp import ClientPayloadError

import connectors
from connectors._files import TwoExports
from connectors.base import NotYetPublished, Secrets, Source
from footing import landing, typed
from footing.config_models import SourceEntry
from footing.storage import Store

from .s3_server import Bucket

SAMPLE = Path(__file__).parents[1] / "connectors" / "samples" / "focus_1.0_sample_subset.csv"
# AWS Data Exports' own layout.
OPTIONS = {"path": "{request}/data/BILLING_PERIOD={period}/**"}
SOURCE = Source("billing", "focus", ("exp",), OPTIONS)
ENTRY = SourceEntry(
    id="billing", title="Billing", connector="focus", kind="billing", requests=["exp"], first_period="2024-09",
    options=OPTIONS,
)  # fmt: skip
FOCUS = connectors.load("focus")
PLACE = "billing/exp/data/BILLING_PERIOD=2024-09"


def ingest(bucket: Bucket) -> list[landing.Delivery]:
    fetched = FOCUS.fetch(SOURCE, "2024-09", Secrets(host=bucket.url("billing")))
    return landing.land(Store(bucket.url("landing")), SOURCE.id, SOURCE.connector, FOCUS, "2024-09", fetched)


def test_an_export_in_parts_lands_byte_for_byte_and_is_read(bucket: Bucket, tmp_path: Path) -> None:
    header, *lines = SAMPLE.read_bytes().splitlines(keepends=True)
    parts = [
        gzip.compress(header + b"".join(lines[start : start + 100])) for start in range(0, len(lines), 100)
    ]
    for number, part in enumerate(parts, start=1):
        bucket.put(f"{PLACE}/exp-{number:05d}.csv.gz", part)
    bucket.put(f"{PLACE}/Manifest.json", b"{}")
    [delivery] = ingest(bucket)
    assert delivery.complete and [document.part for document in delivery.documents] == [1, 2, 3, 4]
    assert sorted(bucket.contents("landing/billing/2024-09/").values()) == sorted(parts)
    assert typed.type_source(Store(bucket.url("landing")), tmp_path, ENTRY) == []
    assert pq.read_table(tmp_path / "focus").num_rows == 334
    assert ingest(bucket) == [], "unchanged, so no new delivery"


def test_more_files_than_one_page_of_the_listing(bucket: Bucket) -> None:
    for number in range(1_005):
        bucket.put(f"{PLACE}/exp-{number:05d}.csv", b"x")
    documents = FOCUS.fetch(SOURCE, "2024-09", Secrets(host=bucket.url("billing")))
    assert [document.last_part for document in documents] == [1_005] * 1_005


def test_a_month_that_is_not_there_yet_and_one_that_is_there_twice(bucket: Bucket) -> None:
    with pytest.raises(NotYetPublished, match="exp/data/BILLING_PERIOD=2024-09"):
        ingest(bucket)
    bucket.put(f"{PLACE}/run-1/a.csv", b"x")
    bucket.put(f"{PLACE}/run-2/a.csv", b"x")
    with pytest.raises(TwoExports, match="overwrite"):
        ingest(bucket)


@pytest.fixture
def cutting(s3_endpoint: str) -> Iterator[tuple[str, list[int]]]:
    """A way to the bucket on which as many downloads break off in the middle as the list says."""
    cuts = [0]

    class Way(BaseHTTPRequestHandler):
        def forward(self) -> None:
            headers = {name: value for name, value in self.headers.items() if name != "Host"}
            answer = requests.request(self.command, s3_endpoint + self.path, headers=headers, timeout=30)
            cut = self.command == "GET" and self.path.endswith(".csv") and cuts[0] > 0
            cuts[0] -= cut
            self.send_response(answer.status_code)
            for name in ("Content-Type", "ETag", "Last-Modified", "Content-Range", "Content-Length"):
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.end_headers()
            self.wfile.write(answer.content[: len(answer.content) // 2] if cut else answer.content)
            self.close_connection = True

        do_GET = do_HEAD = forward

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Way)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", cuts
    server.shutdown()


def test_a_transfer_that_breaks_off_is_taken_up_again_or_leaves_no_delivery(
    bucket: Bucket, cutting: tuple[str, list[int]], tmp_path: Path
) -> None:
    way, cuts = cutting
    bucket.put(f"{PLACE}/a.csv", SAMPLE.read_bytes())
    secrets = Secrets(host=bucket.url("billing"), extra={"storage": {"endpoint_url": way}})
    store = Store(str(tmp_path))
    cuts[0] = 99
    with pytest.raises(ClientPayloadError, match="Not enough data"):
        landing.land(store, "billing", "focus", FOCUS, "2024-09", FOCUS.fetch(SOURCE, "2024-09", secrets))
    assert cuts[0] < 99 and store.files() == []
    cuts[0] = 1
    [delivery] = landing.land(
        store, "billing", "focus", FOCUS, "2024-09", FOCUS.fetch(SOURCE, "2024-09", secrets)
    )
    assert cuts[0] == 0
    assert delivery.documents[0].sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
