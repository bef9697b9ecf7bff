"""The generator of par1: what its tank's log says it burnt, and what its meter read, hang together."""

from __future__ import annotations

from examples.orselia.story import rng

OUTAGE = "2025-12"
"""A storm cuts par1 off for a day, beside the monthly test run."""

TEST_LITRES, OUTAGE_LITRES = 12.0, 265.0
"""An hour's test run, and a day at the site's 38 kW."""

KWH_PER_LITRE = 3.4
"""A litre of gas oil holds about 10 kWh (lower calorific value): a set of this size gives 34 % of it as electricity."""


def tested_litres(month: str) -> float:
    """What the month's test run burnt, as the log says it: to a tenth of a litre."""
    return round(TEST_LITRES * (0.9 + 0.2 * rng("generator", month).random()), 1)


def outage_litres(month: str) -> float:
    """What the outage burnt."""
    return OUTAGE_LITRES if month == OUTAGE else 0.0


def metered_kwh(month: str) -> float:
    """What the month's litres gave."""
    return round(KWH_PER_LITRE * (tested_litres(month) + outage_litres(month)), 1)
