"""What every source connector offers: documents in, record batches and rejects out."""

from __future__ import annotations

import gzip
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

if TYPE_CHECKING:  # DAG files load this module and must stay light
    import pyarrow as pa


class ParseError(Exception):
    """A document that cannot be read at all; the text names file, place, field and remedy."""


class NotYetPublished(Exception):
    """The provider has not released this period yet: ask again later, nothing is wrong."""


@dataclass(frozen=True)
class Document:
    """One page or file of a delivery.

    Parameters
    ----------
    data : bytes or Path
        The document's bytes, or a local file that holds them (large documents are never read whole).
    name : str
        The file's or page's own name; its last suffixes give the landed extension.
    request : str
        What was asked: an account, a site, a batch of subscriptions.
    part, last_part : int
        Place in the delivery, from 1; ``last_part`` is what the source says the number of parts is.
    options : mapping
        All that ``parse`` may know beyond the bytes (column mapping, date order, time zone, step).
        JSON values only; kept in the manifest so that a rebuild reads what the first read used.
    """

    data: bytes | Path
    name: str
    request: str
    part: int = 1
    last_part: int = 1
    options: Mapping[str, Any] = field(default_factory=dict)

    def open(self) -> BinaryIO:
        """Open the document for reading, gzip taken off."""
        raw: BinaryIO = io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")
        magic = raw.read(2)
        raw.seek(0)
        return gzip.GzipFile(fileobj=raw) if magic == b"\x1f\x8b" else raw  # type: ignore[return-value]


@dataclass(frozen=True)
class Reject:
    """A row that could not be taken: where it stands, why, and what a person can do about it."""

    document_row: int
    field: str
    value: str
    reason: str
    remedy: str
    text: str


@dataclass(frozen=True)
class Parsed:
    """A step of parsing: a batch of accepted rows (``Connector.SCHEMA``) and the rejects met on the way."""

    rows: pa.RecordBatch
    rejects: tuple[Reject, ...] = ()


@dataclass(frozen=True)
class Source:
    """A configured source as a connector sees it (one entry of ``config/sources.yml``)."""

    id: str
    connector: str
    requests: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    options_by_request: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def options_for(self, request: str) -> dict[str, Any]:
        """The options of one request: the source's, overlaid with the request's own."""
        return {**self.options, **self.options_by_request.get(request, {})}


@dataclass(frozen=True)
class Secrets:
    """An Airflow connection's content, handed to ``fetch`` alone; its text never shows a value."""

    host: str = field(default="", repr=False)
    login: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    port: int | None = field(default=None, repr=False)
    schema: str = field(default="", repr=False)
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False)


class Connector(ABC):
    """How one kind of source is fetched and read."""

    SCHEMA: ClassVar[pa.Schema]
    """Columns of the accepted rows, without ``doc_key``; units stand in the names."""

    PERSONAL_FIELDS: ClassVar[tuple[str, ...]] = ()
    """Fields taken out of each document before it is landed."""

    @abstractmethod
    def fetch(self, source: Source, period: str, secrets: Secrets) -> Iterator[Document]:
        """Ask the source for one month (``YYYY-MM``): all I/O, paged, retried on 429/5xx.

        Raises
        ------
        NotYetPublished
            When the provider has not released the month.
        """

    @abstractmethod
    def parse(self, document: Document) -> Iterator[Parsed]:
        """Read one document into batches: no I/O beyond it, no clock, bounded memory.

        Raises
        ------
        ParseError
            When the document as a whole cannot be trusted (truncated, wrong header, wrong encoding).
        """

    def scrub(self, document: Document) -> Document:
        """Drop ``PERSONAL_FIELDS``; a source without personal fields lands as it came."""
        return document

    def piece(self, document: Document) -> str | None:
        """Name the part of a month that a document tells, for sources that forget; null where the newest answer counts.

        A later answer about the same piece that tells less (:meth:`told`) does not take the earlier one's place.
        """
        return None

    def told(self, document: Document) -> int:
        """Say how much a document with a ``piece`` tells."""
        return 0
