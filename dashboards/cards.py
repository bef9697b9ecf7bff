"""Fragments of the page in HTML. Whatever comes from the published file is escaped."""

from __future__ import annotations

from html import escape

from dashboards import figures
from dashboards.figures import Line
from dashboards.i18n import Words


def badge(text: str, tone: str) -> str:
    """A small label; tones: ``good``, ``open``, ``off``."""
    return f'<span class="f-badge {tone}">{escape(text)}</span>'


def card(title: str, value: str, unit: str, *notes: str) -> str:
    """A headline figure; ``notes`` are HTML already."""
    lines = "".join(f"<p>{note}</p>" for note in notes)
    small = f" <small>{escape(unit)}</small>" if unit else ""
    return f'<div class="f-card"><h3>{escape(title)}</h3><div class="value">{escape(value)}{small}</div>{lines}</div>'


def cards(*fragments: str) -> str:
    """Cards side by side."""
    return f'<div class="f-cards">{"".join(fragments)}</div>'


def heading(title: str, note: str = "") -> str:
    """A section's heading and what to know to read it."""
    return f'<div class="f-head"><h2>{escape(title)}</h2><p>{escape(note[:1].upper() + note[1:])}</p></div>'


def table(lines: list[Line], words: Words) -> str:
    """Figures with their intervals, decimals under each other."""
    unit = lines[0].figure.unit if lines else ""
    head = f'<tr><th></th><th class="n">{escape(unit)}</th><th class="n">{escape(words.text("95 % interval"))}</th></tr>'
    body = "".join(
        f"<tr class='{'total' if line.is_total else 'part'}'><td>{_dot(line.colour)}{escape(line.name)}</td>"
        f'<td class="n">{escape(line.figure.value)}</td>'
        f'<td class="n">{escape(words.text("{low} to {high}", low=line.figure.low, high=line.figure.high))}</td></tr>'
        for line in figures.aligned(lines, words)
    )
    return f'<table class="f-table"><thead>{head}</thead><tbody>{body}</tbody></table>'


def _dot(colour: str | None) -> str:
    if colour is None:
        return ""
    return (
        f'<span class="dot" style="background:{colour}"></span>'
        if colour
        else '<span class="dot hollow"></span>'
    )


def listing(items: list[tuple[str, str]], look: str = "plain") -> str:
    """What, and its details, one per line; the look ``pairs`` sets details to the right."""
    lines = "".join(f"<li>{escape(what)} <span>{escape(detail)}</span></li>" for what, detail in items)
    return f'<ul class="f-list {look}">{lines}</ul>'


def grid(heads: list[str], lines: list[list[str]]) -> str:
    """Rows of a name and texts to its right, under their heads."""
    head = "<tr><th></th>" + "".join(f'<th class="n">{escape(text)}</th>' for text in heads) + "</tr>"
    body = "".join(
        f'<tr class="part"><td>{escape(name)}</td>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells)
        + "</tr>"
        for name, *cells in lines
    )
    return f'<table class="f-table"><thead>{head}</thead><tbody>{body}</tbody></table>'


def note(text: str) -> str:
    """A remark under what it explains."""
    return f'<div class="f-note">{escape(text)}</div>'
