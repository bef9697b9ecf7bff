"""The charts, from plain rows: the same for the screen and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt

Rows = list[dict[str, Any]]
Text = Callable[[str], str]

# Okabe and Ito's colours, told apart by colour-blind readers; grey is kept for what is undecided.
SCOPES = {1: "#D55E00", 2: "#0072B2", 3: "#56B4E9"}
PHASES = {
    "transversal": "#999933",
    "ideation": "#F0E442",
    "qualification": "#CC79A7",
    "development": "#E69F00",
    "production": "#0072B2",
    "usage": "#009E73",
    "unattributed": "#7f7f7f",
}
CAUSES = {
    "provider_restatement": "figures restated or withdrawn by the provider",
    "provider_model_version": "new version of the provider's model",
}
PHASE_TEXTS = {
    "transversal": "#0 transversal", "ideation": "#1 ideation", "qualification": "#2 qualification",
    "development": "#3 development", "production": "#4 production", "usage": "#5 usage", "unattributed": "undecided phase",
}  # fmt: skip
PRELIMINARY_OPACITY = 0.45
AXIS: dict[str, Any] = {
    "labelAngle": 0,
    "grid": False,
    "title": None,
    "format": "%b %y",
    "tickCount": 12,
    "labelOverlap": True,
}


def _data(rows: Rows) -> Any:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _month(rows: Rows) -> Rows:
    return [{**row, "month": f"{row['period_month']:%Y-%m-%d}"} for row in rows]


def _tonnes(title: str) -> alt.Axis:
    # The ledger is in kilograms; the axis divides by a thousand as it writes.
    return alt.Axis(
        title=title,
        labelExpr="format(datum.value / 1000, ',.3~f')",
        grid=True,
        gridColor="#e8ecef",
        domain=False,
        ticks=False,
    )


def total_chart(
    scopes: Rows, totals: Rows, targets: Rows, text: Text, width: int | str = "container", height: int = 300
) -> Any:
    """Monthly IT total by scope, its 95 % interval, and the target line; preliminary months are pale."""
    names = {scope: f"Scope {scope}" for scope in SCOPES}
    bars = (
        alt.Chart(_data([{**row, "scope": names[row["scope"]]} for row in _month(scopes)]))
        .mark_bar(size=16)
        .encode(
            x=alt.X("month:T", axis=alt.Axis(**AXIS)),
            y=alt.Y("amount:Q", axis=_tonnes(text("t CO₂e per month"))),
            color=alt.Color(
                "scope:N",
                title=None,
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=list(SCOPES.values())),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            order=alt.Order("scope:N"),
            opacity=alt.condition(
                "datum.data_status == 'preliminary'", alt.value(PRELIMINARY_OPACITY), alt.value(1.0)
            ),
        )
    )
    whiskers = (
        alt.Chart(_data([row for row in _month(totals) if row["total"] == "it"]))
        .mark_rule(color="#1d2733", strokeWidth=1.4)
        .encode(x="month:T", y="amount_low:Q", y2="amount_high:Q")
    )
    line = (
        alt.Chart(_data([{**row, "line": text("target")} for row in _month(targets)]))
        .mark_line(strokeDash=[6, 4], strokeWidth=2.2)
        .encode(
            x="month:T", y="target_amount:Q",
            strokeDash=alt.StrokeDash("line:N", title=None, scale=alt.Scale(range=[[6, 4]]), legend=alt.Legend(orient="top", symbolType="stroke", symbolStrokeColor="#B3261E")),
            color=alt.value("#B3261E"),
        )
    )  # fmt: skip
    return _dressed(alt.layer(bars, whiskers, line), width, height)


def phase_chart(phases: Rows, text: Text, width: int | str = "container", height: int = 280) -> Any:
    """AI by lifecycle phase, stacked; what nobody has decided yet stands beside it as a grey line, never inside."""
    names = {phase: text(PHASE_TEXTS[phase]) for phase in PHASES}
    order = {phase: number for number, phase in enumerate(PHASES)}
    stacked = [
        {**row, "phase": names[row["lifecycle_phase"]], "place": order[row["lifecycle_phase"]]}
        for row in _month(phases)
        if row["total"] == "ai"
    ]
    present = [names[phase] for phase in PHASES if any(row["lifecycle_phase"] == phase for row in stacked)]
    colours = [PHASES[phase] for phase in PHASES if names[phase] in present]
    bars = (
        alt.Chart(_data(stacked))
        .mark_bar(size=16)
        .encode(
            x=alt.X("month:T", axis=alt.Axis(**AXIS)),
            y=alt.Y("amount:Q", axis=_tonnes(text("t CO₂e per month"))),
            color=alt.Color(
                "phase:N",
                title=None,
                sort=present,
                scale=alt.Scale(domain=present, range=colours),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            order=alt.Order("place:Q"),
            opacity=alt.condition(
                "datum.data_status == 'preliminary'", alt.value(PRELIMINARY_OPACITY), alt.value(1.0)
            ),
        )
    )
    undecided = (
        alt.Chart(_data([{**row, "line": text("undecided IT")} for row in _month(phases) if row["total"] == "undecided"]))
        .mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=14, color="#6b7680"))
        .encode(
            x="month:T", y="amount:Q", color=alt.value("#6b7680"),
            strokeDash=alt.StrokeDash("line:N", title=None, scale=alt.Scale(range=[[2, 3]]), legend=alt.Legend(orient="top", symbolType="stroke", symbolStrokeColor="#6b7680")),
        )
    )  # fmt: skip
    return _dressed(alt.layer(bars, undecided), width, height)


def _dressed(chart: Any, width: int | str, height: int) -> Any:
    return (
        chart.properties(width=width, height=height, background="transparent")
        .configure(font="Inter, 'Source Sans Pro', sans-serif")
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor="#3d4a57",
            titleColor="#3d4a57",
            titleFontWeight="normal",
            domainColor="#b9c3cc",
            labelFontSize=11,
            titleFontSize=11,
        )
        .configure_legend(labelColor="#1d2733", labelFontSize=12)
    )
