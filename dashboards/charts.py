"""The two charts, from plain rows: the same on screen and in print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import altair as alt

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words

Row = dict[str, Any]
Rows = list[Row]

INK, MUTED, GRID, VOID, TARGET = "#17222D", "#5B6770", "#E6EAED", "#F0F2F4", "#B3261E"
UNDECIDED_FILL, UNDECIDED_EDGE = "#EEF0F2", "#8D97A1"
PRELIMINARY = 0.4


@dataclass(frozen=True)
class Style:
    """Where a chart is shown; sizes in pixels."""

    font: str
    width: int | str
    height: int
    text_size: float
    months_between_labels: int
    legend_columns: int


SCREEN = Style("'Source Sans', sans-serif", "container", 250, 12, 1, 6)
PRINT = Style("Inter", 640, 122, 8.5, 3, 4)


def total_chart(
    scopes: Rows,
    months: Rows,
    totals: Rows,
    targets: Rows,
    words: Words,
    shown: dt.date,
    style: Style = SCREEN,
) -> alt.LayerChart:
    """IT by scope and month, the interval of the total, and the target.

    ``months`` are all months to draw: one without ``data_status`` stays an empty column. ``shown`` is the month that
    the page is about. Amounts come in kg and are drawn in tonnes.
    """
    present = [scope for scope in vocabulary.SCOPES if any(row["scope"] == scope for row in scopes)]
    names = {scope: vocabulary.scope(scope, words) for scope in present}
    rows = [_cell(row, names[row["scope"]], present.index(row["scope"]), words) for row in scopes]
    colours = [vocabulary.SCOPE_COLOURS[scope] for scope in present]
    return _chart(
        "it",
        rows,
        dict(zip(names.values(), colours, strict=True)),
        months,
        totals,
        targets,
        words,
        shown,
        style,
    )


def phase_chart(
    phases: Rows,
    months: Rows,
    totals: Rows,
    targets: Rows,
    words: Words,
    shown: dt.date,
    style: Style = SCREEN,
) -> alt.LayerChart:
    """AI by lifecycle phase and month; what no rule decides stands hollow on top, never inside.

    Parameters are those of `total_chart`.
    """
    present = [phase for phase in vocabulary.PHASES if any(row["lifecycle_phase"] == phase for row in phases)]
    names = {phase: words.text(vocabulary.PHASES[phase]) for phase in present}
    rows = [
        _cell(row, names[row["lifecycle_phase"]], present.index(row["lifecycle_phase"]), words)
        for row in phases
    ]
    undecided = words.text("Undecided IT")
    rows += [_cell(row, undecided, len(present), words) for row in totals if row["total"] == "undecided"]
    colours = {names[phase]: vocabulary.PHASE_COLOURS[phase] for phase in present}
    return _chart(
        "ai", rows, {**colours, undecided: UNDECIDED_FILL}, months, totals, targets, words, shown, style
    )


def _chart(
    total: str,
    cells: Rows,
    colours: dict[str, str],
    months: Rows,
    totals: Rows,
    targets: Rows,
    words: Words,
    shown: dt.date,
    style: Style,
) -> alt.LayerChart:
    x = _months_axis(months, words, shown, style)
    whole = [_cell(row, words.text("95 % interval"), 0, words) for row in totals if row["total"] == total]
    lines = [_point(row, words) for row in targets if row["total"] == total]
    layers = [
        *_void(months, x, words, style),
        *_breaks(months),
        _bars(cells, colours, x, words, style),
        *_whiskers(whole, x, words),
        *([_target(lines, x, words)] if lines else []),
    ]
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .resolve_scale(color="independent")
        .properties(width=style.width, height=style.height, background="white")
        .configure(font=style.font, padding=2)
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, titleFontWeight="normal",
            labelFontSize=style.text_size, titleFontSize=style.text_size,
        )
        .configure_legend(
            orient="top", title=None, labelColor=INK, labelFontSize=style.text_size, symbolSize=style.text_size * 8,
            labelLimit=260, columnPadding=14, offset=6,
        )
    )  # fmt: skip
    return chart


def _cell(row: Row, name: str, order: int, words: Words) -> Row:
    figure = fmt.figure(row["amount"], row["amount_low"], row["amount_high"], words.language)
    return {
        "month": _key(row["period_month"]),
        "name": name,
        "order": order,
        "tonnes": row["amount"] / 1000,
        "low": row["amount_low"] / 1000,
        "high": row["amount_high"] / 1000,
        "is_preliminary": row["data_status"] == "preliminary",
        "when": fmt.month(row["period_month"], words.language),
        "figure": figure.with_unit,
        "interval": words.text("{low} to {high}", low=figure.low, high=figure.high),
    }


def _point(row: Row, words: Words) -> Row:
    return {
        "month": _key(row["period_month"]),
        "line": words.text("Target"),
        "tonnes": row["target_amount"] / 1000,
        "when": fmt.month(row["period_month"], words.language),
        "name": row["name_fr"] if words.language == "fr" else row["name"],
        "figure": fmt.like(row["target_amount"], row["actual_low"], row["actual_high"], words.language)
        if row["actual_amount"] is not None
        else "",
    }


def _key(month: dt.date) -> str:
    return f"{month:%Y-%m}"


def _data(rows: Rows) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _months_axis(months: Rows, words: Words, shown: dt.date, style: Style) -> alt.X:
    """One place per calendar month, whether or not it has figures; years under each first month."""
    days = [row["period_month"] for row in months]
    labels = {
        _key(day): [fmt.short_month(day, words.language), str(day.year) if day.month == 1 or not at else ""]
        for at, day in enumerate(days)
        if (day.month - 1) % style.months_between_labels == 0
    }
    axis = alt.Axis(
        title=None,
        labelExpr=f"{labels}[datum.value] || ''".replace("'", '"'),
        labelAngle=0,
        labelPadding=6,
        labelColor=alt.condition(f"datum.value === '{_key(shown)}'", alt.value(INK), alt.value(MUTED)),
        labelFontWeight=alt.condition(f"datum.value === '{_key(shown)}'", alt.value(700), alt.value(400)),
        labelLineHeight=style.text_size + 3,
        ticks=False,
        domainColor="#B9C2C9",
        grid=False,
        labelOverlap=False,
    )
    return alt.X(
        "month:O",
        axis=axis,
        scale=alt.Scale(domain=[_key(day) for day in days], paddingInner=0.36, paddingOuter=0.18),
    )


def _void(months: Rows, x: alt.X, words: Words, style: Style) -> list[alt.Chart]:
    empty = [
        {"month": _key(row["period_month"]), "label": words.text("no figures")}
        for row in months
        if row["data_status"] is None
    ]
    if not empty:
        return []
    base = alt.Chart(_data(empty))
    return [
        base.mark_rect(color=VOID).encode(x=x),
        base.mark_text(angle=270, color=MUTED, fontSize=style.text_size - 1).encode(
            x=x, y=alt.value(style.height / 2), text="label:N"
        ),
    ]


def _breaks(months: Rows) -> list[alt.Chart]:
    """A thin line before each month in which a provider's series breaks."""
    broken = [{"month": _key(row["period_month"])} for row in months if row["has_break"]]
    if not broken:
        return []
    rule = alt.Chart(_data(broken)).mark_rule(color=MUTED, strokeDash=[2, 3], strokeWidth=1)
    return [rule.encode(x=alt.X("month:O", bandPosition=0))]


