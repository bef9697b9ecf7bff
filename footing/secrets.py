"""Airflow connections as connectors see them: the only place that reads one, and that keeps it out of errors."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import Any

from connectors.base import Connector, Document, NotYetPublished, Secrets, Source

# Shorter values are no secrets, and striking them out would garble the text.
SHORTEST = 4


class FetchFailed(Exception):
    """A source could not be asked; what the error said, without the connection's secrets."""


def from_connection(connection_id: str | None) -> Secrets:
    """Read an Airflow connection (also from ``AIRFLOW_CONN_…``); an empty one where none is named.

    Raises
    ------
    airflow.sdk.exceptions.AirflowNotFoundException
        When the connection is not defined.
    """
    if connection_id is None:
        return Secrets()
    from airflow.sdk import Connection

    found = Connection.get(connection_id)
    return Secrets(
        host=found.host or "", login=found.login or "", password=found.password or "", port=found.port,
        schema=found.schema or "", extra=found.extra_dejson,
    )  # fmt: skip


def fetch(connector: Connector, source: Source, period: str, secrets: Secrets) -> Iterator[Document]:
    """Ask a source for a month; an error that shows a secret is raised anew without it.

    Airflow masks secrets under a scheduler only, and libraries put URLs and headers into their errors.

    Raises
    ------
    NotYetPublished
        When the month is not out yet.
    FetchFailed
        In place of an error that would show a secret.
    """
    try:
        yield from connector.fetch(source, period, secrets)
    except Exception as error:
        values = hidden(secrets)
        if not any(value in "".join(traceback.format_exception(error)) for value in values):
            raise
        kind = NotYetPublished if isinstance(error, NotYetPublished) else FetchFailed
        raise kind(f"{source.id}: {type(error).__name__}: {strike(str(error), values)}") from None


def hidden(secrets: Secrets) -> list[str]:
    """The values that must not be shown, longest first."""
    values = {secrets.password, *_texts(secrets.extra)}
    return sorted((value for value in values if len(value) >= SHORTEST), key=len, reverse=True)


def strike(text: str, values: list[str]) -> str:
    """The text with ``***`` in place of each value."""
    for value in values:
        text = text.replace(value, "***")
    return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
