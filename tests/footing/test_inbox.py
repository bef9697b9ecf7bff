"""Dropped files: a folder is a delivery once it is whole."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from connectors.base import Document, NotYetPublished
from footing import pipeline
from footing.inbox import dropped
from footing.paths import Paths
from footing.storage import Store
from tests.footing.support import MONTH, bill, source


def drop(inbox: Path, request: str, name: str, content: bytes, age: float = 0.0) -> Path:
    path = inbox / "electricity" / request / MONTH / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def taken(inbox: Path, *requests: str) -> list[tuple[str, str, int, int, bytes]]:
    found = []
    for document in dropped(Store(str(inbox)), source(*requests).as_source(), MONTH):
        assert isinstance(document, Document)
        with document.open() as stream:
            found.append((document.request, document.name, document.part, document.last_part, stream.read()))
    return found


def test_a_marked_folder_is_taken_at_once_in_the_order_of_names(tmp_path: Path) -> None:
    drop(tmp_path, "par1", "b.csv", b"two")
    drop(tmp_path, "par1", "a.csv", b"one")
    drop(tmp_path, "par1", ".hidden", b"no")
    drop(tmp_path, "par1", "_SUCCESS", b"")
    assert taken(tmp_path, "par1") == [("par1", "a.csv", 1, 2, b"one"), ("par1", "b.csv", 2, 2, b"two")]


def test_a_folder_without_a_mark_waits_until_nothing_changed_for_a_minute(tmp_path: Path) -> None:
    drop(tmp_path, "par1", "a.csv", b"one", age=300)
    newest = drop(tmp_path, "par1", "b.csv", b"two", age=50)
    with pytest.raises(NotYetPublished, match="electricity"):
        taken(tmp_path, "par1")
    os.utime(newest, (time.time() - 61, time.time() - 61))
    assert len(taken(tmp_path, "par1")) == 2


def test_an_empty_or_missing_folder_is_not_published_yet(tmp_path: Path) -> None:
    drop(tmp_path, "par1", "_SUCCESS", b"")
    with pytest.raises(NotYetPublished):
        taken(tmp_path, "par1", "lon1")


def test_a_folder_that_changes_while_it_is_copied_is_left_for_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(tmp_path, "lon1", "a.csv", b"whole", age=300)
    written = drop(tmp_path, "par1", "a.csv", b"half", age=300)
    copy_to = Store.copy_to

    def while_written(self: Store, path: str, local: Path) -> None:
        copy_to(self, path, local)
        if "/par1/" in path:
            written.write_bytes(b"half and the rest")

    monkeypatch.setattr(Store, "copy_to", while_written)
    assert [request for request, *_ in taken(tmp_path, "par1", "lon1")] == ["lon1"]


def test_land_takes_what_is_there_and_says_what_is_not(paths: Paths) -> None:
    inbox = Path(paths.inbox)
    drop(inbox, "par1", "a.csv", bill(1))
    drop(inbox, "par1", "_SUCCESS", b"")
    with pytest.raises(NotYetPublished, match=f"electricity, {MONTH}: nothing yet for lon1"):
        pipeline.land("electricity", MONTH)
    drop(inbox, "lon1", "a.csv", bill(2), age=61)
    [second] = pipeline.land("electricity", MONTH)
    assert second.startswith(f"electricity-lon1-{MONTH}-001-")
    assert pipeline.land("electricity", MONTH) == []
    drop(inbox, "par1", "a.csv", bill(3))
    [corrected] = pipeline.land("electricity", MONTH)
    assert corrected.startswith(f"electricity-par1-{MONTH}-002-")
