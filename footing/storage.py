"""Files in a folder or in object storage, whole or not there at all."""

from __future__ import annotations

import datetime as dt
import posixpath
import shutil
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import fsspec

CHUNK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """A stored file: its path below the store, its size and a mark that changes when it is written anew."""

    path: str
    size: int
    modified: float | None


class Store:
    """A folder or bucket prefix; paths are relative, with ``/``."""

    def __init__(self, url: str) -> None:
        self._fs, root = fsspec.core.url_to_fs(url, use_listings_cache=False)
        self._root = root.rstrip("/")

    def _full(self, path: str) -> str:
        return posixpath.join(self._root, path)

    def exists(self, path: str) -> bool:
        """Say whether the file is there."""
        return bool(self._fs.exists(self._full(path)))

    def read(self, path: str) -> bytes:
        """Give a file's bytes."""
        return bytes(self._fs.cat_file(self._full(path)))

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading."""
        stream: BinaryIO = self._fs.open(self._full(path), "rb")
        return stream

    def write(self, path: str, chunks: Iterable[bytes]) -> None:
        """Write under a temporary name, then rename: readers never meet half a file."""
        full = self._full(path)
        self._fs.makedirs(posixpath.dirname(full), exist_ok=True)
        temporary = f"{full}.{uuid.uuid4().hex}.part"
        try:
            with self._fs.open(temporary, "wb") as out:
                for chunk in chunks:
                    out.write(chunk)
            self._fs.mv(temporary, full)
        finally:
            if self._fs.exists(temporary):
                self._fs.rm_file(temporary)

    def copy_to(self, path: str, local: Path) -> None:
        """Copy a stored file to a local one, in pieces."""
        with self.open(path) as stream, local.open("wb") as out:
            shutil.copyfileobj(stream, out, CHUNK)

    def files(self, folder: str = "") -> list[Entry]:
        """List all files below a folder, sorted by path; none when it is not there."""
        full = self._full(folder)
        if not self._fs.exists(full):
            return []
        found: dict[str, dict[str, Any]] = self._fs.find(full, detail=True)
        entries = [
            Entry(path.removeprefix(self._root).lstrip("/"), int(info["size"]), _modified(info))
            for path, info in found.items()
            if not path.endswith(".part")
        ]
        return sorted(entries, key=lambda entry: entry.path)


def _modified(info: dict[str, Any]) -> float | None:
    value = info.get("mtime", info.get("LastModified"))
    return value.timestamp() if isinstance(value, dt.datetime) else value
