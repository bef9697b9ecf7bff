"""What the DAGs' tasks call, one function per task; each works on the month it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import connectors
from connectors.base import Document
from footing import audit as doors
from footing import build as building
from footing import landing, periods, publish, rollup, typed
from footing.config import SourceEntry, load_sources
from footing.config_tables import write_tables
from footing.inbox import dropped
from footing.paths import Paths
from footing.secrets import from_connection
from footing.storage import Store


class Unreadable(Exception):
    """Documents of a source could not be read; they are kept, shown in coverage, and supersede nothing."""


def source_entry(paths: Paths, source_id: str) -> SourceEntry:
    """The configured source of that id."""
    return next(source for source in load_sources(paths.config) if source.id == source_id)


def due(source_id: str, period: str, since: str | None = None) -> list[str]:
    """The months to ask a source for in a run of ``period``."""
    return periods.due(source_entry(Paths.from_env(), source_id), period, since)


def land(source_id: str, period: str) -> list[str]:
    """Bring in one month of a source; give the ids of new deliveries (none when the answer is unchanged).

    Raises
    ------
    connectors.base.NotYetPublished
        When the month is not out yet.
    """
    paths = Paths.from_env()
    entry = source_entry(paths, source_id)
    connector = connectors.load(entry.connector)
    documents = _documents(paths, entry, period)
    made = landing.land(Store(paths.landing), entry.id, entry.connector, connector, period, documents)
    return [delivery.delivery_id for delivery in made]


def _documents(paths: Paths, entry: SourceEntry, period: str) -> Iterator[Document]:
    if entry.via == "inbox":
        return dropped(Store(paths.inbox), entry.as_source(), period)
    return connectors.load(entry.connector).fetch(
        entry.as_source(), period, from_connection(entry.connection)
    )


def type_source(source_id: str) -> None:
    """Read a source's landed documents into typed Parquet.

    Raises
    ------
    Unreadable
        When a document could not be read, after all others were.
    """
    paths = Paths.from_env()
    sources = load_sources(paths.config)
    store = Store(paths.landing)
    problems = typed.type_source(store, paths.typed, source_entry(paths, source_id))
    typed.write_documents(store, paths.typed, sources)
    if problems:
        raise Unreadable(
            f"{source_id}: documents could not be read:\n" + "\n".join(f"- {text}" for text in problems)
        )


def check_source(source_id: str) -> str:
    """Run a source's document suites; give a line that says how they went."""
    paths = Paths.from_env()
    results = doors.check_source(paths, source_entry(paths, source_id))
    failed = sum(not result.success for result in results)
    return f"{len(results) - failed} of {len(results)} checks passed"


def build(period: str) -> str:
    """Check the configuration, bring typed files and roll-ups up to date, and build; give the build file."""
    paths = Paths.from_env()
    sources = load_sources(paths.config)
    write_tables(paths.config, paths.typed)
    store = Store(paths.landing)
    for source in sources:
        typed.type_source(store, paths.typed, source)
    typed.write_documents(store, paths.typed, sources)
    for source in sources:
        if not (paths.typed / "_checks" / f"{source.id}.json").exists():
            doors.check_source(paths, source)
    doors.write_checks(paths.typed, sources)
    rollup.roll_up(paths.typed, paths.rollup)
    return str(building.build(paths, period))


def audit() -> str:
    """Run the marts' suites; give a line that says how they went."""
    results = doors.check_marts(Paths.from_env())
    failed = [result for result in results if not result.success]
    return f"{len(results) - len(failed)} of {len(results)} checks passed, {len(failed)} warnings"


def publish_build(period: str) -> str:
    """Publish the audited build; give the published file's path."""
    paths = Paths.from_env()
    publication = publish.publish(paths, period)
    page = paths.reports / f"{publication.path.stem}-checks.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes((paths.work / "checks.html").read_bytes())
    return str(publication.path)


def report(published: str) -> list[str]:
    """Write the report pack of a published file in both languages; give the PDFs' paths."""
    from reports import pack

    paths = Paths.from_env()
    stem = Path(published).stem
    return [
        str(pack.render(Path(published), paths.reports / f"{stem}-{language}.pdf", language))
        for language in ("en", "fr")
    ]


def summary(published: str) -> dict[str, Any]:
    """Print the close's summary table; give its figures."""
    from footing import summary as table

    return table.show(Path(published), Paths.from_env())
