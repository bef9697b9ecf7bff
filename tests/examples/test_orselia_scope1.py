"""What burns and leaks at Orsélia, counted from the documents themselves."""

from __future__ import annotations

import csv
from collections import defaultdict

from tests.examples.orselia_reading import HISTORY, MONTHS


def _rows(source: str, request: str) -> list[dict[str, str]]:
    (path,) = (HISTORY / source / request).glob("*/*.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _generator_litres() -> dict[str, float]:
    litres: dict[str, float] = defaultdict(float)
    for row in _rows("fuel", "par1"):
        if row["Usage"] == "Groupe":
            _, month, year = row["Date"].split("/")
            litres[f"{year}-{month}"] += _number(row["Quantité"])
    return litres


def _generator_kwh() -> dict[str, float]:
    kwh: dict[str, float] = defaultdict(float)
    for path in (HISTORY / "site_meters" / "par1").glob("*/*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                if row["compteur"] == "par1-groupe":
                    kwh[path.parent.name] += _number(row["kwh"])
    return kwh


def test_the_generator_runs_every_month_and_through_one_day() -> None:
    litres = _generator_litres()
    assert sorted(litres) == MONTHS
    assert [month for month in MONTHS if litres[month] > 100] == ["2025-12"]


def test_the_generator_s_meter_reads_what_its_litres_can_give() -> None:
    litres, kwh = _generator_litres(), _generator_kwh()
    assert sorted(kwh) == MONTHS[8:]
    assert [month for month in kwh if not 0.2 <= litres[month] / kwh[month] <= 0.45] == []
    assert [month for month in kwh if kwh[month] > 300] == ["2025-12"]


def test_gas_heats_in_winter() -> None:
    kwh = {row["Du"][3:]: _number(row["Consommation"]) for row in _rows("fuel", "office-par")}
    assert len(kwh) == len(MONTHS) and min(kwh["01/2025"], kwh["01/2026"]) > 10 * kwh["07/2025"]


def test_the_chiller_leaks_ten_kilograms_in_2025_and_a_valve_breaks() -> None:
    chiller = [row for row in _rows("refrigerants", "par1") if row["Machine"] == "par1-chw1"]
    counts = [_number(row["Kg"]) for row in chiller if row["Opération"] == "Pesée"]
    fills = {row["Date"]: _number(row["Kg"]) for row in chiller if row["Opération"] == "Complément"}
    assert counts[0] + fills.pop("22/07/2025") - counts[1] == 10
    assert fills == {"09/06/2026": 14}
