"""Inbox and landing in a bucket instead of a folder: same files, same bytes, nothing half written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from footing.storage import Store

from .s3_server import Bucket


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
