"""The page of energy: each site's balance, what covers its kWh and why a measure lost, and what stands in for lost samples."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

import streamlit as st

from dashboards import cards, choices, energy, queries, queries_energy
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication

Row = dict[str, Any]
Rows = list[Row]


def render(publication: Publication, words: Words) -> None:
    """Lay the page out from one published file."""
    path = publication.path
    sites = queries_energy.sites(path)
    with st.sidebar:
        month: dt.date = choices.month(queries.months(path), words)["period_month"]
        site = choices.site(sites, words) if sites else None
    organization = queries.organization(path)
    st.html(
        f'<div class="f-title"><h1>{escape(words.text("Energy"))}</h1><p>{escape(organization["name"])} · '
        f"{escape(fmt.month(month, words.language))}</p></div>"
    )
    if organization["is_fictional"]:
        st.html(
            f'<div class="f-fictional">{escape(words.text("Fictional organization, synthetic data"))}</div>'
        )
    balances = queries_energy.balances(path, month)
    _sites(balances, words)
    if site is None:
        return
    found = next((row for row in balances if row["site_id"] == site["site_id"]), None)
    if site["site_id"] is not None:
        _balance(found, choices.site_name(site, words), words)
    _measures(queries_energy.measures(path, month, site["site_id"]), choices.site_name(site, words), words)
    _lost(queries_energy.lost(path, month, site["site_id"]), words)


def _sites(rows: Rows, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("All sites in the month"),
            words.text("the outermost meters are the total; everything inside splits it"),
        )
    )
    heads = [words.text("total"), *(words.text(name) for name in energy.OUTPUTS.values()), "PUE"]
    lines = [
        [
            row["name"],
            energy.kwh(row["total_kwh"], words),
            *(energy.kwh(row[column], words) for column in energy.OUTPUTS),
            energy.pue(row, words),
        ]
        for row in rows
    ]
    st.html(cards.grid(heads, lines) if lines else cards.listing([(words.text("None"), "")]))


def _balance(row: Row | None, name: str, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("Balance: {site}", site=name),
            words.text("what came in equals what it was, both sides in kWh"),
        )
    )
    if row is None:
        st.html(cards.listing([(words.text("None"), "")]))
        return
    left, right = st.columns(2, gap="large")
    left.html(cards.totals_grid([""], energy.balance(row, words)))
    right.html(cards.totals_grid([""], energy.inside(row, words)))
    right.html(
        cards.listing(
            [
                (words.text("PUE in force"), energy.pue(row, words)),
                (words.text("PUE known"), ", ".join(energy.other_pues(row, words))),
            ],
            "pairs",
        )
    )


def _measures(rows: Rows, name: str, words: Words) -> None:
    st.html(
        cards.heading(
            words.text("What each kWh is covered by: {site}", site=name),
            words.text(
                "one total, split by keys; a loser measured the same energy again and says why it lost"
            ),
        )
    )
    heads = [words.text("evidence"), words.text("reason"), words.text("source"), "kWh"]
    lines = energy.measures(rows, words)
    st.html(cards.totals_grid(heads, lines) if lines else cards.listing([(words.text("None"), "")]))


def _lost(rows: Rows, words: Words) -> None:
    st.html(cards.heading(words.text("Lost samples"), words.text(energy.ESTIMATE)))
    heads = [
        words.text("devices"),
        words.text("silent all month"),
        words.text("not seen any more"),
        words.text("hours lost"),
        words.text("energy"),
    ]
    lines = energy.lost(rows, words)
    st.html(cards.grid(heads, lines) if lines else cards.listing([(words.text("None"), "")]))
