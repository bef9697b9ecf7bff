"""Write dbt_project/seeds/electricity_mixes.csv from the electricity mixes of the installed EcoLogits.

Run it after EcoLogits moves in requirements/dev.txt; ``--check`` compares instead of writing.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from babel.core import get_global
from ecologits.electricity_mix_repository import ElectricityMix, electricity_mixes

TARGET = Path(__file__).resolve().parent.parent / "dbt_project" / "seeds" / "electricity_mixes.csv"
WORLD = "WOR"
# EcoLogits' own codes for what is no country.
REGIONS = {WORLD: "WORLD", "EEE": "EU"}
HEADER = [
    "geography", "iso3", "adpe_kg_sb_per_kwh", "pe_mj_per_kwh", "water_l_per_kwh", "has_world_water", "valid_from",
    "source", "licence",
]  # fmt: skip
LICENCE = "MPL-2.0 (package); ADEME Base Empreinte figures: Licence Ouverte 2.0"


def rows(mixes: Iterable[ElectricityMix], release: str) -> Iterator[list[str]]:
    """One row per zone, sorted.

    Where a country has none of its own, EcoLogits repeats the world's ADPe and primary energy. Those two are left out,
    for the world too: at 2.6 MJ/kWh they stand far below every large grid (China 10.7, United States 9.7), so they
    cannot be its mean.
    """
    found = {mix.zone: mix for mix in mixes}
    world = found[WORLD]
    countries = get_global("territory_aliases")
    for zone in sorted(found):
        mix = found[zone]
        geography = REGIONS.get(zone) or countries[zone][0]
        is_default = (mix.adpe, mix.pe) == (world.adpe, world.pe)
        yield [
            geography,
            zone,
            "" if is_default else repr(mix.adpe),
            "" if is_default else repr(mix.pe),
            repr(mix.wue),
            str(mix.wue == world.wue).lower(),
            "2024-01-01",
            f"EcoLogits {release}; electricity_mix_repository; zone {zone} (ADPe and PE after ADEME Base Empreinte)",
            LICENCE,
        ]


def text(release: str) -> str:
    """The whole seed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows(electricity_mixes.list_electricity_mixes(), release))
    return out.getvalue()


def main() -> int:
    """Write the seed, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the seed instead of writing it")
    wanted = text(version("ecologits"))
    if not parser.parse_args().check:
        TARGET.write_text(wanted, encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{TARGET.name} is not what the installed EcoLogits gives: run python tools/{Path(__file__).name}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
