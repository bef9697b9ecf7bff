"""The page of clouds: what each states, what is estimated beside, and how far the split depends on its key."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from html import escape
from typing import Any

import streamlit as st

from dashboards import cards, choices, queries, queries_clouds, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication

Row = dict[str, Any]
Rows = list[Row]


def render(publication: Publication, words: Words) -> None:
    """Lay the page out from one published file."""
    path = publication.path
    with st.sidebar:
        shown = choices.month(queries.months(path), words)
        basis = choices.basis(words)
    month: dt.date = shown["period_month"]
    organization = queries.organization(path)
    st.html(
        f'<div class="f-title"><h1>{escape(words.text("Clouds"))}</h1><p>{escape(organization["name"])} · '
        f"{escape(fmt.month(month, words.language))} · {escape(words.text(vocabulary.BASES[basis]))}</p></div>"
    )
    if organization["is_fictional"]:
        st.html(
            f'<div class="f-fictional">{escape(words.text("Fictional organization, synthetic data"))}</div>'
        )
    _providers(queries_clouds.providers(path, basis, month), words)
    left, right = st.columns(2, gap="large")
    with left:
        _sensitivity(queries_clouds.sensitivity(path, basis, month), words)
        _apart(queries_clouds.apart(path), words)
    with right:
        _services(queries_clouds.services(path, month), words)
        _breaks(queries_clouds.breaks(path), words)


def _cloud(row: Row) -> str:
    return vocabulary.CLOUDS.get(str(row["provider"]), str(row["provider"]))


def _kg(amount: float | None, words: Words) -> str:
    return "–" if amount is None else f"{fmt.count(round(amount), words.language)} kg"


def _providers(rows: Rows, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("What each cloud states, and what is estimated beside it"),
            words.text(
                "estimated: usage on the bill that the statement leaves out, or a statement that is missing"
            ),
        )
    )
    head = [
        words.text("stated"),
        words.text("estimated"),
        words.text("total"),
        words.text("provider ÷ harmonised"),
    ]
    lines = [
        [
            _cloud(row),
            *(_kg(row[column], words) for column in ("stated", "filled", "amount")),
            _ratio(row, words),
        ]
        for row in rows
    ]
    st.html(cards.grid(head, lines) if lines else cards.listing([(words.text("None"), "")]))
    st.html(
        cards.note(
            words.text(
                "Harmonised: billed hardware × power × grid, the same method for every cloud. It stands beside the provider's figure, "
                "is never added to it, and covers only usage whose hardware is known."
            )
        )
    )


def _ratio(row: Row, words: Words) -> str:
    if not row["harmonised"]:
        return "–"
    return words.text(
        "{ratio} ({provider} : {ours})",
        ratio=fmt.number(Decimal(repr(row["compared"] / row["harmonised"])), -1, words.language),
        provider=_kg(row["compared"], words),
        ours=_kg(row["harmonised"], words),
    )


def _sensitivity(rows: Rows, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("Who it belongs to, under two keys"),
            words.text("where claims have a second key: how far the split depends on the choice"),
        )
    )
    others = {"*outside_ai": words.text("Not AI"), "*undecided": words.text("Undecided IT")}
    lines = [
        [
            others.get(row["name"]) or str(row["name_fr" if words.language == "fr" else "name"]),
            _kg(row["amount"], words),
            _kg(row["second"], words),
        ]
        for row in rows
    ]
    head = [words.text("key in force"), words.text("second key")]
    st.html(cards.grid(head, lines) if lines else cards.listing([(words.text("None"), "")]))


def _services(rows: Rows, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("Billed services to look at"),
            words.text("unknown ones first: classify them in the taxonomy"),
        )
    )
    found = [
        (
            f"{vocabulary.CLOUDS.get(row['provider'], row['provider'])} · {row['service']}",
            words.text("not classified")
            if not row["is_classified"]
            else vocabulary.named(vocabulary.COVERAGE, row["coverage"], words),
        )
        for row in rows
    ]
    st.html(cards.listing(found or [(words.text("None"), "")]))


def _breaks(rows: Rows, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("Breaks in the series"), words.text("a difference across a break is no progress")
        )
    )
    found = [
        (
            f"{fmt.month(row['period_month'], words.language)} · "
            f"{vocabulary.CLOUDS.get(row['provider'], row['provider'])}"
            + (f" · {row['service']}" if row["service"] else ""),
            row["description_fr"] if words.language == "fr" else row["description"],
        )
        for row in rows
    ]
    st.html(cards.listing(found or [(words.text("None"), "")]))


def _apart(rows: Rows, words: Words) -> None:
    if not rows:
        return
    st.html(
        cards.heading(
            words.text("Offsets and avoided emissions"),
            words.text("as providers claim them; they enter no total"),
        )
    )
    names = {"offset": words.text("offsets"), "avoided": words.text("avoided emissions")}
    st.html(
        cards.listing(
            [
                (
                    f"{vocabulary.CLOUDS.get(row['provider'], row['provider'])} · {row['year']} · {names[row['kind']]}",
                    _kg(row["amount"], words),
                )
                for row in rows
            ],
            "pairs",
        )
    )
