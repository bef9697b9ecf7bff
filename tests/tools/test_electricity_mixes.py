"""The seed of electricity mixes is what the installed EcoLogits says, and holds no filled-up zone as if it were known."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace
from typing import Any


def mix(zone: str, adpe: float, pe: float, wue: float) -> Any:
    return SimpleNamespace(zone=zone, adpe=adpe, pe=pe, wue=wue)


MIXES = [
    mix("WOR", 1e-8, 2.6, 3.9),
    mix("FRA", 4.8e-8, 9.3, 3.7),
    mix("ABW", 1e-8, 2.6, 3.9),
    mix("SGP", 2e-8, 10.3, 3.9),
]


def test_the_seed_is_what_the_installed_release_gives(electricity_mixes: ModuleType) -> None:
    release = electricity_mixes.version("ecologits")
    assert electricity_mixes.TARGET.read_text(encoding="utf-8") == electricity_mixes.text(release)


def test_a_zone_that_repeats_the_worlds_figures_has_none_of_its_own(electricity_mixes: ModuleType) -> None:
    rows = {row[0]: row[1:6] for row in electricity_mixes.rows(MIXES, "0")}
    assert rows == {
        "FR": ["FRA", "4.8e-08", "9.3", "3.7", "false"],
        "AW": ["ABW", "", "", "3.9", "true"],
        "SG": ["SGP", "2e-08", "10.3", "3.9", "true"],
        "WORLD": ["WOR", "", "", "3.9", "true"],
    }
