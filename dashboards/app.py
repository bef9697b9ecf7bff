"""The dashboard's frame: language, the published file that is shown, and the pages."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from dashboards import format as fmt
from dashboards import published, queries
from dashboards.i18n import LANGUAGES, Words
from dashboards.published import Publication
from dashboards.screens import categories, clouds, energy, impacts, overview


def main() -> None:
    """Resolve the published file once, then frame the chosen page with it."""
    # No Material icon for the page: the browser would fetch it from a public host.
    st.set_page_config(page_title="Footing", layout="wide", initial_sidebar_state=250)
    st.html(Path(__file__).with_name("style.css"))
    with st.sidebar:
        words = _language()
    publication = published.current()
    if publication is None or not queries.is_readable(publication.path):
        _nothing_yet(words)
        return
    pages = [
        st.Page(partial(overview.render, publication, words), title=words.text("Overview"), default=True),
        st.Page(
            partial(categories.render, publication, words),
            title=words.text("Inside the total"),
            url_path="inside-the-total",
        ),
        st.Page(
            partial(impacts.render, publication, words),
            title=words.text("Beyond carbon"),
            url_path="beyond-carbon",
        ),
        st.Page(partial(clouds.render, publication, words), title=words.text("Clouds"), url_path="providers"),
        st.Page(
            partial(energy.render, publication, words), title=words.text("Energy"), url_path="kilowatt-hours"
        ),
    ]
    st.navigation(pages).run()
    with st.sidebar:
        _edition(publication, words)


def _language() -> Words:
    st.html('<div class="f-brand">Footing</div>')
    chosen = st.segmented_control(
        "Language · Langue", list(LANGUAGES), default="en", required=True, key="lang", bind="query-params"
    )
    return Words(chosen)


def _edition(publication: Publication, words: Words) -> None:
    period = fmt.month(publication.month, words.language)
    st.html(
        f'<div class="f-side">{escape(words.text("Published file"))}<dl>'
        f"<dt>{escape(words.text('Up to'))}</dt><dd>{escape(period)}</dd>"
        f"<dt>{escape(words.text('Revision'))}</dt><dd>{publication.revision}</dd>"
        f"<dt>{escape(words.text('Hash'))}</dt><dd>{publication.hash8}</dd></dl>"
        f"<code>{escape(publication.path.name)}</code></div>"
    )


def _nothing_yet(words: Words) -> None:
    st.title(words.text("Nothing published yet"))
    st.info(
        words.text(
            "No close has been published in `{folder}`. Run `make run` for the bundled organization, or close a month of your "
            "own with the `close` DAG; this page shows it as soon as it is published.",
            folder=published.pointer().parent,
        ),
        icon=":material/info:",
    )


main()
