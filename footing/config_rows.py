"""What every row of the organization's configuration has in common."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

CODE = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"
Boundary = Literal["ai", "outside_ai", "outside_it", "unattributed"]
Phase = Literal["transversal", "ideation", "qualification", "development", "production", "usage"]
Basis = Literal["location", "market"]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
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
