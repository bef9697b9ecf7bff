"""Inbox and landing in a bucket instead of a folder: same files, same bytes, nothing half written."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors
from connectors.base import NotYetPublished, Secrets, Source
from footing import landing
from footing.inbox import dropped
from footing.storage import Store

from .s3_server import Bucket

BILL = b"supplier,kwh\nTest supplier,1200\n"


def test_what_is_written_lies_in_the_bucket_whole_and_alone(bucket: Bucket) -> None:
    store = Store(bucket.url("landing"))
    store.write("gcp_carbon/2026-03/a.json", iter([b"first ", b"second"]))
    assert bucket.contents() == {"landing/gcp_carbon/2026-03/a.json": b"first second"}
    assert store.exists("gcp_carbon/2026-03/a.json")
    assert store.read("gcp_carbon/2026-03/a.json") == b"first second"


def test_a_writer_that_breaks_leaves_nothing_to_read(bucket: Bucket) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the source went away")

    store = Store(bucket.url("landing"))
    with pytest.raises(OSError, match="went away"):
        store.write("a.json", broken())
    assert store.files() == []
    assert not store.exists("a.json")


def test_files_dropped_by_others_are_seen_at_every_look(bucket: Bucket) -> None:
    store = Store(bucket.url("inbox"))
    assert store.files("electricity/par1/2026-03") == []
    bucket.put("inbox/electricity/par1/2026-03/bill.csv", b"one")
    first = store.files("electricity/par1/2026-03")
    assert [(entry.path, entry.size) for entry in first] == [("electricity/par1/2026-03/bill.csv", 3)]
    bucket.put("inbox/electricity/par1/2026-03/credit_note.csv", b"two!")
    bucket.put("inbox/electricity/par1/2026-03/bill.csv", b"corrected")
    second = Store(bucket.url("inbox")).files("electricity/par1/2026-03")
    assert [(entry.path.rsplit("/", 1)[1], entry.size) for entry in second] == [
        ("bill.csv", 9),
        ("credit_note.csv", 4),
    ]
    assert store.read("electricity/par1/2026-03/bill.csv") == b"corrected"


def ingest(bucket: Bucket, period: str = "2026-03") -> list[landing.Delivery]:
    """Take what was dropped in the bucket's inbox and land it in the same bucket."""
    source = Source("electricity", "electricity_bill", ("par1", "lon1"), {"delimiter": ","})
    documents = dropped(Store(bucket.url("inbox")), source, period)
    connector = connectors.load(source.connector)
    return landing.land(
        Store(bucket.url("landing")), source.id, source.connector, connector, period, documents
    )


def test_a_dropped_folder_lands_byte_for_byte_with_its_manifest(bucket: Bucket) -> None:
    bucket.put("inbox/electricity/par1/2026-03/a.csv", BILL)
    bucket.put("inbox/electricity/par1/2026-03/b.csv", BILL + b"Test supplier,-20\n")
    bucket.put("inbox/electricity/par1/2026-03/_SUCCESS", b"")
    [delivery] = ingest(bucket)
    assert (delivery.request, delivery.seq, delivery.complete) == ("par1", 1, True)
    landed = bucket.contents("landing/electricity/2026-03/")
    digests = [document.sha256 for document in delivery.documents]
    assert sorted(landed) == sorted(f"landing/electricity/2026-03/{digest}.csv" for digest in digests)
    assert landed[f"landing/electricity/2026-03/{hashlib.sha256(BILL).hexdigest()}.csv"] == BILL
    manifests = bucket.contents("landing/electricity/_deliveries/")
    assert list(manifests) == [f"landing/electricity/_deliveries/{delivery.delivery_id}.json"]
    assert [d["name"] for d in json.loads(manifests.popitem()[1])["documents"]] == ["a.csv", "b.csv"]


def test_a_folder_still_being_filled_waits(bucket: Bucket) -> None:
    bucket.put("inbox/electricity/par1/2026-03/a.csv", BILL)
    with pytest.raises(NotYetPublished):
        ingest(bucket)
    assert bucket.contents("landing/electricity/_deliveries/") == {}


def test_the_same_files_again_are_no_new_delivery_and_changed_ones_are(bucket: Bucket) -> None:
    bucket.put("inbox/electricity/lon1/2026-03/a.csv", BILL)
    bucket.put("inbox/electricity/lon1/2026-03/_SUCCESS", b"")
    assert [delivery.seq for delivery in ingest(bucket)] == [1]
    assert ingest(bucket) == []
    bucket.put("inbox/electricity/lon1/2026-03/a.csv", BILL.replace(b"1200", b"1210"))
    assert [delivery.seq for delivery in ingest(bucket)] == [2]
    assert len(bucket.contents("landing/electricity/2026-03/")) == 2


def test_google_extracts_are_read_from_a_bucket_one_folder_per_account(bucket: Bucket) -> None:
    extract = (
        Path(__file__).parents[1] / "connectors/samples/gcp_carbon_footprint_flat_anonymised_2025.csv"
    ).read_bytes()
    bucket.put("exports/A-1/2025-01/part-1.csv", extract)
    bucket.put("exports/A-1/2025-01/part-2.csv.gz", gzip.compress(extract))
    source = Source("gcp", "google_carbon_footprint", ("A-1",))
    secrets = Secrets(extra={"url": bucket.url("exports")})
    connector = connectors.load(source.connector)
    read = [
        (
            document.name,
            document.part,
            document.last_part,
            sum(p.rows.num_rows for p in connector.parse(document)),
        )
        for document in connector.fetch(source, "2025-01", secrets)
    ]
    assert read == [("part-1.csv", 1, 2, 276), ("part-2.csv.gz", 2, 2, 276)]
    with pytest.raises(NotYetPublished):
        list(connector.fetch(source, "2025-02", secrets))
