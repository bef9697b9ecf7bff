"""One month's lines as shown: the same table on screen and in print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Line:
    """One line of a table: its name, its figure, and how it is drawn in the charts."""

    name: str
    figure: fmt.Figure
    colour: str | None
    is_total: bool


def lines(rows: Rows, basis: str, group: str, words: Words) -> list[Line]:
    """Lines of ``group`` (``scope``: IT and its scopes; ``phase``: AI, its phases, and the undecided amount).

    All lines, of both bases, take the unit that suits the group's total; their decimals are padded to stand under
    each other.
    """
    bases = {row["accounting_basis"] for row in rows}
    by_basis = {one: list(_chosen([row for row in rows if row["accounting_basis"] == one], group, words)) for one in bases}
    chosen = by_basis.get(basis, [])
    if not chosen:
        return []
    power = fmt.unit_for(max(row["amount"] for rows_of_basis in by_basis.values() for _, row, _, _ in rows_of_basis))
    shown = [
        fmt.figure(row["amount"], row["amount_low"], row["amount_high"], words.language, power)
        for _, row, _, _ in chosen
    ]
    values, highs = (fmt.aligned([getattr(one, side) for one in shown], words.language) for side in ("value", "high"))
    return [
        Line(name, fmt.Figure(values[at], shown[at].low, highs[at], shown[at].unit), colour, is_total)
        for at, (name, _, colour, is_total) in enumerate(chosen)
    ]


def _chosen(rows: Rows, group: str, words: Words) -> Iterable[tuple[str, dict[str, Any], str | None, bool]]:
    totals = {row["total"]: row for row in rows if row["level"] == "total"}
    if group == "scope":
        if "it" in totals:
            yield words.text("IT total"), totals["it"], None, True
        for number, colour in vocabulary.SCOPE_COLOURS.items():
            for row in rows:
                if row["level"] == "scope" and row["scope"] == number:
                    yield vocabulary.scope(number, words), row, colour, False
        return
    if "ai" in totals:
        yield words.text("AI total"), totals["ai"], None, True
    for phase, colour in vocabulary.PHASE_COLOURS.items():
        for row in rows:
            if row["level"] == "phase" and row["lifecycle_phase"] == phase:
                yield words.text(vocabulary.PHASES[phase]), row, colour, False
    if "undecided" in totals:
        yield words.text("Undecided IT, beside AI"), totals["undecided"], "", False
