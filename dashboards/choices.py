"""What every page lets its reader choose; the address keeps it, so that links and other pages know it too."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words

Row = dict[str, Any]
Rows = list[Row]


def month(months: Rows, words: Words) -> Row:
    """Let the reader choose one of the file's months, the newest first."""
    by_key = {f"{row['period_month']:%Y-%m}": row for row in reversed(months)}
    widget = _remembered("month", list(by_key), words)
    key = st.selectbox(
        words.text("Month"),
        list(by_key),
        format_func=lambda one: fmt.month(by_key[one]["period_month"], words.language),
        key=widget,
    )
    st.query_params["month"] = key
    return by_key[key]


def basis(words: Words) -> str:
    """Let the reader choose the accounting basis."""
    widget = _remembered("basis", list(vocabulary.BASES), words)
    chosen = st.radio(
        words.text("Accounting basis"),
        list(vocabulary.BASES),
        format_func=lambda one: words.text(vocabulary.BASES[one]),
        key=widget,
    )
    st.query_params["basis"] = chosen
    return chosen


def site(sites: Rows, words: Words) -> Row:
    """Let the reader choose a site; energy without one was measured on providers' machines."""
    by_key = {row["site_id"] or "-": row for row in sites}
    widget = _remembered("site", list(by_key), words)
    key = st.selectbox(
        words.text("Site"), list(by_key), format_func=lambda one: site_name(by_key[one], words), key=widget
    )
    st.query_params["site"] = key
    return by_key[key]


def site_name(site: Row, words: Words) -> str:
    """A site's name, its code where the file has none."""
    return str(site["name"] or site["site_id"] or words.text("Machines of cloud providers"))


def _remembered(name: str, options: list[str], words: Words) -> str:
    """Key of a choice that starts from the address, so that a link and a change of language keep it.

    Labels change with the language, and a widget's state is known by its labels: hence one key per language.
    """
    key = f"{name}-{words.language}"
    if key not in st.session_state:
        asked = st.query_params.get(name) or st.session_state.get(f"{name}-last")
        st.session_state[key] = asked if asked in options else options[0]
    st.session_state[f"{name}-last"] = st.session_state[key]
    return key
