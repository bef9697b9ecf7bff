"""The shapes of what an organization knows of its AI APIs better than the shipped tables."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from footing.config_rows import Row


class ApiPlace(Row):
    """``api_places.csv``: where a provider computes for us, and which cloud account its bill stands in."""

    provider: str
    account: str | None
    grid_zone: str
    pue: float = Field(ge=1, le=4)
    cloud_account: str | None
    evidence: str


class ModelAlias(Row):
    """``model_aliases.csv``: our names of models (Azure deployments, gateway names) and what EcoLogits calls them."""

    provider: str
    pattern: str
    ecologits_provider: str
    model: str
    note: str | None


class TokenModel(Row):
    """``token_models.csv``: a model's own coefficients per million output tokens; outweigh EcoLogits'."""

    provider: str
    model: str
    valid_from: dt.date
    valid_to: dt.date | None
    kwh_per_mtoken: float = Field(gt=0)
    kwh_per_mtoken_low: float = Field(ge=0)
    kwh_per_mtoken_high: float = Field(ge=0)
    gwp_kg_per_mtoken: float = Field(ge=0)
    adpe_kg_per_mtoken: float | None = Field(ge=0)
    pe_mj_per_mtoken: float | None = Field(ge=0)
    hardware_months: int | None = Field(ge=1)
    source: str
    licence: str

    @model_validator(mode="after")
    def _inside_its_range(self) -> Self:
        if not self.kwh_per_mtoken_low <= self.kwh_per_mtoken <= self.kwh_per_mtoken_high:
            raise ValueError("kwh_per_mtoken does not stand between its low and its high")
        return self
