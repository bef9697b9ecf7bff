"""Stored files are whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from footing.storage import Store


def test_what_is_written_is_read_and_listed(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    assert store.files() == []
    store.write("b/two.txt", [b"2"])
    store.write("a/one.txt", iter([b"1", b"1"]))
    assert [(entry.path, entry.size) for entry in store.files()] == [("a/one.txt", 2), ("b/two.txt", 1)]
    assert store.read("a/one.txt") == b"11"
    store.copy_to("a/one.txt", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"11"
    assert store.exists("b/two.txt")
    assert not store.exists("b/three.txt")


def test_a_writer_that_breaks_leaves_nothing_and_keeps_what_was(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise OSError("gone")

    store = Store(str(tmp_path))
    store.write("a", [b"whole"])
    with pytest.raises(OSError, match="gone"):
        store.write("a", broken())
    assert store.read("a") == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
