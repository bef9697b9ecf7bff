"""One month's report as a PDF: figures, chart against the target, and what to know, in English or French."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst
import vl_convert

from dashboards import charts, format, i18n, published, queries

HERE = Path(__file__).parent
BASES = ("location", "market")


def render(path: Path, out: Path, language: str = "en") -> Path:
    """Write the report of a published file's last month to ``out``; the same file gives the same bytes."""
    found = published.named(path)
    text = i18n.translator(language)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "report.typ").write_bytes((HERE / "templates" / "report.typ").read_bytes())
        (work / "data.json").write_text(
            json.dumps(content(path, found, language), ensure_ascii=False), encoding="utf-8"
        )
        target = queries.target(path, "it", "location")
        _svg(
            charts.total_chart(
                queries.by_scope(path, "location"), queries.totals(path, "location"), target, text, 560, 185
            ),
            work / "total.svg",
        )
        _svg(charts.phase_chart(queries.by_phase(path, "location"), text, 560, 165), work / "phases.svg")
        pdf = typst.compile(str(work / "report.typ"), font_paths=[str(HERE / "fonts")])
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(".part")
    temporary.write_bytes(pdf)
    temporary.replace(out)
    return out


def content(path: Path, found: published.Published, language: str) -> dict[str, Any]:
    """All words and figures of the report, as its template reads them."""
    text = i18n.translator(language)
    status = queries.months(path)[-1]
    month = status["period_month"]
    organization = queries.organization(path)
    targets = [row for row in queries.target(path, "it", "location") if row["period_month"] == month]
    return {
        "language": language,
        "title": f"{organization['name']} · {text('Monthly report')}",
        "month": format.month_name(month, language),
        "status": text(status["data_status"]),
        "file": found.path.name,
        "revision": f"{text('revision')} {found.revision}",
        "fictional": text("Fictional organization, synthetic data: no figure on this page is real.")
        if organization["is_fictional"]
        else "",
        "headings": {
            "figures": text("Figures of the month, t CO₂e with 95 % intervals"),
            "total": text("IT total by scope against the target"),
            "phases": text("AI by lifecycle phase"),
            "warnings": text("Warnings"),
            "restated": text("What providers restated"),
            "method": text("How these figures are made"),
            "location": text("location-based"),
            "market": text("market-based"),
            "page": text("page"),
        },
        "target": _target(targets, language),
        "figures": _figures(path, month, language),
        "warnings": [f"{row['subject']}: {message(row, language)}" for row in queries.warnings(path, month)],
        "restated": [_restated(row, language) for row in queries.restatements(path)],
        "method": text(METHOD),
    }


METHOD = (
    "Every figure is a row of the emissions ledger with its document and factor. The utility meter and the provider's statement "
    "are the control totals; telemetry and labels only split them. Own sites take direct factors in scope 2 and upstream and "
    "losses in 3.3; a cloud's own scopes stand in our 3.1. Hardware is amortised over six years. Intervals are 95 %: errors of "
    "one source add linearly, different sources in quadrature. Nothing is netted."
)


def message(warning: dict[str, Any], language: str) -> str:
    """A warning in the reader's language: its own words in English, what its code means otherwise."""
    return str(warning["text"]) if language == "en" else i18n.translator(language)(warning["code"])


def _target(rows: queries.Rows, language: str) -> str:
    text = i18n.translator(language)
    if not rows:
        return text("no target is set on this basis")
    name = rows[0]["name_fr" if language == "fr" else "name"]
    return f"{name}: {text('on track') if rows[0]['is_on_track'] else text('off track')}"


def _figures(path: Path, month: Any, language: str) -> list[dict[str, Any]]:
    text = i18n.translator(language)
    lines: list[tuple[str, str, Any, Any, bool]] = [
        (text("IT total"), "totals", "total", "it", True),
        *((f"Scope {scope}", "by_scope", "scope", scope, False) for scope in (1, 2, 3)),
        (text("of which AI"), "totals", "total", "ai", True),
        *(
            (text(name), "by_phase", "lifecycle_phase", phase, False)
            for phase, name in charts.PHASE_TEXTS.items()
        ),
        (text("undecided (IT that no rule decides)"), "totals", "total", "undecided", True),
    ]
    made = []
    for label, query, column, value, strong in lines:
        cells = [_cell(path, query, basis, month, column, value, language) for basis in BASES]
        if any(cells):
            made.append({"label": label, "strong": strong, "cells": cells})
    return made


def _cell(
    path: Path, query: str, basis: str, month: Any, column: str, value: Any, language: str
) -> list[str]:
    for row in getattr(queries, query)(path, basis):
        inside = query != "by_phase" or row["total"] == "ai"
        if row["period_month"] == month and row[column] == value and inside:
            return list(format.interval(row["amount"], row["amount_low"], row["amount_high"], language))
    return []


def _restated(row: dict[str, Any], language: str) -> str:
    text = i18n.translator(language)
    shown = format.tonnes(row["difference"], 3, language, signed=True)
    return f"{format.month_name(row['period_month'], language)}: {text(charts.CAUSES[row['cause']])}, {shown} t CO₂e ({row['figures']} {text('figures')})"


def _svg(chart: Any, path: Path) -> None:
    path.write_text(vl_convert.vegalite_to_svg(chart.to_json()), encoding="utf-8")
