"""Sentences about a month and its data: the same on screen and in print."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words, mark

Row = dict[str, Any]
Rows = list[Row]
Note = tuple[str, str]

UNDECIDED = mark(
    "the true figure lies between the solid bar and the top of the hollow one: IT that no rule decides"
)
BREAKS = mark(
    "dotted lines: a cloud or a tracker changed its method, the step there is no progress (page Clouds)"
)


def total_title(targets: Rows, words: Words) -> str:
    """Title of the chart of the IT total, which may have no target on a basis."""
    if any(row["total"] == "it" for row in targets):
        return words.text("IT total by scope, against the target")
    return words.text("IT total by scope")


def target_names(targets: Rows, total: str, month: dt.date, words: Words) -> list[str]:
    """Names of the targets of a total."""
    return [
        row["name_fr"] if words.language == "fr" else row["name"]
        for row in targets
        if row["total"] == total and row["period_month"] == month
    ]


def change(row: Row | None, month: dt.date, words: Words) -> Note:
    """How the IT total moved since the same month a year before, and whether that is known."""
    before = fmt.month(month.replace(year=month.year - 1), words.language)
    title = words.text("IT total against {month}", month=before)
    if row is None:
        return title, words.text("no figures for that month")
    ratio = fmt.figure(
        row["ratio"], row["ratio_low"], row["ratio_high"], words.language, fmt.PERCENT, signed=True
    )
    interval = words.text("95 %: {low} to {high}", low=ratio.low, high=ratio.high)
    return title, f"{ratio.with_unit} ({interval}), {known(row, words)}"


def known(row: Row, words: Words) -> str:
    """Whether a change stands out of its interval."""
    return words.text("a known change") if row["is_known"] else words.text("within the uncertainty")


def target(row: Row | None, words: Words) -> Note:
    """The month's target for the IT total and how the month stands to it."""
    title = words.text("Target for the month, IT total")
    if row is None or row["is_on_track"] is None:
        return title, words.text("no target on this basis")
    amount = fmt.like(row["target_amount"], row["actual_low"], row["actual_high"], words.language)
    verdict = f"{track(row, words)}, {certainty(row, words)}"
    return title, words.text("{amount}: {verdict}", amount=amount, verdict=verdict)


def track(row: Row, words: Words) -> str:
    """On track or off track."""
    return words.text("on track") if row["is_on_track"] else words.text("off track")


def certainty(row: Row, words: Words) -> str:
    """Whether the interval leaves the verdict open."""
    return (
        words.text("but the target lies within the interval")
        if row["is_within_interval"]
        else words.text("beyond the interval")
    )


def warnings(rows: Rows, words: Words) -> list[Note]:
    """Each warning of the month and whom it concerns; a code that is new to us keeps the ledger's own text."""
    return [
        (
            vocabulary.named(vocabulary.WARNINGS, row["code"], words)
            if row["code"] in vocabulary.WARNINGS
            else row["text"],
            ", ".join(row["subjects"]),
        )
        for row in rows
    ]


def restatements(rows: Rows, words: Words) -> list[Note]:
    """Each restated month and cause, with the largest change of a ledger row."""
    return [
        (
            f"{fmt.month(row['period_month'], words.language)} · "
            f"{vocabulary.named(vocabulary.CAUSES, row['cause'], words)}",
            _largest(row, words),
        )
        for row in rows
    ]


def _largest(row: Row, words: Words) -> str:
    old, new = (
        words.text("nothing") if side is None else fmt.figure(side, side, side, words.language).with_unit
        for side in (row["largest"]["old"], row["largest"]["new"])
    )
    rows = words.many("{number} ledger row", "{number} ledger rows", row["rows_changed"])
    return words.text("{rows}; largest change from {old} to {new}", rows=rows, old=old, new=new)


def proofs(row: Row, share_metered: float | None, words: Words) -> list[Note]:
    """What is in, what adds up, and how much rests on meters."""
    language = words.language
    found = [
        (words.text("Deliveries due for the month"), _of(row["complete"], row["due"], words)),
        (words.text("Documents that add up to the ledger"), _of(row["sums_that_foot"], row["sums"], words)),
        (words.text("Data checks passed"), _of(row["checks_passed"], row["checks"], words)),
    ]
    if share_metered is not None:
        found.append((words.text("IT figure resting on meters"), fmt.percent(share_metered, language)))
    return found


def _of(part: int, whole: int, words: Words) -> str:
    return words.text(
        "{part} of {whole}", part=fmt.count(part, words.language), whole=fmt.count(whole, words.language)
    )


def status(row: Row, words: Words) -> str:
    """Status of a month's data in words; a month without figures says so."""
    return (
        vocabulary.named(vocabulary.STATUSES, row["data_status"], words)
        if row["data_status"]
        else words.text("no figures")
    )


def method(organization: Row, words: Words) -> str:
    """What the figures are, for whoever reads nothing else."""
    view = words.text(
        vocabulary.RECOGNITION[organization["recognition"]], months=organization["lifetime_months"]
    )
    return words.text(
        "Figures are orders of magnitude: greenhouse gases in CO₂ equivalent with their 95 % interval, rounded to what "
        "the interval supports. Every figure leads back to a document and an emission factor. AI is shown inside "
        "the whole of IT; the true figure for AI lies between AI and AI plus what is undecided. Offsets and avoided emissions are "
        "never subtracted. Here: {view}.",
        view=view,
    )
