"""Warming potentials whose sources disagree: one is kept, and the seed says which and why."""

from __future__ import annotations

from tests.ledger.test_cloud_seeds import seed


def test_sulphur_hexafluoride_has_the_value_that_the_ghg_protocol_lists() -> None:
    rows = {row["gwp_set"]: row for row in seed("refrigerant_gwp") if row["substance"] == "SF6"}
    assert {name: float(row["value"]) for name, row in rows.items()} == {
        "AR4": 22_800,
        "AR5": 23_500,
        "AR6": 24_300,
    }
    assert rows["AR6"]["source"].startswith("GHG Protocol") and "25,200" in rows["AR6"]["note"]


def test_every_potential_has_a_source_a_licence_and_how_it_was_seen() -> None:
    for row in seed("refrigerant_gwp"):
        assert row["source"] and row["licence"] and row["how_seen"] in ("text", "second-hand"), row[
            "factor_id"
        ]
        assert float(row["value"]) > 0, row["factor_id"]
