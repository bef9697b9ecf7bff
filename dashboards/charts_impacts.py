"""One small chart per indicator beside carbon, from plain rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import altair as alt

from dashboards import charts, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words

Row = dict[str, Any]
Rows = list[Row]

STYLE = charts.Style(charts.SCREEN.font, "container", 130, 11, 3, 1)


def trend(rows: Rows, indicator: str, months: Rows, shown: dt.date, words: Words) -> alt.LayerChart:
    """IT of one indicator by month with its interval; ``shown`` is the month that the page is about."""
    whole = [row for row in rows if row["indicator"] == indicator and row["total"] == "it"]
    power, unit = fmt.impact_unit(indicator, max(row["amount"] for row in whole))
    points = [_point(row, power, words) for row in whole]
    x = charts.months_axis(months, words, shown, STYLE)
    separator = "," if words.language == "fr" else "."
    base = alt.Chart(charts.data(points))
    y = alt.Y(
        "amount:Q",
        axis=alt.Axis(
            title=unit, labelExpr=f"replace(format(datum.value, '~f'), '.', '{separator}')", tickCount=4, grid=True,
            gridColor=charts.GRID, domain=False, ticks=False, labelPadding=6, titlePadding=8,
        ),
    )  # fmt: skip
    bars = base.mark_bar(color=vocabulary.SCOPE_COLOURS[2]).encode(
        x=x,
        y=y,
        fillOpacity=alt.condition("datum.is_preliminary", alt.value(charts.PRELIMINARY), alt.value(0.85)),
        tooltip=charts.tooltip(words, interval=True),
    )
    whiskers = base.mark_rule(strokeWidth=1, color=charts.INK).encode(x=x, y="low:Q", y2="high:Q")
    return charts.dressed(alt.layer(bars, whiskers).resolve_scale(y="shared"), STYLE)


def _point(row: Row, power: int, words: Words) -> Row:
    figure = fmt.impact(
        row["indicator"], row["amount"], row["amount_low"], row["amount_high"], words.language, power
    )
    scale = 10.0**power
    return {
        "month": f"{row['period_month']:%Y-%m}",
        "amount": row["amount"] / scale,
        "low": row["amount_low"] / scale,
        "high": row["amount_high"] / scale,
        "is_preliminary": row["data_status"] == "preliminary",
        "when": fmt.month(row["period_month"], words.language),
        "name": words.text(vocabulary.INDICATORS[row["indicator"]]),
        "figure": figure.with_unit,
        "interval": words.text("{low} to {high}", low=figure.low, high=figure.high),
    }
