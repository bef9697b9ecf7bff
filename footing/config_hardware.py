"""What the organization says of its hardware: lives, places, capacity, what became of it."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from footing.config_rows import Row


class DeviceLifetime(Row):
    """``device_lifetimes.csv``: a class whose life differs from ``lifetime_months`` of ``organization.yml``."""

    device_class: Literal[
        "server", "gpu_server", "storage", "network", "laptop", "monitor", "desktop", "other"
    ]
    lifetime_months: int = Field(ge=1, le=240)
    evidence: str


class Region(Row):
    """``regions.csv``: datacenters whose capacity serves the same tenants as one pool."""

    site_id: str
    region_id: str
    evidence: str


class CapacityPrice(Row):
    """``capacity_prices.csv``: what a kWh of use stands for in capacity; one measure for a whole region."""

    site_id: str
    capacity: Literal["gpu_energy", "other_it_energy"]
    valid_from: dt.date
    price_per_kwh: float = Field(gt=0)
    evidence: str


class AssetMove(Row):
    """``asset_moves.csv``: a device, or a whole lot, that went from one own site to another."""

    asset_id: str
    moved_on: dt.date
    from_site_id: str
    to_site_id: str
    evidence: str

    @model_validator(mode="after")
    def _elsewhere(self) -> Self:
        if self.from_site_id == self.to_site_id:
            raise ValueError(f"to_site_id {self.to_site_id} is where the asset already stands")
        return self


class AssetTreatment(Row):
    """``asset_treatments.csv``: a recycler's record of what treating discarded devices really emitted."""

    asset_id: str
    treated_on: dt.date
    pieces: int = Field(ge=1)
    kg_co2e: float = Field(ge=0, le=1e6)
    source: str
