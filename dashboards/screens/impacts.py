"""The page beyond carbon: the month's figure of each indicator, its way, and which phase of AI has what share."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboards import cards, charts_impacts, choices, impacts, queries, queries_impacts, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication

Row = dict[str, Any]
Rows = list[Row]


def render(publication: Publication, words: Words) -> None:
    """Lay the page out from one published file."""
    path = publication.path
    months = queries.months(path)
    with st.sidebar:
        month: dt.date = choices.month(months, words)["period_month"]
    organization = queries.organization(path)
    st.html(
        f'<div class="f-title"><h1>{escape(words.text("Beyond carbon"))}</h1><p>{escape(organization["name"])} · '
        f"{escape(fmt.month(month, words.language))}</p></div>"
    )
    if organization["is_fictional"]:
        st.html(
            f'<div class="f-fictional">{escape(words.text("Fictional organization, synthetic data"))}</div>'
        )
    rows = queries_impacts.impacts(path)
    lines = impacts.lines(rows, month, words)
    st.html(cards.heading(words.text("The month in figures"), words.text(impacts.NOT_ADDED)))
    st.html(
        cards.grid(impacts.heads(words), [line.cells for line in lines])
        if lines
        else cards.listing([(words.text("None"), "")])
    )
    _trends(rows, months, month, words)
    _phases(queries_impacts.impacts_by_phase(path, month), words)
    st.html(cards.note(words.text(impacts.NOTE)))


def _trends(rows: Rows, months: Rows, month: dt.date, words: Words) -> None:
    shown = [one for one in vocabulary.INDICATORS if any(row["indicator"] == one for row in rows)]
    if not shown:
        return
    st.html(
        cards.heading(
            words.text("Month by month"), words.text("IT total of each indicator with its interval")
        )
    )
    columns = st.columns(2, gap="large")
    for number, indicator in enumerate(shown):
        name = words.text(vocabulary.INDICATORS[indicator])
        with columns[number % 2]:
            st.html(f'<div class="f-small">{escape(name)}</div>')
            st.altair_chart(
                charts_impacts.trend(rows, indicator, months, month, words),
                theme=None,
                key=f"impact-{indicator}",
                alt=words.text("{indicator} by month with interval", indicator=name),
            )


def _phases(rows: Rows, words: Words) -> None:
    names = {"gwp": words.text("Carbon"), **{k: words.text(v) for k, v in vocabulary.INDICATORS.items()}}
    shown = [one for one in names if any(row["indicator"] == one for row in rows)]
    phases = [one for one in vocabulary.PHASES if any(row["lifecycle_phase"] == one for row in rows)]
    if not phases:
        return
    st.html(
        cards.heading(
            words.text("AI by lifecycle phase"), words.text("share of each indicator of AI in the month")
        )
    )
    share = {(row["indicator"], row["lifecycle_phase"]): row["share"] for row in rows}
    lines = [
        [
            names[one],
            *(
                "–" if share.get((one, phase)) is None else fmt.percent(share[one, phase], words.language)
                for phase in phases
            ),
        ]
        for one in shown
    ]
    st.html(cards.grid([words.text(vocabulary.PHASES[phase]) for phase in phases], lines))
