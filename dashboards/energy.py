"""A month's kWh as shown: a site's balance, what each measure serves as, and what stands in for lost samples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dashboards import format as fmt
from dashboards import vocabulary
from dashboards.i18n import Words, mark

Row = dict[str, Any]
Rows = list[Row]
Line = tuple[bool, list[str]]

# Each side of the balance: its column and its name.
INPUTS = {
    "grid_kwh": mark("Grid"),
    "generator_kwh": mark("Generator"),
    "pv_kwh": mark("Own photovoltaics"),
    "export_kwh": mark("Given to the grid"),
    "storage_kwh": mark("Storage: discharged less charged"),
}
OUTPUTS = {
    "it_kwh": mark("IT"),
    "overhead_kwh": mark("Cooling, UPS and network around IT"),
    "outside_it_kwh": mark("Outside IT"),
}
INSIDE = {
    "key_kwh": mark("told apart by boards, nodes, runs and declared loads"),
    "idle_kwh": mark("of which held by nobody: idle"),
    "lost_kwh": mark("of which estimated for lost samples"),
    "unexplained_kwh": mark("told apart by nothing: undecided"),
}
ESTIMATE = mark("Estimated, not measured: at each device's own mean power while it was seen.")


def kwh(amount: float, words: Words) -> str:
    """An amount in whole kWh; below ten with two decimals, so that a small run does not read as nothing."""
    digits = -2 if 0 < abs(amount) < 10 else 0
    return f"{fmt.number(Decimal(repr(float(amount))), digits, words.language)}{fmt.NO_BREAK_SPACE}kWh"


def pue(row: Row, words: Words) -> str:
    """The PUE in force and where it comes from."""
    value = fmt.number(Decimal(repr(row["pue"])), -2, words.language)
    return f"{value} ({vocabulary.named(vocabulary.PUE_ORIGINS, row['pue_origin'], words)})"


def other_pues(row: Row, words: Words) -> list[str]:
    """Every PUE that is known of the site, beside the one in force."""
    return [
        f"{words.text(name)} {fmt.number(Decimal(repr(row[f'{origin}_pue'])), -2, words.language)}"
        for origin, name in vocabulary.PUE_ORIGINS.items()
        if row[f"{origin}_pue"] is not None
    ]


def balance(row: Row, words: Words) -> list[Line]:
    """The balance of a site line by line: what came in, and what it was; a side of zero is left out."""
    lines: list[Line] = [(True, [words.text("Came in"), kwh(row["total_kwh"], words)])]
    if row["is_metered"]:
        lines += [
            (False, [words.text(name), kwh(row[column], words)])
            for column, name in INPUTS.items()
            if row[column]
        ]
    else:
        lines += [(False, [words.text("No meter: telemetry × PUE stands in"), kwh(row["total_kwh"], words)])]
    return lines + [(True, [words.text(name), kwh(row[column], words)]) for column, name in OUTPUTS.items()]


def inside(row: Row, words: Words) -> list[Line]:
    """What the IT part of a balance is made of."""
    lines: list[Line] = [(True, [words.text("IT"), kwh(row["it_kwh"], words)])]
    return lines + [
        (False, [words.text(name), kwh(row[column], words)])
        for column, name in INSIDE.items()
        if row[column] or column == "key_kwh"
    ]


def measures(rows: Rows, words: Words) -> list[Line]:
    """Measures under what they serve as: totals, keys, losers; each with its evidence, its reason and its kWh.

    Only a total is an amount of its own. What is a key splits it; what lost is in one of the others already.
    """
    lines: list[Line] = []
    for use, name in vocabulary.USES.items():
        found = [row for row in rows if row["used_as"] == use]
        if found:
            # Keys overlap (a meter of IT holds its boards): only totals add.
            whole = kwh(found[0]["use_kwh"], words) if use == "total" else ""
            lines.append((True, [words.text(name), "", "", "", whole]))
            lines += [(False, _measure(row, words)) for row in found]
    return lines


def _measure(row: Row, words: Words) -> list[str]:
    return [
        component(row, words),
        vocabulary.named(vocabulary.TIERS, row["tier"], words),
        _reason(row, words),
        ", ".join(row["sources"]),
        kwh(row["kwh"], words),
    ]


def _reason(row: Row, words: Words) -> str:
    if not row["reason"]:
        return ""
    reason = vocabulary.named(vocabulary.ENERGY_REASONS, row["reason"], words)
    if row["covered_by"] in (None, "statement"):
        return reason
    counted = vocabulary.named(vocabulary.COMPONENTS, row["covered_by"], words)
    return words.text("{reason}: {measure}", reason=reason, measure=counted)


def component(row: Row, words: Words) -> str:
    """What was measured, with the energy's origin where a site's meter tells it, and how many of them."""
    name = vocabulary.named(vocabulary.COMPONENTS, row["component"], words)
    if row["component"] == "site":
        way = words.text("given away or charged") if row["is_out"] else ""
        origin = vocabulary.named(vocabulary.ENERGY_SOURCES, row["energy_source"], words)
        name = " · ".join(part for part in (name, origin, way) if part)
    return f"{name} ({fmt.count(row['covered'], words.language)})" if row["covered"] > 1 else name


def lost(rows: Rows, words: Words) -> list[list[str]]:
    """Lost samples by source: device-hours, and what is estimated for them."""
    return [
        [
            f"{row['source_id']} · {vocabulary.named(vocabulary.COMPONENTS, row['component'], words)}",
            *(
                fmt.count(row[column], words.language)
                for column in ("devices", "dark_devices", "gone_devices")
            ),
            words.text(
                "{part} of {whole}",
                part=fmt.count(round(row["lost_hours"]), words.language),
                whole=fmt.count(round(row["expected_hours"]), words.language),
            ),
            words.text("estimated: {amount}", amount=kwh(row["lost_kwh"], words)),
        ]
        for row in rows
    ]
