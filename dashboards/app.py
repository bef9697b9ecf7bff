"""The dashboard's frame: ``streamlit run dashboards/app.py``."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dashboards import i18n, published

st.set_page_config(page_title="Footing", layout="wide")

languages = list(i18n.LANGUAGES)
asked = st.query_params.get("lang", "en")
language = st.sidebar.radio(
    "Language", languages, index=languages.index(asked) if asked in languages else 0, horizontal=True,
    format_func=lambda code: i18n.LANGUAGES[code], key="language", label_visibility="collapsed",
)  # fmt: skip
st.query_params["lang"] = language
text = i18n.translator(language)

found = published.newest()
if found is None:
    st.title("Footing")
    st.info(
        text(
            "Nothing has been published yet. Run `make run` for the bundled organization, or the close of a month."
        )
    )
    st.stop()

st.session_state["published"], st.session_state["lang"] = found, language
with st.sidebar:
    st.caption(text("Published file"))
    st.markdown(f"**{found.period}** · {text('revision')} **{found.revision}** · `{found.hash8}`")
    st.caption(f"`{found.path.name}`")
    st.caption(text("Read-only. Analysts query the same file in DuckDB."))

page = st.navigation([st.Page("pages/overview.py", title=text("Overview"), icon=":material/monitoring:")])
page.run()
