"""FOCUS 1.0 to 1.3 billing exports (AWS, Azure, Google, OVHcloud, Scaleway …): CSV or Parquet of any size."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from connectors import _focus_rows, base
from connectors._arrow_csv import header, text_batches
from connectors._csv import first_bytes
from connectors._files import fetch_files

BATCH_ROWS = 32_768
SUFFIXES = (".csv", ".csv.gz", ".parquet")


class Connector(base.Connector):
    """One request is one billing account; see ``docs/sources/focus.md``."""

    SCHEMA = _focus_rows.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's export files from the bucket or folder that the provider writes them to."""
        return fetch_files(source, period, secrets, SUFFIXES)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one export file column by column; unknown columns are left out, a missing mandatory one stops."""
        read = _parquet if first_bytes(document, 4) == b"PAR1" else _csv
        for numbers, columns, rejects in read(document):
            batch, refused = _focus_rows.typed(numbers, columns, document.options)
            yield base.Parsed(batch, (*rejects, *refused))


Columns = tuple[pa.Array, Mapping[str, pa.Array], list[base.Reject]]


def _csv(document: base.Document) -> Iterator[Columns]:
    delimiter = str(document.options.get("delimiter", ","))
    places = _places(document, header(document, delimiter))
    return text_batches(document, delimiter, places)


def _parquet(document: base.Document) -> Iterator[Columns]:
    with _seekable(document) as stream:
        try:
            # Without a buffer ahead: it would hold the row groups that were read already.
            file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
            names = file.schema_arrow.names
            places = _places(document, names)
            start = 1
            for batch in file.iter_batches(BATCH_ROWS, columns=[names[place] for place in places.values()]):
                columns = {name: batch.column(names[place]) for name, place in places.items()}
                yield pa.array(range(start, start + batch.num_rows), pa.int64()), columns, []
                start += batch.num_rows
        except (pa.ArrowInvalid, OSError) as error:
            raise base.ParseError(
                f"{document.name}: broken or truncated Parquet ({error}); fetch it again"
            ) from None


def _seekable(document: base.Document) -> BinaryIO:
    """Parquet is read from its end: one that is packed in gzip is unpacked to a temporary file first."""
    stream = document.open()
    if not isinstance(stream, gzip.GzipFile):
        return stream
    unpacked = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    with stream:
        shutil.copyfileobj(stream, unpacked)
    return unpacked  # type: ignore[return-value]


def _places(document: base.Document, names: list[str]) -> dict[str, int]:
    """Find the columns that are used, in any case of letters: Athena and Glue write all of them small.

    Raises
    ------
    ParseError
        When a mandatory column is missing or one that is used stands twice.
    """
    folded = [name.strip().casefold() for name in names]
    used = [name for name in _focus_rows.USED if name.casefold() in folded]
    twice = [name for name in used if folded.count(name.casefold()) > 1]
    if twice:
        raise base.ParseError(f"{document.name}, header: column {twice[0]!r} stands twice; export it again")
    missing = [name for name in _focus_rows.MANDATORY if name not in used]
    if not document.options.get("provider") and not {"ProviderName", "ServiceProviderName"} & set(used):
        missing.append("ProviderName (or ServiceProviderName, or options.provider)")
    if missing:
        raise base.ParseError(
            f"{document.name}, header: column {', '.join(repr(name) for name in missing)} is missing "
            f"(found {', '.join(names[:12])}…); was it renamed? export FOCUS 1.0 to 1.3 with all mandatory columns"
        )
    return {name: folded.index(name.casefold()) for name in used}


connector = Connector()
