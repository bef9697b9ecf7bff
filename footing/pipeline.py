"""What the DAGs' tasks call, one function per task; each works on the month it is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import connectors
from connectors.base import Document, NotYetPublished
from footing import audit as doors
from footing import build as building
from footing import landing, periods, publish, rollup, secrets, typed
from footing.audit import AuditFailed
from footing.config import ConfigError, load_sources
from footing.config_models import SourceEntry
from footing.config_tables import write_tables
from footing.inbox import dropped
from footing.paths import Paths
from footing.secrets import from_connection
from footing.storage import Store

__all__ = ["AuditFailed", "Unreadable"]


class Unreadable(Exception):
    """Documents of a source could not be read; they are kept, shown in coverage, and supersede nothing."""


def source_entry(paths: Paths, source_id: str) -> SourceEntry:
    """The configured source of that id."""
    found = {source.id: source for source in load_sources(paths.config)}
    if source_id not in found:
        raise ConfigError(f"sources.yml: no source {source_id!r}; known are {', '.join(found)}")
    return found[source_id]


def due(source_id: str, period: str, since: str | None = None) -> list[str]:
    """The months to ask a source for in a run of ``period``."""
    return periods.due(source_entry(Paths.from_env(), source_id), period, since)


def land(source_id: str, period: str) -> list[str]:
    """Bring in one month of a source; give the ids of new deliveries (none when the answer is unchanged).

    Raises
    ------
    connectors.base.NotYetPublished
        When the month is not out yet, or a request of it was never answered; what is there has landed by then.
    connectors.base.ParseError
        When personal fields cannot be taken out of a document; the other requests have landed.
    """
    paths = Paths.from_env()
    entry = source_entry(paths, source_id)
    store, connector = Store(paths.landing), connectors.load(entry.connector)
    documents = _documents(paths, entry, period)
    made = landing.land(store, entry.id, entry.connector, connector, period, documents)
    without = [r for r in entry.requests if not landing.deliveries(store, source_id, r, period)]
    if without:
        raise NotYetPublished(f"{source_id}, {period}: nothing yet for {', '.join(without)}")
    return [delivery.delivery_id for delivery in made]


def _documents(paths: Paths, entry: SourceEntry, period: str) -> Iterator[Document]:
    source = entry.as_source()
    if entry.via == "inbox":
        return dropped(Store(paths.inbox), source, period)
    return secrets.fetch(connectors.load(entry.connector), source, period, from_connection(entry.connection))


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


def read_landed() -> None:
    """Check the configuration and bring everything that the build reads up to date with landing.

    Documents that could not be read stop nothing here: they supersede nothing, and coverage shows them.
    """
    paths = Paths.from_env()
    sources = load_sources(paths.config)
    write_tables(paths.config, paths.typed)
    store = Store(paths.landing)
    for source in sources:
        typed.type_source(store, paths.typed, source)
    typed.write_documents(store, paths.typed, sources)
    doors.check_changed(paths, sources)
    doors.write_checks(paths.typed, sources)
    rollup.roll_up(paths.typed, paths.rollup)


def forget_made() -> None:
    """Remove everything that is made from landing and configuration, but no published file and no report."""
    paths = Paths.from_env()
    for folder in (paths.typed, paths.rollup, paths.work):
        shutil.rmtree(folder, ignore_errors=True)


def build(period: str) -> str:
    """Bring what the build reads up to date, and build the months up to ``period``; give the build file."""
    read_landed()
    return str(building.build(Paths.from_env(), period))


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
