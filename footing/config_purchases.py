"""The shapes of the configuration of purchases and of the use of products."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import Field, model_validator

from footing.config_rows import Row

# As in seeds/purchase_categories.csv, where each has its factor.
Category = Literal[
    "software", "saas", "cloud", "ai_api", "programming", "integration", "consulting", "research", "managed_service",
    "it_service", "training", "repair", "rental", "telecom", "mobile_telecom", "computers", "storage_devices",
    "peripherals", "network_devices", "energy", "tax", "credit",
]  # fmt: skip


class Supplier(Row):
    """``suppliers.csv``: what a supplier sells, and which sources already tell of it."""

    supplier: str
    category: Category | None
    covered_category: Category | None
    covered_by: str | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    evidence: str

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.category is None and self.covered_by is None:
            raise ValueError("neither category nor covered_by: the row says nothing")
        return self


# Devices of a workplace, as in seeds/device_classes.csv: what serves a datacenter follows its energy.
Workplace = Literal["laptop", "desktop", "monitor", "other"]


class UsageProfile(Row):
    """``usage_profiles.csv``: who uses a product with whose devices, and what a request takes there."""

    project_id: str
    who: Literal["own_staff_on_site", "own_staff_at_home", "customers", "sold_device", "own_device"]
    source_id: str
    request_share: float = Field(gt=0, le=1)
    device_kwh_per_request: float | None = Field(ge=0, le=1)
    gb_per_request: float | None = Field(ge=0, le=100)
    grid_zone: str
    site_id: str | None
    valid_from: dt.date
    valid_to: dt.date | None
    evidence: str
    device_class: Workplace | None = None
    device_hours_per_request: float | None = Field(default=None, gt=0, le=24)

    @model_validator(mode="after")
    def _has_a_place(self) -> Self:
        on_site = self.who == "own_staff_on_site"
        if on_site and self.site_id is None:
            raise ValueError("own_staff_on_site needs site_id: the site whose bill already holds the devices")
        if on_site and self.gb_per_request:
            raise ValueError(
                "own_staff_on_site takes no gb_per_request: the site's own network bill holds it"
            )
        return self

    @model_validator(mode="after")
    def _takes_hours_of_devices(self) -> Self:
        if (self.device_class is None) != (self.device_hours_per_request is None):
            raise ValueError("device_class and device_hours_per_request go together: fill in both or neither")
        if self.device_class is None:
            return self
        if self.who != "own_staff_on_site":
            raise ValueError(
                "device_class is for own_staff_on_site: only their devices stand in your register"
            )
        if not self.device_kwh_per_request:
            raise ValueError(
                "device_hours_per_request needs device_kwh_per_request: a device in use draws power"
            )
        return self
