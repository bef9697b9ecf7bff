"""The shapes of what the organization says about its sites' energy."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from footing.config_rows import CODE, Basis, Boundary, Phase, Row

# What a factor of each indicator counts, per kWh.
INDICATOR_UNITS = {
    "gwp": "kg CO2e", "adpe": "kg Sb-eq", "adpf": "MJ", "pe": "MJ", "water_withdrawal": "L", "water_consumption": "L",
    "pm": "disease incidence", "ir": "kBq U235-eq", "ecotox": "CTUe",
}  # fmt: skip


class SiteParameters(Row):
    """``site_parameters.csv``."""

    site_id: str
    valid_from: dt.date
    pue: float = Field(ge=1, le=4)
    it_feed_share: float = Field(gt=0, le=1)
    evidence: str


class Meter(Row):
    """``meters.csv``."""

    meter_id: str
    site_id: str
    energy_source: Literal["grid", "generator", "pv", "storage"]
    role: Literal["incoming", "export", "it_feed", "it", "overhead", "non_it"]
    note: str | None


class Instrument(Row):
    """``instruments.csv``: certificates and contracts that convey attributes of electricity."""

    instrument_id: str = Field(pattern=CODE)
    instrument_type: Literal["certificate", "contract"]
    market: str
    vintage_year: int = Field(ge=2000, le=2100)
    valid_from: dt.date | None
    valid_to: dt.date | None
    mwh: float = Field(gt=0)
    retired_on: dt.date | None
    beneficiary: str
    meter_id: str | None
    value: float = Field(ge=0)
    unit: Literal["kg CO2e/kWh"]
    evidence: str


class Load(Row):
    """``loads.csv``."""

    load_id: str
    site_id: str
    kw: float = Field(gt=0)
    boundary: Boundary
    project_id: str | None
    lifecycle_phase: Phase | None
    lifecycle_activity: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    evidence: str


class Factor(Row):
    """``factors.csv``: the organization's own emission factors."""

    factor_id: str
    name: str
    geography: str
    valid_from: dt.date
    valid_to: dt.date | None
    value: float = Field(ge=0)
    unit: str
    factor_boundary: Literal["direct", "upstream", "grid_losses", "lifecycle"]
    gases: str
    gwp_set: Literal["AR6", "AR5", "AR4", "unknown"]
    accounting_basis: Basis
    indicator: str
    uncertainty_profile: str
    source: str
    licence: str
    note: str | None

    @model_validator(mode="after")
    def _in_its_unit(self) -> Self:
        unit = INDICATOR_UNITS.get(self.indicator)
        if unit is None:
            raise ValueError(f"indicator {self.indicator!r} is none of {', '.join(INDICATOR_UNITS)}")
        if self.unit != f"{unit}/kWh":
            raise ValueError(f"unit {self.unit!r}: a factor of {self.indicator} is in {unit}/kWh")
        return self

    @model_validator(mode="after")
    def _market_is_direct(self) -> Self:
        # Upstream and losses are the same in both bases: a wider market factor would count them twice.
        if self.accounting_basis == "market" and self.factor_boundary != "direct":
            raise ValueError(
                "a market factor is direct: enter upstream and grid_losses with accounting_basis location"
            )
        return self
