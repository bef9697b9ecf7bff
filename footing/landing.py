"""Landing: documents byte for byte, named by their hash; deliveries written last, so that they are whole or absent."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from connectors.base import Connector, Document, ParseError
from footing.config import file_safe
from footing.storage import Store

CHUNK = 1 << 20


@dataclass(frozen=True)
class Landed:
    """A landed document as its delivery's manifest names it."""

    sha256: str
    name: str
    ext: str
    bytes: int
    part: int
    last_part: int
    options: dict[str, Any]

    @property
    def doc_key(self) -> str:
        """Hash of the bytes and of the options they are read with: the name of the typed file."""
        return f"{self.sha256}-{_hash(self.options)[:8]}"

    def path(self, source_id: str, period: str) -> str:
        """Where the document stands in landing."""
        return f"{source_id}/{period}/{self.sha256}{self.ext}"


@dataclass(frozen=True)
class Delivery:
    """One answer to one request: its documents, and whether all its parts are there."""

    delivery_id: str
    source_id: str
    connector: str
    request: str
    period: str
    seq: int
    complete: bool
    retrieved_at: str
    documents: list[Landed]
    scrub_key_id: str | None = None

    @property
    def content(self) -> str:
        """What makes two answers the same: parts, bytes and reading options."""
        return _content(self.documents)


def land(
    store: Store,
    source_id: str,
    connector_name: str,
    connector: Connector,
    period: str,
    documents: Iterable[Document],
) -> list[Delivery]:
    """Land what a source answered for a period, one delivery per request; give those that are new.

    A request's documents that lack a part make a delivery that is not complete: kept and shown, it never supersedes.
    An answer equal to the newest delivery of its request and period makes none. A document that tells less of its piece
    (``Connector.piece``) than the last whole delivery's gives way to that one: sources forget. If ``documents`` raises half way,
    what came before stays landed and no manifest is written.

    Raises
    ------
    ParseError
        When personal fields cannot be taken out of a document; its request has no delivery, the others have.
    """
    answers: dict[str, list[Landed]] = {}
    refused: dict[str, ParseError] = {}
    for document in documents:
        landed = answers.setdefault(document.request, [])
        try:
            landed.append(_write(store, source_id, period, connector.scrub(document)))
        except ParseError as error:
            refused[document.request] = error
    made = []
    for request, landed in answers.items():
        if request in refused:
            continue
        in_order = sorted(landed, key=lambda d: d.part)
        in_order = _fuller(store, source_id, connector, request, period, in_order)
        delivery = _manifest(store, source_id, connector_name, request, period, in_order)
        if delivery:
            made.append(delivery)
    if refused:
        raise ParseError("; ".join(f"{request}: {error}" for request, error in refused.items()))
    return made


def deliveries(store: Store, source_id: str, request: str = "", period: str = "") -> list[Delivery]:
    """All deliveries of a source, or those of one request and period, by request, period and number."""
    prefix = file_safe(f"{source_id}-{request}-{period}-") if request else ""
    found = []
    for entry in store.files(f"{source_id}/_deliveries"):
        # A source may have thousands: only those asked for are read.
        if entry.path.rsplit("/", 1)[-1].startswith(prefix):
            raw = json.loads(store.read(entry.path))
            found.append(Delivery(**{**raw, "documents": [Landed(**d) for d in raw["documents"]]}))
    if request:
        found = [d for d in found if d.request == request and d.period == period]
    return sorted(found, key=lambda d: (d.request, d.period, d.seq))


def _write(store: Store, source_id: str, period: str, document: Document) -> Landed:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(document):
        digest.update(chunk)
        size += len(chunk)
    landed = Landed(digest.hexdigest(), document.name, _extension(document.name), size,
                    document.part, document.last_part, dict(document.options))  # fmt: skip
    path = landed.path(source_id, period)
    if not store.exists(path):
        store.write(path, _chunks(document))
    return landed


def _fuller(
    store: Store, source_id: str, connector: Connector, request: str, period: str, landed: list[Landed]
) -> list[Landed]:
    """Put earlier documents of the same pieces in the place of those that tell less; they stay landed, and unnamed."""

    def read(one: Landed) -> Document:
        return Document(store.read(one.path(source_id, period)), one.name, request, options=one.options)

    def piece(one: Landed) -> str | None:
        return connector.piece(Document(b"", one.name, request, options=one.options))

    if all(piece(one) is None for one in landed):
        return landed
    whole = [delivery for delivery in deliveries(store, source_id, request, period) if delivery.complete]
    had = {piece(one): one for one in whole[-1].documents} if whole else {}
    fullest = []
    for one in landed:
        before = had.get(piece(one)) if piece(one) else None
        if (
            before
            and before.sha256 != one.sha256
            and connector.told(read(before)) > connector.told(read(one))
        ):
            logging.getLogger(__name__).warning(
                "%s (%s, %s): %s tells less than before; the earlier answer stays",
                source_id,
                request,
                period,
                one.name,
            )
            one = replace(before, name=one.name, part=one.part, last_part=one.last_part, options=one.options)
        fullest.append(one)
    return fullest


def _chunks(document: Document) -> Iterator[bytes]:
    if isinstance(document.data, bytes):
        yield document.data
        return
    with document.data.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _manifest(
    store: Store, source_id: str, connector: str, request: str, period: str, landed: list[Landed]
) -> Delivery | None:
    earlier = deliveries(store, source_id, request, period)
    if earlier and earlier[-1].content == _content(landed):
        return None
    seq = earlier[-1].seq + 1 if earlier else 1
    stem = file_safe(f"{source_id}-{request}-{period}-{seq:03d}-{_content(landed)[:8]}")
    complete = [d.part for d in landed] == list(range(1, max(d.last_part for d in landed) + 1))
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    delivery = Delivery(stem, source_id, connector, request, period, seq, complete, now, landed)
    body = json.dumps(asdict(delivery), indent=1, sort_keys=True, ensure_ascii=False).encode()
    store.write(f"{source_id}/_deliveries/{stem}.json", [body])
    return delivery


def _extension(name: str) -> str:
    """The name's last suffix, with the one before it when the last is a compression; names come from outside."""
    found = re.search(r"(\.[A-Za-z0-9]{1,10})?\.(gz|bz2|zst)$|\.[A-Za-z0-9]{1,10}$", name)
    return found.group(0) if found else ""


def _content(landed: list[Landed]) -> str:
    # The number of parts belongs to it: the same first page of three, then of one, is another answer.
    return _hash([[d.part, d.last_part, d.sha256, d.options] for d in landed])


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
