"""One month's lines as shown: the same table on screen and in print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words

Row = dict[str, Any]
Rows = list[Row]
Named = tuple[str, Row, str | None, bool]


@dataclass(frozen=True)
class Line:
    """One line of a table: its name, its figure, and how it is drawn in the charts."""

    name: str
    figure: fmt.Figure
    colour: str | None
    is_total: bool


def lines(rows: Rows, basis: str, group: str, words: Words) -> list[Line]:
    """Lines of ``group`` (``scope``: IT and its scopes; ``phase``: AI, its phases, and the undecided amount).

    All lines, of both bases, take the unit that suits the group's total.
    """
    bases = {row["accounting_basis"] for row in rows}
    by_basis = {
        one: _chosen([row for row in rows if row["accounting_basis"] == one], group, words) for one in bases
    }
    chosen = by_basis.get(basis, [])
    if not chosen:
        return []
    power = fmt.unit_for(
        max(row["amount"] for rows_of_basis in by_basis.values() for _, row, _, _ in rows_of_basis)
    )
    return [
        Line(
            name,
            fmt.figure(row["amount"], row["amount_low"], row["amount_high"], words.language, power),
            colour,
            is_total,
        )
        for name, row, colour, is_total in chosen
    ]


def aligned(column: list[Line], words: Words) -> list[Line]:
    """Pad a column's figures so that their decimal marks stand under each other."""
    values, highs = (
        fmt.aligned([getattr(line.figure, side) for line in column], words.language)
        for side in ("value", "high")
    )
    return [
        replace(line, figure=replace(line.figure, value=value, high=high))
        for line, value, high in zip(column, values, highs, strict=True)
    ]


def _chosen(rows: Rows, group: str, words: Words) -> list[Named]:
    totals = {row["total"]: row for row in rows if row["level"] == "total"}
    if group == "scope":
        total = _total(totals, "it", words.text("IT total"), None, True)
        scopes = {row["scope"]: row for row in rows if row["level"] == "scope"}
        colours = vocabulary.SCOPE_COLOURS
        return total + [
            (vocabulary.scope(one, words), scopes[one], colour, False)
            for one, colour in colours.items()
            if one in scopes
        ]
    phases = {row["lifecycle_phase"]: row for row in rows if row["level"] == "phase"}
    parts = [
        (words.text(vocabulary.PHASES[one]), phases[one], colour, False)
        for one, colour in vocabulary.PHASE_COLOURS.items()
        if one in phases
    ]
    undecided = _total(totals, "undecided", words.text("Undecided IT, beside AI"), "", False)
    return _total(totals, "ai", words.text("AI total"), None, True) + parts + undecided


def _total(totals: dict[str, Row], key: str, name: str, colour: str | None, is_total: bool) -> list[Named]:
    return [(name, totals[key], colour, is_total)] if key in totals else []
