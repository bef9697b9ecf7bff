"""The first page: the month's totals, their way against the target, and what to know about them."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboards import cards, charts, choices, figures, notes, queries, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication

Row = dict[str, Any]
Rows = list[Row]


def render(publication: Publication, words: Words) -> None:
    """Lay the page out from one published file."""
    path = publication.path
    months = queries.months(path)
    organization = queries.organization(path)
    with st.sidebar:
        shown = choices.month(months, words)
        basis = choices.basis(words)
    month = shown["period_month"]
    st.html(_title(organization, shown, basis, words))
    if organization["is_fictional"]:
        st.html(
            f'<div class="f-fictional">{escape(words.text("Fictional organization, synthetic data"))}</div>'
        )

    totals = queries.totals(path, basis)
    targets = queries.targets(path, basis)
    change = queries.change_on_year(path, basis, month)
    now = {row["total"]: row for row in totals if row["period_month"] == month}
    if now:
        st.html(
            cards.cards(
                _it_card(now, words), _ai_card(now, words), _change_card(change, month, words),
                _target_card(targets, month, words),
            )
        )  # fmt: skip
    else:
        st.warning(
            words.text("The published file holds no figures for this month."), icon=":material/event_busy:"
        )

    _charts(queries.scopes(path, basis), queries.phases(path, basis), months, totals, targets, month, words)
    _month_tables(queries.month_figures(path, month), basis, words)
    share = now["it"]["share_metered"] if now else None
    _what_to_know(publication, month, share, words)
    st.html(f'<div class="f-note">{escape(notes.method(organization, words))}</div>')


def _title(organization: Row, shown: Row, basis: str, words: Words) -> str:
    tone = "good" if shown["data_status"] in ("final", "trued_up") else "open"
    waiting = words.text("waiting for {what}", what=shown["waiting_for"]) if shown["waiting_for"] else ""
    return (
        f'<div class="f-title"><h1>{escape(words.text("AI and IT emissions"))}</h1>'
        f"<p>{escape(organization['name'])} · {escape(fmt.month(shown['period_month'], words.language))} · "
        f"{escape(words.text(vocabulary.BASES[basis]))} {cards.badge(notes.status(shown, words), tone)} {escape(waiting)}</p></div>"
    )


def _interval(figure: fmt.Figure, words: Words) -> str:
    return escape(words.text("95 % interval: {low} to {high}", low=figure.low, high=figure.high))


def _figure(row: Row, words: Words) -> fmt.Figure:
    return fmt.figure(row["amount"], row["amount_low"], row["amount_high"], words.language)


def _it_card(now: dict[str, Row], words: Words) -> str:
    figure = _figure(now["it"], words)
    return cards.card(words.text("IT total"), figure.value, figure.unit, _interval(figure, words))


def _ai_card(now: dict[str, Row], words: Words) -> str:
    if "ai" not in now:
        return cards.card(words.text("Of which AI"), "–", "")
    figure = _figure(now["ai"], words)
    beside = []
    if "undecided" in now:
        undecided = _figure(now["undecided"], words)
        label = escape(words.text("undecided, beside it:"))
        beside = [f"{label} <strong>{escape(undecided.with_unit)}</strong>"]
    return cards.card(words.text("Of which AI"), figure.value, figure.unit, _interval(figure, words), *beside)


def _change_card(change: Row | None, month: dt.date, words: Words) -> str:
    before = fmt.month(month.replace(year=month.year - 1), words.language)
    title = words.text("IT total against {month}", month=before)
    if change is None:
        return cards.card(title, "–", "", escape(words.text("no figures for that month")))
    ratio = fmt.figure(
        change["ratio"], change["ratio_low"], change["ratio_high"], words.language, fmt.PERCENT, signed=True
    )
    amount = fmt.figure(
        change["amount"], change["amount_low"], change["amount_high"], words.language, signed=True
    ).with_unit
    return cards.card(
        title,
        ratio.value,
        ratio.unit,
        _interval(ratio, words),
        escape(f"{amount}, {notes.known(change, words)}"),
    )


def _target_card(targets: Rows, month: dt.date, words: Words) -> str:
    title = words.text("Target for the month, IT total")
    found = [row for row in targets if row["total"] == "it" and row["period_month"] == month]
    if not found or found[0]["is_on_track"] is None:
        return cards.card(title, "–", "", escape(words.text("no target on this basis")))
    row = found[0]
    figure = fmt.figure(row["target_amount"], row["actual_low"], row["actual_high"], words.language)
    mark = cards.badge(notes.track(row, words), "good" if row["is_on_track"] else "off")
    return cards.card(title, figure.value, figure.unit, mark, escape(notes.certainty(row, words)))


def _charts(
    scopes: Rows, phases: Rows, months: Rows, totals: Rows, targets: Rows, month: dt.date, words: Words
) -> None:
    pale = any(row["data_status"] == "preliminary" for row in months)
    note = " · ".join(
        [
            *notes.target_names(targets, "it", month, words),
            *([words.text("pale bars are preliminary")] if pale else []),
            *([words.text(notes.BREAKS)] if any(row["has_break"] for row in months) else []),
        ]
    )
    st.html(cards.heading(notes.total_title(targets, words), note))
    st.altair_chart(
        charts.total_chart(scopes, months, totals, targets, words, month),
        theme=None,
        key="total",
        alt=words.text("Monthly IT emissions by scope with interval and target"),
    )
    st.html(
        cards.heading(
            words.text("AI by lifecycle phase"),
            " · ".join([*notes.target_names(targets, "ai", month, words), words.text(notes.UNDECIDED)]),
        )
    )
    st.altair_chart(
        charts.phase_chart(phases, months, totals, targets, words, month),
        theme=None,
        key="phases",
        alt=words.text("Monthly AI emissions by lifecycle phase, the undecided amount on top"),
    )


def _month_tables(rows: Rows, basis: str, words: Words) -> None:
    if not rows:
        return
    st.html(cards.heading(words.text("The month in figures"), words.text(vocabulary.BASES[basis])))
    left, right = st.columns(2, gap="large")
    left.html(cards.table(figures.lines(rows, basis, "scope", words), words))
    right.html(cards.table(figures.lines(rows, basis, "phase", words), words))


def _what_to_know(
    publication: Publication, month: dt.date, share_metered: float | None, words: Words
) -> None:
    path = publication.path
    left, right = st.columns(2, gap="large")
    with left:
        st.html(cards.heading(words.text("What the month rests on")))
        st.html(cards.listing(notes.proofs(queries.coverage(path, month), share_metered, words), "pairs"))
        warnings = notes.warnings(queries.warnings(path, month), words)
        st.html(cards.heading(words.text("Warnings of the month")))
        st.html(cards.listing(warnings or [(words.text("None"), "")]))
    with right:
        st.html(
            cards.heading(
                words.text("What was restated"), words.text("since it was first published by its provider")
            )
        )
        restated = notes.restatements(queries.restatements(path), words)
        st.html(cards.listing(restated or [(words.text("Nothing"), "")]))
