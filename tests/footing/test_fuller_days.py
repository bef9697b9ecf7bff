"""A server forgets: a later answer that lacks a month's first days does not take them away."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

import connectors
from connectors.base import Document
from footing import landing
from footing.storage import Store

PROMETHEUS = connectors.load("prometheus")
OPTIONS = {"query": "DCGM_FI_DEV_POWER_USAGE", "step_seconds": 900}


def answer(samples: int, watts: int = 300) -> bytes:
    """One board's day, or what is left of it."""
    series = {"metric": {"__name__": "DCGM_FI_DEV_POWER_USAGE", "UUID": "G1"},
              "values": [[1788220800 + 900 * n, str(watts)] for n in range(samples)]}  # fmt: skip
    result = [series] if samples else []
    return json.dumps(
        {"status": "success", "data": {"resultType": "matrix", "result": result}}, separators=(",", ":")
    ).encode()


def days(*samples: int, watts: int = 300, options: dict[str, object] = OPTIONS) -> list[Document]:
    return [
        Document(
            answer(count, watts), f"query_range-2026-09-{day:02d}.json", "par1", day, len(samples), options
        )
        for day, count in enumerate(samples, start=1)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "landing"))


def land(store: Store, documents: list[Document]) -> list[landing.Delivery]:
    return landing.land(store, "dcgm", "prometheus", PROMETHEUS, "2026-09", iter(documents))


def told(store: Store, delivery: landing.Delivery) -> list[int]:
    """How many samples the documents that a delivery names have."""
    return [store.read(one.path("dcgm", "2026-09")).count(b'"]') for one in delivery.documents]


def test_days_past_retention_stay_and_new_ones_come_to_them(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    [first] = land(store, days(96, 96))
    with caplog.at_level(logging.WARNING):
        # The first day is gone, half of the second.
        [second] = land(store, days(0, 48, 96, 96))
    assert (told(store, first), told(store, second)) == ([96, 96], [96, 96, 96, 96])
    assert second.complete and [d.part for d in second.documents] == [1, 2, 3, 4]
    assert {d.last_part for d in second.documents} == {4}
    assert caplog.text.count("tells less than before") == 2
    # Nothing new: no delivery.
    assert land(store, days(0, 0, 96, 96)) == []


def test_a_day_that_tells_as_much_or_more_replaces_the_earlier(store: Store) -> None:
    land(store, days(90))
    [fuller] = land(store, days(96))
    [corrected] = land(store, days(96, watts=310))
    assert (told(store, fuller), told(store, corrected)) == ([96], [96])
    assert corrected.documents[0].sha256 != fuller.documents[0].sha256


def test_another_question_and_a_source_that_says_so_are_answered_anew(store: Store) -> None:
    land(store, days(96))
    [other] = land(store, days(48, options={**OPTIONS, "query": "DCGM_FI_DEV_POWER_USAGE{gpu='0'}"}))
    assert told(store, other) == [48]
    [wider] = land(store, days(50, options={**OPTIONS, "window_seconds": 604_800}))
    assert told(store, wider) == [50]
    land(store, days(96))
    [newest] = land(store, days(48, options={**OPTIONS, "newest_counts": True}))
    assert told(store, newest) == [48]


def test_queries_may_change_places(store: Store) -> None:
    def asked(queries: list[str], samples: list[int]) -> list[Document]:
        names = [f"query_range-{f'{n}-' if n else ''}2026-09-01.json" for n in range(len(queries))]
        options = {"queries": queries, "step_seconds": 900}
        return [
            Document(answer(count), name, "par1", part, len(names), options)
            for part, (name, count) in enumerate(zip(names, samples, strict=True), start=1)
        ]

    land(store, asked(["a", "b"], [96, 50]))
    [turned] = land(store, asked(["b", "a"], [10, 20]))
    assert told(store, turned) == [50, 96]


def test_a_truncated_delivery_gives_no_documents_to_later_ones(store: Store) -> None:
    [partial] = land(store, days(96, 96)[:1])
    assert not partial.complete
    [whole] = land(store, days(48, 96))
    assert told(store, whole) == [48, 96]
