"""Write the coefficients of EcoLogits' models as a seed: ``python tools/ecologits_seed.py`` after its version changed.

Per model and million output tokens: energy as EcoLogits gives it (its PUE is inside, and stands beside it), making of
the hardware (over EcoLogits' lifetime, which stands beside it). Nothing is converted here: SQL takes PUE and lifetime out.
"""

from __future__ import annotations

import csv
import logging
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ecologits
from ecologits.impacts.llm import HARDWARE_LIFESPAN
from ecologits.model_repository import models
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP, llm_impacts
from ecologits.utils.range_value import RangeValue

SEED = Path(__file__).parents[1] / "dbt_project/seeds/ecologits_models.csv"
# So many that the time to the first token, which EcoLogits counts once per request, no longer shows.
TOKENS = 10**9
MONTH_SECONDS = 365 * 24 * 3600 / 12
COLUMNS = (
    "ecologits_provider", "model", "version", "kwh_low", "kwh_high", "pue_low", "pue_high", "hardware_months",
    "gwp_low", "gwp_high", "adpe_low", "adpe_high", "pe_low", "pe_high", "warnings", "valid_from", "valid_to", "source",
    "licence",
)  # fmt: skip


def _range(value: Any) -> tuple[float, float]:
    return (value.min, value.max) if isinstance(value, RangeValue) else (value, value)


def rows() -> Iterator[dict[str, str]]:
    """Give a row per provider and model that EcoLogits knows, aliases as models of their own."""
    months = HARDWARE_LIFESPAN / MONTH_SECONDS
    for model in sorted(models.list_models(), key=lambda one: (one.provider.value, one.name)):
        provider = model.provider.value
        impacts = llm_impacts(provider, model.name, TOKENS, math.inf)
        if impacts.has_errors or impacts.energy is None or impacts.embodied is None:
            raise SystemExit(f"{provider}/{model.name}: {impacts.errors}")
        figures = {
            "kwh": impacts.energy.value, "gwp": impacts.embodied.gwp.value, "adpe": impacts.embodied.adpe.value,
            "pe": impacts.embodied.pe.value,
        }  # fmt: skip
        bounds = {
            f"{name}_{side}": f"{bound * 1e6 / TOKENS:.6g}"
            for name, value in figures.items()
            for side, bound in zip(("low", "high"), _range(value), strict=True)
        }
        pue = _range(PROVIDER_CONFIG_MAP[provider].datacenter_pue)
        yield {
            "ecologits_provider": provider,
            "model": model.name,
            "version": ecologits.__version__,
            **bounds,
            "pue_low": f"{pue[0]:g}",
            "pue_high": f"{pue[1]:g}",
            "hardware_months": f"{months:g}",
            "warnings": " ".join(sorted(warning.code for warning in impacts.warnings or ())),
            "valid_from": "2020-01-01",
            "valid_to": "",
            "source": f"EcoLogits {ecologits.__version__}: llm_impacts, {TOKENS:g} output tokens, modelled latency",
            "licence": "MPL-2.0",
        }


def write(path: Path) -> int:
    """Write the seed; give the number of models."""
    logging.getLogger("ecologits").setLevel(logging.CRITICAL)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        found = list(rows())
        writer.writerows(found)
    return len(found)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    print(f"{path}: {write(path)} models")
