"""The month's impacts beside carbon as shown: the same table on screen and in print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words, mark

Row = dict[str, Any]
Rows = list[Row]

NOT_ADDED = mark("each indicator stands alone: they are never added, and none is turned into carbon")
NOTE = mark(
    "Electricity counts by the mix of its country, hardware by its life cycle, water of sites as billed or by litres per kWh of IT. "
    "Cloud usage counts where its hardware is known; what is known by spend alone has carbon alone, so that clouds are lower bounds. "
    "Withdrawal is what sites take in, consumption what power stations and clouds use up: two indicators."
)


@dataclass(frozen=True)
class Line:
    """One indicator's line: its name, IT with its interval, AI and undecided beside it."""

    indicator: str
    cells: list[str]


def heads(words: Words) -> list[str]:
    """What stands over the columns after the name."""
    return [
        words.text("IT total"),
        words.text("95 % interval"),
        words.text("Of which AI"),
        words.text("Undecided IT"),
    ]


def lines(rows: Rows, month: dt.date, words: Words) -> list[Line]:
    """Lines of the month in the order of the vocabulary; an indicator without an IT figure has none."""
    found = {(row["indicator"], row["total"]): row for row in rows if row["period_month"] == month}
    return [
        Line(
            indicator,
            [words.text(name), *_it(found[indicator, "it"], words)]
            + [_beside(found, indicator, total, words) for total in ("ai", "undecided")],
        )
        for indicator, name in vocabulary.INDICATORS.items()
        if (indicator, "it") in found
    ]


def _it(row: Row, words: Words) -> list[str]:
    shown = _figure(row, words)
    return [shown.with_unit, words.text("{low} to {high}", low=shown.low, high=shown.high)]


def _beside(found: dict[tuple[str, str], Row], indicator: str, total: str, words: Words) -> str:
    row = found.get((indicator, total))
    return "–" if row is None else _figure(row, words).with_unit


def _figure(row: Row, words: Words) -> fmt.Figure:
    return fmt.impact(row["indicator"], row["amount"], row["amount_low"], row["amount_high"], words.language)
