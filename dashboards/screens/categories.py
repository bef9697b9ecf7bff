"""The page of scopes and categories: what the IT total of a month is made of, and what each part rests on."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboards import cards, choices, queries, queries_impacts, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication

Row = dict[str, Any]
Rows = list[Row]


def render(publication: Publication, words: Words) -> None:
    """Lay the page out from one published file."""
    path = publication.path
    with st.sidebar:
        month: dt.date = choices.month(queries.months(path), words)["period_month"]
        basis = choices.basis(words)
    organization = queries.organization(path)
    st.html(
        f'<div class="f-title"><h1>{escape(words.text("Inside the total"))}</h1><p>{escape(organization["name"])} · '
        f"{escape(fmt.month(month, words.language))} · {escape(words.text(vocabulary.BASES[basis]))}</p></div>"
    )
    if organization["is_fictional"]:
        st.html(
            f'<div class="f-fictional">{escape(words.text("Fictional organization, synthetic data"))}</div>'
        )
    rows = queries_impacts.categories(path, basis, month)
    totals = [
        row for row in queries.month_figures(path, month)
        if row["accounting_basis"] == basis and row["total"] == "it" and row["level"] in ("total", "scope")
    ]  # fmt: skip
    st.html(
        cards.heading(
            words.text("IT by scope and category"),
            words.text("categories of the GHG Protocol; intervals do not add"),
        )
    )
    st.html(_table(rows, totals, words) if rows else cards.listing([(words.text("None"), "")]))
    st.html(
        cards.note(
            words.text(
                "Resting on: the weakest kind of evidence inside the category. Clouds are bought services (3.1): their own "
                "scopes stay inside it. Hardware that we own or lease is a capital good (3.2)."
            )
        )
    )


def _table(rows: Rows, totals: Rows, words: Words) -> str:
    whole = next(row for row in totals if row["level"] == "total")
    scopes = {row["scope"]: row for row in totals if row["level"] == "scope"}
    power = fmt.unit_for(whole["amount"])
    lines = [_line(words.text("IT total"), whole, whole, power, words, is_total=True)]
    for scope in vocabulary.SCOPES:
        parts = [row for row in rows if row["scope"] == scope]
        if not parts:
            continue
        lines.append(_line(vocabulary.scope(scope, words), scopes[scope], whole, power, words, is_total=True))
        lines += [
            _line(vocabulary.category(row["ghg_category"], words), row, whole, power, words, is_total=False)
            for row in parts
        ]
    heads = [fmt.UNITS[power], words.text("95 % interval"), words.text("share"), words.text("resting on")]
    return cards.totals_grid(heads, lines)


def _line(
    name: str, row: Row, whole: Row, power: int, words: Words, is_total: bool
) -> tuple[bool, list[str]]:
    figure = fmt.figure(row["amount"], row["amount_low"], row["amount_high"], words.language, power)
    tier = row.get("weakest_tier")
    return is_total, [
        name,
        figure.value,
        words.text("{low} to {high}", low=figure.low, high=figure.high),
        fmt.percent(row["amount"] / whole["amount"], words.language) if whole["amount"] else "–",
        vocabulary.named(vocabulary.TIERS, tier, words) if tier else "",
    ]
