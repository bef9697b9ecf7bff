"""Secrets reach the connector and nothing else."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import connectors
from connectors.base import Document, NotYetPublished, Secrets, Source
from footing import landing, pipeline
from footing.paths import Paths
from footing.secrets import FetchFailed, fetch, from_connection
from tests.footing.support import MONTH, bill, source

SECRETS = Secrets("https://host", "me", "pa55word!", extra={"keys": [{"token": "t0ken-t0ken"}], "n": "1"})


class Failing(type(connectors.load("electricity_bill"))):  # type: ignore[misc]
    """Raises what a test gives it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def fetch(self, source: Source, period: str, secrets: Secrets) -> Iterator[Document]:
        try:
            raise ConnectionError(f"https://me:{secrets.password}@host")
        except ConnectionError as cause:
            raise self.error from cause
        yield


def caught(error: Exception) -> Exception:
    with pytest.raises(Exception) as info:
        list(fetch(Failing(error), source().as_source(), MONTH, SECRETS))
    text = "".join(traceback.format_exception(info.value))
    assert SECRETS.password not in text
    assert "t0ken-t0ken" not in text
    return info.value


def test_an_error_that_shows_a_secret_is_raised_without_it() -> None:
    error = caught(RuntimeError("401 for Bearer t0ken-t0ken at https://me:pa55word!@host/1"))
    assert isinstance(error, FetchFailed)
    assert str(error) == "electricity: RuntimeError: 401 for Bearer *** at https://me:***@host/1"


def test_not_yet_published_stays_that() -> None:
    assert isinstance(caught(NotYetPublished("not yet")), NotYetPublished)


def test_an_error_without_a_secret_comes_as_it_is() -> None:
    error = RuntimeError("plain")
    with pytest.raises(RuntimeError, match="plain") as info:
        list(fetch(Failing(error), source().as_source(), MONTH, Secrets()))
    assert info.value is error


def test_a_connection_comes_from_airflow_and_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {
        "conn_type": "http",
        "host": "h",
        "login": "l",
        "password": "pa55word!",
        "extra": {"token": "t0ken"},
    }
    monkeypatch.setenv("AIRFLOW_CONN_FOOTING_TEST", json.dumps(content))
    found = from_connection("footing_test")
    assert (found.host, found.login, found.password, found.extra) == (
        "h",
        "l",
        "pa55word!",
        {"token": "t0ken"},
    )
    assert "pa55word!" not in repr(found)
    assert from_connection(None) == Secrets()


def test_an_api_is_asked_with_the_connection_and_none_of_it_is_landed(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(self: Any, asked_source: Source, period: str, secrets: Secrets) -> Iterator[Document]:
        asked.append(secrets.password)
        yield Document(bill(1), "page.csv", "par1", options=asked_source.options_for("par1"))

    monkeypatch.setattr(type(connectors.load("electricity_bill")), "fetch", answer)
    monkeypatch.setenv("AIRFLOW_CONN_BILLS", json.dumps({"conn_type": "http", "password": "pa55word!"}))
    entry = source(via="api", connection="bills")
    monkeypatch.setattr(pipeline, "source_entry", lambda paths, source_id: entry)
    assert len(pipeline.land("electricity", MONTH)) == 1
    assert asked == ["pa55word!"]
    kept = [path for path in Path(paths.landing).rglob("*") if path.is_file()]
    assert len(kept) == 2
    assert all(b"pa55word!" not in path.read_bytes() for path in kept)
    assert landing.deliveries(pipeline.Store(paths.landing), "electricity")[0].complete
