"""The shapes of the organization's configuration: one checked model per file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from footing.config_energy import Equipment, Factor, Instrument, Load, Meter, SiteParameters
from footing.config_hardware import AssetMove, AssetTreatment, CapacityPrice, DeviceLifetime, Region
from footing.config_purchases import Supplier, UsageProfile
from footing.config_rows import CODE, Basis, Boundary, Month, Phase, Row
from footing.config_tokens import ApiPlace, ModelAlias, TokenModel

if TYPE_CHECKING:
    from connectors.base import Source


class Organization(Row):
    """``organization.yml``."""

    name: str
    country: str = Field(min_length=2, max_length=2)
    currency: str = Field(min_length=3, max_length=3)
    first_period: Month | None = None
    is_fictional: bool = False
    recognition: Literal["amortised", "acquisition"] = "amortised"
    lifetime_months: int = Field(default=72, ge=1, le=240)
    gwp_set: Literal["AR6", "AR5", "AR4"] = "AR6"
    idle_boards: Literal["shared", "undecided"] = "shared"
    key_tolerance: float = Field(default=0.05, ge=0, le=0.5)
    # 35 hours × 52 weeks ÷ 12: what a full-time post is paid for in France.
    paid_hours_per_month: float = Field(default=151.67, gt=0, le=744)
    cloud_scope_category: str = "3.1"


class SourceEntry(Row):
    """One entry of ``sources.yml``."""

    id: str = Field(pattern=CODE)
    title: str
    connector: str
    kind: Literal[
        "statement",
        "telemetry",
        "jobs",
        "meter",
        "water",
        "register",
        "lca",
        "billing",
        "tokens",
        "heat",
        "purchases",
        "usage",
        "log",
    ]
    cadence: Literal["monthly", "daily", "once"] = "monthly"
    via: Literal["inbox", "api"] = "inbox"
    connection: str | None = None
    requests: list[str] = Field(min_length=1)
    first_period: Month
    available_day: int = Field(default=1, ge=1, le=28)
    restates: list[Annotated[int, Field(ge=1, le=60)]] = Field(default_factory=list)
    options: dict[str, Any] = Field(default_factory=dict)
    options_by_request: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @field_validator("first_period", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return f"{value:%Y-%m}" if isinstance(value, dt.date) else value

    @model_validator(mode="after")
    def _daily_telemetry(self) -> SourceEntry:
        if self.cadence == "daily" and self.kind != "telemetry":
            raise ValueError("cadence 'daily' is for sources of kind 'telemetry': write 'monthly'")
        return self

    def as_source(self) -> Source:
        """What a connector sees of the entry."""
        # Imported here: DAG files read this module, and connectors load pyarrow.
        from connectors.base import Source

        return Source(self.id, self.connector, tuple(self.requests), self.options, self.options_by_request)


class Entity(Row):
    """``entities.csv``."""

    entity_id: str
    name: str
    country: str
    parent_entity_id: str | None
    consolidation_approach: Literal["operational_control", "financial_control", "equity_share"]
    consolidation_share: float = Field(gt=0, le=1)
    valid_from: dt.date | None
    valid_to: dt.date | None


class Site(Row):
    """``sites.csv``."""

    site_id: str
    name: str
    entity_id: str
    country: str
    grid_zone: str
    control: Literal["owned", "leased", "colocation", "employee_home", "customer"]
    purpose: str


class Project(Row):
    """``projects.csv``."""

    project_id: str
    name: str
    name_fr: str
    organization_unit: str | None
    entity_id: str
    default_phase: Phase | None
    started_on: dt.date | None
    ended_on: dt.date | None


class ProjectPhase(Row):
    """``project_calendar.csv``."""

    project_id: str
    lifecycle_phase: Phase
    valid_from: dt.date
    valid_to: dt.date | None
    evidence: str


class Rule(Row):
    """``allocation_rules.csv``."""

    priority: int
    source_id: str
    field: str
    pattern: str
    boundary: Boundary | None
    project_id: str | None
    lifecycle_phase: Phase | None
    lifecycle_activity: str | None
    note: str | None


class Target(Row):
    """``targets.csv``."""

    target_id: str
    name: str
    name_fr: str
    total: Literal["it", "ai"]
    accounting_basis: Basis
    base_from: dt.date
    base_to: dt.date
    target_month: dt.date
    reduction: float = Field(gt=0, le=1)


class Budget(Row):
    """``budgets.csv``."""

    project_id: str
    lifecycle_phase: Phase
    year: int
    accounting_basis: Basis
    amount_kg_co2e: float = Field(gt=0)


class StatementCoverage(Row):
    """``statement_coverage.csv``: what the organization knows of a provider's statement; outweighs the shipped seed."""

    provider: Literal["aws", "azure", "google", "ovhcloud", "scaleway"]
    model_from: str | None
    model_to: str | None
    statement_service: str
    service_pattern: str
    part: Literal["*", "electricity", "energy_upstream", "grid_losses", "hardware"]
    coverage: Literal["covered", "partly", "not"]
    valid_from: dt.date | None
    valid_to: dt.date | None
    evidence: str
    source: str


TABLES: dict[str, type[Row]] = {
    "entities": Entity, "sites": Site, "site_parameters": SiteParameters, "meters": Meter, "loads": Load,
    "projects": Project, "project_calendar": ProjectPhase, "allocation_rules": Rule, "targets": Target,
    "budgets": Budget, "factors": Factor, "statement_coverage": StatementCoverage,
    "suppliers": Supplier,
    "usage_profiles": UsageProfile,
    "device_lifetimes": DeviceLifetime, "regions": Region, "capacity_prices": CapacityPrice,
    "asset_moves": AssetMove, "asset_treatments": AssetTreatment,
    "api_places": ApiPlace, "model_aliases": ModelAlias, "token_models": TokenModel,
    "instruments": Instrument, "equipment": Equipment,
}  # fmt: skip

# What makes a row of a table the only one of its kind; a second one would count twice in every join.
KEYS: dict[str, tuple[str, ...]] = {
    "entities": ("entity_id",),
    "sites": ("site_id",),
    "site_parameters": ("site_id", "valid_from"),
    "meters": ("meter_id",),
    "loads": ("load_id", "valid_from"),
    "projects": ("project_id",),
    "project_calendar": ("project_id", "valid_from"),
    "allocation_rules": ("priority",),
    "targets": ("target_id",),
    "budgets": ("project_id", "lifecycle_phase", "year", "accounting_basis"),
    "factors": ("factor_id",),
    "device_lifetimes": ("device_class",),
    "regions": ("site_id",),
    "capacity_prices": ("site_id", "capacity", "valid_from"),
    "asset_moves": ("asset_id", "moved_on"),
    "asset_treatments": ("asset_id", "treated_on"),
    "equipment": ("site_id", "equipment_id", "valid_from"),
    "instruments": ("instrument_id",),
    "statement_coverage": (
        "provider",
        "model_from",
        "statement_service",
        "service_pattern",
        "part",
        "valid_from",
    ),
    "suppliers": ("supplier", "covered_category", "valid_from"),
    "usage_profiles": ("project_id", "who", "source_id", "grid_zone", "site_id", "valid_from"),
    "api_places": ("provider", "account"),
    "model_aliases": ("provider", "pattern"),
    "token_models": ("provider", "model", "valid_from"),
}
