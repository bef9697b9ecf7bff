"""A FOCUS export on its way to the build: landed, read, rolled up, staged; nothing lost between charges and groups."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import connectors
from connectors.base import Document
from expectations.gate import check_documents
from footing import landing, rollup, typed
from footing.config_models import SourceEntry
from footing.storage import Store
from tests.connectors.test_focus import SAMPLE, write
from tests.ledger import world

ROOT = Path(__file__).resolve().parents[2]
SOURCE = SourceEntry(
    id="billing", title="Billing", connector="focus", kind="billing", requests=["acc"], first_period="2024-09",
    options={"tag_keys": ["application", "environment"]},
)  # fmt: skip


def brought(folder: Path, *files: bytes | Path) -> None:
    """Land, read and roll up one delivery of these files."""
    store, focus = Store(str(folder / "landing")), connectors.load("focus")
    documents = [
        Document(data, f"{part}.csv", "acc", part, len(files), SOURCE.options)
        for part, data in enumerate(files, 1)
    ]
    landing.land(store, SOURCE.id, SOURCE.connector, focus, "2024-09", documents)
    assert typed.type_source(store, folder / "typed", SOURCE) == []
    typed.write_documents(store, folder / "typed", [SOURCE])
    rollup.roll_up(folder / "typed", folder / "rollup")


def groups(folder: Path) -> list[dict[str, Any]]:
    return pq.read_table(folder / "rollup" / "focus_usage").to_pylist()


def test_the_sample_is_grouped_and_adds_up_as_the_file_does(tmp_path: Path) -> None:
    brought(tmp_path, SAMPLE)
    with SAMPLE.open(newline="", encoding="utf-8") as lines:
        charges = list(csv.DictReader(lines))
    found = groups(tmp_path)
    assert sum(group["charges"] for group in found) == len(charges) == 334 > len(found)
    for theirs, ours in (
        ("ListCost", "list_cost"),
        ("EffectiveCost", "effective_cost"),
        ("BilledCost", "billed_cost"),
    ):
        stated = sum(Decimal(charge[theirs]) for charge in charges)
        assert sum(group[ours] for group in found) == pytest.approx(float(stated), abs=1e-9)
    costs = pq.read_table(tmp_path / "rollup" / "focus_document_costs").to_pylist()
    assert [(row["currency"], row["all_rows"], row["usage_rows"]) for row in costs] == [("USD", 334, 332)]
    assert costs[0]["list_cost"] == pytest.approx(4.5664417741, abs=1e-9)


def test_a_charge_belongs_to_the_month_it_starts_in_and_a_correction_nets(tmp_path: Path) -> None:
    over = {"ChargePeriodStart": "2026-08-31T23:00:00Z", "ChargePeriodEnd": "2026-09-02T00:00:00Z"}
    back = {"EffectiveCost": "-0.5", "PricingQuantity": "-0.25"}
    brought(tmp_path, write({}, {}, over, back))
    found = {str(group["period_month"]): group for group in groups(tmp_path)}
    assert {month: group["charges"] for month, group in found.items()} == {"2026-08-01": 1, "2026-09-01": 3}
    september = found["2026-09-01"]
    assert (september["effective_cost"], september["usage_quantity"]) == (1.5 + 1.5 - 0.5, 1 + 1 - 0.25)
    assert september["document_row"] == 1


def test_the_order_of_charges_changes_nothing(tmp_path: Path) -> None:
    costs = [{"EffectiveCost": text} for text in ("0.1", "0.2", "0.3", "1e8", "-1e8", "1e-7")]
    sums = []
    for number, order in enumerate((costs, costs[::-1])):
        brought(tmp_path / str(number), write(*order))
        sums.append([group["effective_cost"] for group in groups(tmp_path / str(number))])
    assert sums[0] == sums[1] == [0.6000001]


def test_staging_gives_one_row_per_group_even_of_a_file_sent_twice(tmp_path: Path) -> None:
    world.write(tmp_path, {"typed/_config/sources.parquet": world.CONFIG["sources"].replace(
        "(values", "(values ('billing', 'Billing', 'focus', 'billing', 'monthly', 'inbox', date '2024-09-01', 1),")})  # fmt: skip
    (tmp_path / "typed" / "_documents.parquet").unlink()
    for made in tmp_path.glob("typed/[a-z]*/d.parquet"):
        made.unlink()
    brought(tmp_path, SAMPLE, SAMPLE)
    _, failed = world.build(
        tmp_path,
        "--select",
        "+stg_focus__usage",
        "+stg_focus__document_costs",
        "--exclude-resource-type",
        "unit_test",
    )
    # The end hook needs the whole ledger, which is not built here.
    assert not {name for name in failed if not name.startswith("operation.")}
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as con:
        [(rows, excluded, labelled)] = con.sql(
            "select sum(rows), sum(rows) filter (where excluded_code = 'credit'), sum(rows) filter (where labels is not null)"
            " from staging.stg_focus__usage where is_current_delivery"
        ).fetchall()
        assert (rows, excluded, labelled) == (334, 2, 223)
        by_provider = con.sql(
            "select provider, sum(rows) from staging.stg_focus__usage group by all order by all"
        )
        assert by_provider.fetchall() == [("aws", 316), ("azure", 17), ("other", 1)]
        grouped = con.sql(
            "select fsum(list_cost), fsum(effective_cost), fsum(billed_cost) from staging.stg_focus__usage"
        )
        stated = con.sql(
            "select measure, amount from staging.stg_focus__document_costs where measure in ('list', 'effective', 'billed')"
        )
        sums = dict(stated.fetchall())
        assert grouped.fetchall()[0] == pytest.approx(
            (sums["list"], sums["effective"], sums["billed"]), abs=1e-9
        )
        accounts = con.sql(
            "select distinct sub_account from staging.stg_focus__usage where provider = 'azure'"
        ).fetchall()
        assert ("64e355d7-997c-491d-b0c1-8414dccfcf42",) in accounts
        assert not any("/" in account for (account,) in accounts)


def test_the_gate_looks_at_documents_not_at_every_charge(tmp_path: Path) -> None:
    brought(tmp_path, SAMPLE)
    asked = {"source_id": "billing", "connector": "focus", "kind": "billing"}
    results = check_documents(tmp_path / "typed", [asked])
    assert {result.check_id for result in results if not result.success} == set()
    assert {result.rows_checked for result in results if result.suite == "focus"} == {1}
    brought(tmp_path, write({"ServiceName": "", "EffectiveCost": "9"}))
    failed = {
        result.check_id: result.severity
        for result in check_documents(tmp_path / "typed", [asked])
        if not result.success
    }
    assert failed["usage_without_service_plausible"] == "critical"
    assert failed["effective_to_list_plausible"] == "warning"
