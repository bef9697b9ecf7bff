"""The seed of EcoLogits' models against the installed package: nothing was lost or changed on the way."""

import csv
import math
from pathlib import Path

import ecologits
import pytest
from ecologits.tracers.utils import llm_impacts

from tools import ecologits_seed

SEED = {
    (row["ecologits_provider"], row["model"]): row
    for row in csv.DictReader(ecologits_seed.SEED.open(encoding="utf-8"))
}


def test_the_seed_is_what_the_tool_writes(tmp_path: Path) -> None:
    count = ecologits_seed.write(tmp_path / "seed.csv")
    assert count == len(SEED) > 300
    assert (tmp_path / "seed.csv").read_bytes() == ecologits_seed.SEED.read_bytes()


@pytest.mark.parametrize(("provider", "model", "pue"), [
    ("openai", "gpt-4o-2024-08-06", (1.2, 1.2)),
    ("openai", "gpt-5-mini", (1.2, 1.2)),
    ("anthropic", "claude-sonnet-4-5", (1.09, 1.14)),
    ("mistralai", "mistral-large-latest", (1.16, 1.16)),
    ("google_genai", "gemini-2.5-pro", (1.09, 1.09)),
])  # fmt: skip
def test_a_million_tokens_by_the_package_is_the_seed_times_the_grid(
    provider: str, model: str, pue: tuple[float, float]
) -> None:
    row = SEED[provider, model]
    assert row["version"] == ecologits.__version__ == "0.11.3" and row["licence"] == "MPL-2.0"
    assert (float(row["pue_low"]), float(row["pue_high"])) == pue and row["hardware_months"] == "36"
    # EcoLogits' own carbon for France, whose mix is 0.04144 kg/kWh, from the seed's parts; 1 % for the first token.
    given = llm_impacts(provider, model, 1_000_000, math.inf, "FRA")
    for side, name in (("low", "min"), ("high", "max")):
        whole = float(row[f"kwh_{side}"]) * 0.04144 + float(row[f"gwp_{side}"])
        assert whole == pytest.approx(getattr(given.gwp.value, name, given.gwp.value), rel=0.01)
        minerals = given.embodied.adpe.value
        assert float(row[f"adpe_{side}"]) == pytest.approx(getattr(minerals, name, minerals), rel=0.01)
