"""The shapes of the configuration of purchases and of the use of products."""

from __future__ import annotations

import datetime as dt
from typing import Literal, Self

from pydantic import model_validator

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
