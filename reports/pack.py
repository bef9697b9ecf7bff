"""The report pack of a published file: one PDF per language, the same bytes each time it is made."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import altair as alt
import typst
import vl_convert

from dashboards import charts, figures, notes, queries, vocabulary
from dashboards import format as fmt
from dashboards.i18n import Words
from dashboards.published import Publication, describe

ROOM = Path(__file__).parent
FONTS = ROOM / "fonts"
TEMPLATE = ROOM / "templates" / "pack.typ"

Content = dict[str, Any]


def render(published: Path, out: Path, language: str = "en") -> Path:
    """Write the report of a published file's last month.

    Parameters
    ----------
    published
        A versioned published file (not the pointer: the report names what it shows).
    out
        The PDF to write; it appears whole or not at all.
    language
        ``en`` or ``fr``.
    """
    pdf = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content(published, language), ensure_ascii=False)},
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}")
    temporary.write_bytes(pdf)
    temporary.replace(out)
    return out


def content(published: Path, language: str) -> Content:
    """All that the template shows, formatted: texts, table cells and charts (SVG)."""
    publication = describe(published)
    words = Words(language)
    month = publication.month
    organization = queries.organization(published)
    months = queries.months(published)
    totals = queries.totals(published, "location")
    now = {row["total"]: row for row in totals if row["period_month"] == month}
    return {
        "language": language,
        "organization": organization["name"],
        "fictional": words.text("Fictional organization, synthetic data")
        if organization["is_fictional"]
        else "",
        "title": words.text("AI and IT emissions"),
        "month": fmt.month(month, language),
        "status": notes.status(months[-1], words),
        "summary": _summary(published, month, words),
        "table": _table(queries.month_figures(published, month), words),
        "charts": _charts(publication, months, totals, words),
        "sections": _sections(publication, now, words),
        "method": {"title": words.text("What these figures are"), "text": notes.method(organization, words)},
        "published": words.text(
            "Published file {name}, revision {revision}", name=published.name, revision=publication.revision
        ),
        "page": words.text("page"),
    }


def _summary(published: Path, month: dt.date, words: Words) -> list[Content]:
    target = next(
        (
            row
            for row in queries.targets(published, "location")
            if row["total"] == "it" and row["period_month"] == month
        ),
        None,
    )
    change = queries.change_on_year(published, "location", month)
    return _items([notes.change(change, month, words), notes.target(target, words)])


def _items(found: list[notes.Note]) -> list[Content]:
    return [{"what": what, "detail": detail} for what, detail in found]


def _table(rows: queries.Rows, words: Words) -> Content:
    groups = ("scope", "phase")
    columns = []
    for basis in vocabulary.BASES:
        found = [figures.lines(rows, basis, group, words) for group in groups]
        columns.append(figures.aligned([line for lines in found for line in lines], words))
    first_of_ai = len(figures.lines(rows, "location", "scope", words))
    lines = [
        {"name": line.name, "is_total": line.is_total, "cells": [_cell(line, words), _cell(other, words)]}
        for line, other in zip(*columns, strict=True)
    ]
    return {
        "heads": [words.text(name) for name in vocabulary.BASES.values()],
        "interval": words.text("95 % interval"),
        "groups": [lines[:first_of_ai], lines[first_of_ai:]],
    }


def _cell(line: figures.Line, words: Words) -> Content:
    figure = line.figure
    return {
        "value": figure.value,
        "interval": words.text("{low} to {high}", low=figure.low, high=figure.high),
        "unit": figure.unit,
    }


def _charts(
    publication: Publication, months: queries.Rows, totals: queries.Rows, words: Words
) -> list[Content]:
    path, month = publication.path, publication.month
    targets = queries.targets(path, "location")
    common = (months, totals, targets, words, month)
    pale = any(row["data_status"] == "preliminary" for row in months)
    basis = words.text("Location-based")
    preliminary = [words.text("pale bars are preliminary")] if pale else []
    return [
        {
            "title": notes.total_title(targets, words),
            "note": " · ".join([basis, *notes.target_names(targets, "it", month, words), *preliminary]),
            "alt": words.text("Monthly IT emissions by scope with interval and target"),
            "svg": _svg(charts.total_chart(queries.scopes(path, "location"), *common, style=charts.PRINT)),
        },
        {
            "title": words.text("AI by lifecycle phase"),
            "note": " · ".join(
                [basis, *notes.target_names(targets, "ai", month, words), words.text(notes.UNDECIDED)]
            ),
            "alt": words.text("Monthly AI emissions by lifecycle phase, the undecided amount on top"),
            "svg": _svg(charts.phase_chart(queries.phases(path, "location"), *common, style=charts.PRINT)),
        },
    ]


def _svg(chart: alt.LayerChart) -> str:
    vl_convert.register_font_directory(str(FONTS))
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def _sections(publication: Publication, now: dict[str, Any], words: Words) -> list[Content]:
    path, month = publication.path, publication.month
    share = now["it"]["share_metered"] if now else None
    nothing = [(words.text("None"), "")]
    return [
        {"title": title, "items": _items(items)}
        for title, items in (
            (
                words.text("What the month rests on"),
                notes.proofs(queries.coverage(path, month), share, words),
            ),
            (
                words.text("Warnings of the month"),
                notes.warnings(queries.warnings(path, month), words) or nothing,
            ),
            (
                words.text("What was restated"),
                notes.restatements(queries.restatements(path), words) or nothing,
            ),
        )
    ]
