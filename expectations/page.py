"""The checks' page: one file that opens without internet, failures first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby

from expectations.results import CheckResult

STYLE = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5d6b7a; --line: #dfe5ea; --bad: #b3261e; --warn: #8a5a00; --good: #1b6e4b; }
body { font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: var(--ink); max-width: 1060px; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .4rem; }
p.meta { color: var(--soft); margin: 0 0 1.4rem; }
.tiles { display: flex; gap: 1rem; flex-wrap: wrap; }
.tile { border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1.1rem; min-width: 9rem; }
.tile b { display: block; font-size: 1.7rem; font-variant-numeric: tabular-nums; }
.bad b { color: var(--bad); } .warn b { color: var(--warn); } .good b { color: var(--good); }
table { border-collapse: collapse; width: 100%; margin-top: .3rem; }
th { text-align: left; color: var(--soft); font-weight: 500; border-bottom: 1px solid var(--line); padding: .3rem .6rem .3rem 0; }
td { border-bottom: 1px solid var(--line); padding: .4rem .6rem .4rem 0; vertical-align: top; overflow-wrap: anywhere; }
td.state { white-space: nowrap; font-weight: 600; } .failed-critical { color: var(--bad); } .failed-warning { color: var(--warn); } .passed { color: var(--good); }
td.rows { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .remedy { color: var(--soft); }
@media print { body { margin: 0; max-width: none; } }
"""


def render(results: list[CheckResult], title: str, meta: Mapping[str, str]) -> str:
    """Give the page of a gate's results; ``meta`` is shown below the title."""
    failed = [r for r in results if not r.success]
    critical = sum(r.severity == "critical" for r in failed)
    tiles = [
        ("bad" if critical else "good", critical, "critical failures"),
        ("warn" if len(failed) - critical else "good", len(failed) - critical, "warnings"),
        ("good", len(results) - len(failed), "checks passed"),
    ]
    blocks = "".join(f'<div class="tile {kind}"><b>{count}</b>{what}</div>' for kind, count, what in tiles)
    told = " · ".join(f"{escape(key)}: {escape(value)}" for key, value in meta.items())
    verdict = (
        "Nothing may be published."
        if critical
        else "The month may be published; warnings are shown with the figures."
    )
    body = f'<h1>{escape(title)}</h1><p class="meta">{verdict}{" · " + told if told else ""}</p><div class="tiles">{blocks}</div>'
    if failed:
        body += "<h2>What failed</h2>" + _table(
            sorted(failed, key=lambda r: (r.severity, r.source_id or "", r.suite))
        )
    ordered = sorted(results, key=_group)
    for (door, where), group in groupby(ordered, key=_group):
        body += f"<h2>{escape(door.capitalize())} · {escape(where)}</h2>" + _table(list(group))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _group(result: CheckResult) -> tuple[str, str]:
    return result.door, result.source_id or result.suite.split(".")[0]


def _table(results: list[CheckResult]) -> str:
    rows = "".join(
        f'<tr><td class="state {"passed" if r.success else "failed-" + r.severity}">{"passed" if r.success else r.severity}</td>'
        f'<td>{escape(r.description)}{_remedy(r)}</td><td>{escape(r.observed)}</td><td class="rows">{r.rows_checked:,}</td></tr>'
        for r in results
    )
    return (
        f"<table><tr><th>result</th><th>what was checked</th><th>found</th><th>rows</th></tr>{rows}</table>"
    )


def _remedy(result: CheckResult) -> str:
    where = escape(result.source_id or result.suite)
    return "" if result.success else f'<div class="remedy">{where}: {escape(result.remedy)}</div>'
