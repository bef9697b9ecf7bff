"""The shapes of the organization's configuration: one checked model per file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

if TYPE_CHECKING:
    from connectors.base import Source

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Boundary = Literal["ai", "outside_ai", "outside_it", "unattributed"]
Phase = Literal["transversal", "ideation", "qualification", "development", "production", "usage"]
Basis = Literal["location", "market"]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
# What a factor of each indicator counts, per kWh.
INDICATOR_UNITS = {
    "gwp": "kg CO2e", "adpe": "kg Sb-eq", "adpf": "MJ", "pe": "MJ", "water_withdrawal": "L", "water_consumption": "L",
    "pm": "disease incidence", "ir": "kBq U235-eq", "ecotox": "CTUe",
}  # fmt: skip
RANGES = (("valid_from", "valid_to"), ("base_from", "base_to"), ("started_on", "ended_on"))


class Row(BaseModel):
    """A checked row: unknown columns are errors, empty cells are null."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for first, last in RANGES:
            start, end = getattr(self, first, None), getattr(self, last, None)
            if start and end and end < start:
                raise ValueError(f"{last} {end} is before {first} {start}")
        return self


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
    key_tolerance: float = Field(default=0.05, ge=0, le=0.5)
    cloud_scope_category: str = "3.1"


class SourceEntry(Row):
    """One entry of ``sources.yml``."""

    id: str = Field(pattern=CODE)
    title: str
    connector: str
    kind: Literal["statement", "telemetry", "jobs", "meter", "register", "lca", "billing", "tokens"]
    cadence: Literal["monthly", "once"] = "monthly"
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
    note: str | None


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
    "statement_coverage": (
        "provider",
        "model_from",
        "statement_service",
        "service_pattern",
        "part",
        "valid_from",
    ),
}
