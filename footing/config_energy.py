"""The shapes of what the organization says about its sites' energy."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self

from pydantic import Field, model_validator

from footing.config_rows import CODE, Basis, Boundary, Phase, Row

# What a factor of each indicator counts, per kWh.
INDICATOR_UNITS = {
    "gwp": "kg CO2e", "adpe": "kg Sb-eq", "adpf": "MJ", "pe": "MJ", "water_withdrawal": "L", "water_consumption": "L",
    "pm": "disease incidence", "ir": "kBq U235-eq", "ecotox": "CTUe",
}  # fmt: skip
# What a factor of a burnt or leaking substance counts, per unit of it.
SUBSTANCE_UNITS = {"gwp": r"kg CO2e/(kWh|kWh_net|L|m3|kg)", "co2_biogenic": r"kg CO2/(kWh|kWh_net|L|m3|kg)"}


class SiteParameters(Row):
    """``site_parameters.csv``."""

    site_id: str
    valid_from: dt.date
    pue: float = Field(ge=1, le=4)
    it_feed_share: float = Field(gt=0, le=1)
    wue_l_per_kwh: float | None = Field(default=None, ge=0, le=20)
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
    """``factors.csv``: the organization's own emission factors, of electricity or of a burnt or leaking substance."""

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
    substance: str | None = None
    """Fuel or refrigerant; empty for electricity."""

    gas: Literal["co2", "ch4", "n2o", "hfc", "pfc", "sf6", "nf3", "non_kyoto", "unsplit"] | None = None

    @model_validator(mode="after")
    def _in_its_unit(self) -> Self:
        if self.substance is not None:
            pattern = SUBSTANCE_UNITS.get(self.indicator)
            if pattern is None or not re.fullmatch(pattern, self.unit):
                raise ValueError(
                    f"unit {self.unit!r}: a substance has kg CO2e (gwp) or kg CO2 (co2_biogenic) per L, m3, kg, kWh"
                )
            return self
        unit = INDICATOR_UNITS.get(self.indicator)
        if unit is None:
            raise ValueError(f"indicator {self.indicator!r} is none of {', '.join(INDICATOR_UNITS)}")
        if self.unit != f"{unit}/kWh":
            raise ValueError(
                f"unit {self.unit!r}: a factor of {self.indicator} is in {unit}/kWh; others need a substance"
            )
        return self

    @model_validator(mode="after")
    def _market_is_direct(self) -> Self:
        # Upstream and losses are the same in both bases: a wider market factor would count them twice.
        if self.accounting_basis == "market" and self.factor_boundary != "direct":
            raise ValueError(
                "a market factor is direct: enter upstream and grid_losses with accounting_basis location"
            )
        return self


class Equipment(Row):
    """``equipment.csv``: who a generator, boiler, chiller or vehicle works for, where its site doesn't say it."""

    equipment_id: str
    site_id: str
    it_share: float | None = Field(ge=0, le=1)
    boundary: Boundary | None
    project_id: str | None
    lifecycle_phase: Phase | None
    lifecycle_activity: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    evidence: str

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.it_share is None) == (self.boundary is None):
            raise ValueError("give either it_share or boundary")
        return self
