"""Publication: an immutable, versioned file and a pointer that is swapped in one step."""

from __future__ import annotations

import json
import os
from pathlib import Path

from footing import __version__
from footing.audit import file_hash
from footing.locks import close_lock
from footing.paths import Paths
from footing.published_file import Publication, canonical_hash, write_file
from footing.storage import Store


class NotAudited(Exception):
    """The build is not the one that passed the audit."""


def publish(paths: Paths, period: str) -> Publication:
    """Publish the audited build of ``period`` and swap the pointer.

    The revision is one more than those recorded in ``landing/_closes/`` for the period. Rows equal to the newest
    revision publish nothing new; its file is restored when it is missing. The pointer names the newest month that was
    ever published: closing an older one again leaves it where it is.

    Raises
    ------
    NotAudited
        When the build file is not, byte for byte, the one that the audit of this month passed.
    footing.locks.Busy
        When another close is at work.
    """
    with close_lock(paths.work):
        _require_audit(paths, period)
        return _publish(paths, period)


def _require_audit(paths: Paths, period: str) -> None:
    vouched = json.loads(paths.audited.read_text()) if paths.audited.exists() else {}
    if vouched.get("period") != period or vouched.get("sha256") != file_hash(paths.build_file):
        raise NotAudited(
            f"the build is not the one audited for {period}; run its close again from the build on"
        )


def _publish(paths: Paths, period: str) -> Publication:
    store = Store(paths.landing)
    hash8 = canonical_hash(paths.build_file)[:8]
    closes = [json.loads(store.read(entry.path)) for entry in store.files("_closes")]
    earlier = [close for close in closes if close["period"] == period]
    newest = max(earlier, key=lambda close: int(close["revision"]), default=None)
    is_new = newest is None or newest["hash8"] != hash8
    revision = (newest["revision"] if newest else 0) + (1 if is_new else 0)
    target = paths.published / f"footing-{period}-r{revision}-{hash8}.duckdb"
    if not target.exists():
        write_file(paths.build_file, target, Publication(target, period, revision, hash8, is_new))
    if is_new:
        record = {
            "period": period,
            "revision": revision,
            "hash8": hash8,
            "file": target.name,
            "code_version": __version__,
        }
        body = json.dumps(record, indent=1, sort_keys=True).encode()
        store.write(f"_closes/{period}-r{revision}-{hash8}.json", [body])
    if period >= max((close["period"] for close in closes), default=period) or not paths.current.exists():
        _point(paths.current, target.name)
    return Publication(target, period, revision, hash8, is_new)


def _point(pointer: Path, name: str) -> None:
    temporary = pointer.with_name(f".{pointer.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    os.symlink(name, temporary)
    os.replace(temporary, pointer)
