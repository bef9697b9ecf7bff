"""Overview: the month's figures, the trend against the target, AI by phase, and what to know about them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboards import charts, format, i18n, queries
from dashboards.published import Published

found: Published = st.session_state["published"]
language: str = st.session_state["lang"]
text = i18n.translator(language)


@st.cache_data(ttl=3600, max_entries=200, show_spinner=False)
def ask(query: str, path: str, *arguments: Any) -> Any:
    """Ask the published file once per question: its content never changes under its name."""
    from pathlib import Path

    return getattr(queries, query)(Path(path), *arguments)


def figure(amount: dict[str, Any]) -> tuple[str, str]:
    """An amount and its interval in words."""
    return format.interval(amount["amount"], amount["amount_low"], amount["amount_high"], language)


path = str(found.path)
organization = ask("organization", path)
months = ask("months", path)
statuses = {row["period_month"]: row for row in months}

st.title(f"{organization['name']} · {text('AI and IT emissions')}")
if organization["is_fictional"]:
    st.warning(text("Fictional organization, synthetic data: no figure on this page is real."))

left, middle, _ = st.columns([1.2, 1.6, 2])
month = left.selectbox(
    text("Month"), [row["period_month"] for row in reversed(months)], key="month",
    format_func=lambda day: format.month_name(day, language),
)  # fmt: skip
bases = {"location": text("location-based"), "market": text("market-based")}
basis = middle.segmented_control(
    text("Accounting basis"),
    list(bases),
    default="location",
    format_func=lambda code: bases[code],
    key="basis",
)
basis = basis or "location"

totals = ask("totals", path, basis)
now = {row["total"]: row for row in totals if row["period_month"] == month}
status = statuses[month]["data_status"]

cards = st.columns(4)
if "it" in now:
    value, bounds = figure(now["it"])
    cards[0].metric(text("IT total, t CO₂e"), value, help=text("95 % interval"))
    cards[0].caption(f"95 %: {bounds}")
else:
    cards[0].metric(text("IT total, t CO₂e"), "–")
if "ai" in now:
    value, bounds = figure(now["ai"])
    cards[1].metric(text("of which AI, t CO₂e"), value)
    undecided = figure(now["undecided"])[0] if "undecided" in now else "0"
    cards[1].caption(f"95 %: {bounds} · {text('undecided beside it')}: **{undecided}**")
change = ask("change_on_year", path, basis, month)
if change:
    value, bounds = format.interval(change["total"], change["low"], change["high"], language, signed=True)
    known = change["low"] > 0 or change["high"] < 0
    cards[2].metric(text("IT against a year before, t CO₂e"), value)
    cards[2].caption(
        f"95 %: {bounds} · " + (text("a change that is known") if known else text("within the uncertainty"))
    )
cards[3].metric(text("Data status"), text(status))
waiting = statuses[month]["waiting_for"]
cards[3].caption(f"{text('waiting for')}: {waiting}" if waiting else text("all due deliveries are in"))

targets = ask("target", path, "it", basis)
st.subheader(text("IT total by scope against the target"))
if targets:
    on_track = next((row["is_on_track"] for row in targets if row["period_month"] == month), None)
    name = targets[0]["name_fr" if language == "fr" else "name"]
    st.caption(
        f"{name}: "
        + (text("on track") if on_track else text("off track"))
        + " · "
        + text("the line on each bar is the 95 % interval; pale months are preliminary")
    )
else:
    st.caption(text("no target is set on this basis"))
st.altair_chart(
    charts.total_chart(ask("by_scope", path, basis), totals, targets, text), width="stretch", key="by_scope"
)

st.subheader(text("AI by lifecycle phase"))
st.caption(text("undecided IT stands beside AI: the true AI figure lies between AI and AI + undecided"))
st.altair_chart(charts.phase_chart(ask("by_phase", path, basis), text), width="stretch", key="by_phase")

st.subheader(text("What to know about these figures"))
notes, restated = st.columns(2)
with notes:
    warnings = ask("warnings", path, month)
    st.markdown(f"**{text('Warnings of the month')}** ({len(warnings)})")
    for row in warnings:
        st.markdown(f"- `{row['subject']}` · {row['text'] if language == 'en' else text(row['code'])}")
    gaps = ask("coverage_gaps", path)
    with st.expander(f"{text('Coverage: months and sources that are not simply complete')} ({len(gaps)})"):
        st.dataframe(gaps, hide_index=True, width="stretch")
with restated:
    st.markdown(f"**{text('What providers restated')}**")
    for row in ask("restatements", path):
        shown = format.tonnes(row["difference"], 3, language, signed=True)
        st.markdown(
            f"- {format.month_name(row['period_month'], language)} · {text(charts.CAUSES[row['cause']])}: {shown} t CO₂e, {row['figures']} {text('figures')}"
        )
st.caption(
    text(
        "Orders of magnitude with 95 % intervals, direct impacts only. Hardware is amortised over its life. Offsets, "
        "removals and avoided emissions are subtracted nowhere."
    )
)