def _bars(cells: Rows, colours: dict[str, str], x: alt.X, words: Words, style: Style) -> alt.Chart:
    undecided = f"datum.name === '{words.text('Undecided IT')}'"
    mark = "," if words.language == "fr" else "."
    chart: alt.Chart = (
        alt.Chart(_data(cells))
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y(
                "tonnes:Q",
                stack="zero",
                axis=alt.Axis(
                    title=words.text("t CO₂e per month"), labelExpr=f"replace(format(datum.value, '~f'), '.', '{mark}')",
                    tickCount=5, grid=True, gridColor=GRID, domain=False, ticks=False, labelPadding=6, titlePadding=10,
                ),
            ),
            color=alt.Color(
                "name:N",
                scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                legend=alt.Legend(symbolType="square", symbolStrokeWidth=0.8, columns=style.legend_columns),
            ),
            stroke=alt.condition(undecided, alt.value(UNDECIDED_EDGE), alt.value("white")),
            strokeDash=alt.condition(undecided, alt.value([3, 2]), alt.value([1, 0])),
            strokeWidth=alt.value(0.8),
            fillOpacity=alt.condition("datum.is_preliminary", alt.value(PRELIMINARY), alt.value(1)),
            order="order:Q",
            tooltip=_tooltip(words, interval=True),
        )
    )  # fmt: skip
    return chart


def _whiskers(whole: Rows, x: alt.X, words: Words) -> list[alt.Chart]:
    base = alt.Chart(_data(whole))
    colour = alt.Color(
        "name:N",
        scale=alt.Scale(domain=[words.text("95 % interval")], range=[INK]),
        legend=alt.Legend(symbolType="stroke", symbolStrokeWidth=1.4),
    )
    return [
        base.mark_rule(strokeWidth=1.2).encode(x=x, y="low:Q", y2="high:Q", color=colour),
        base.mark_tick(size=7, thickness=1.2, color=INK).encode(x=x, y="low:Q"),
        base.mark_tick(size=7, thickness=1.2, color=INK).encode(x=x, y="high:Q"),
    ]


def _target(lines: Rows, x: alt.X, words: Words) -> alt.Chart:
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=[words.text("Target")], range=[TARGET]),
        legend=alt.Legend(symbolType="stroke", symbolDash=[5, 3], symbolStrokeWidth=2),
    )
    chart: alt.Chart = (
        alt.Chart(_data(lines))
        .mark_line(strokeDash=[6, 4], strokeWidth=2)
        .encode(x=x, y="tonnes:Q", color=colour, detail="name:N", tooltip=_tooltip(words, interval=False))
    )
    return chart


def _tooltip(words: Words, interval: bool) -> list[alt.Tooltip]:
    shown = [
        alt.Tooltip("when:N", title=words.text("Month")),
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("figure:N", title=words.text("Amount")),
    ]
    return [*shown, alt.Tooltip("interval:N", title=words.text("95 % interval"))] if interval else shown
