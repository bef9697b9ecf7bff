"""Short ways to write an expectation with its severity, description and remedy."""

from __future__ import annotations

from typing import Any


def claim(
    kind: str, check_id: str, description: str, remedy: str, severity: str = "critical", **arguments: Any
) -> Any:
    """Give the Great Expectations expectation of a class name, with our meta."""
    import great_expectations.expectations as gxe

    meta = {"check_id": check_id, "description": description, "remedy": remedy}
    return getattr(gxe, kind)(severity=severity, meta=meta, **arguments)


def not_empty(what: str, remedy: str, severity: str = "critical") -> Any:
    """Claim at least one row: every other claim passes on an empty frame."""
    return claim(
        "ExpectTableRowCountToBeBetween",
        "has_rows",
        f"{what}: at least one row",
        remedy,
        severity,
        min_value=1,
    )


def _rows(where: str | None) -> dict[str, str]:
    return {"row_condition": where, "condition_parser": "pandas"} if where else {}


def filled(column: str, remedy: str, severity: str = "critical", where: str | None = None) -> Any:
    """Claim that a column is never null, in the rows that a pandas condition picks."""
    return claim("ExpectColumnValuesToNotBeNull", f"{column}_filled", f"{column} is filled in every row", remedy, severity,
                 column=column, **_rows(where))  # fmt: skip


def between(
    column: str,
    low: float | None,
    high: float | None,
    remedy: str,
    severity: str = "critical",
    mostly: float = 1.0,
    where: str | None = None,
) -> Any:
    """Claim that a column's values stand between two bounds, in the rows that a pandas condition picks."""
    return claim("ExpectColumnValuesToBeBetween", f"{column}_plausible", f"{column} between {low} and {high}", remedy, severity,
                 column=column, min_value=low, max_value=high, mostly=mostly, **_rows(where))  # fmt: skip


def one_of(column: str, values: list[Any], remedy: str, severity: str = "critical") -> Any:
    """Claim that a column holds nothing but these values."""
    return claim("ExpectColumnValuesToBeInSet", f"{column}_known", f"{column} is one of {', '.join(map(str, values))}", remedy,
                 severity, column=column, value_set=values)  # fmt: skip


def all_true(column: str, check_id: str, description: str, remedy: str, severity: str = "critical") -> Any:
    """Claim that a derived yes/no column is yes in every row."""
    return claim(
        "ExpectColumnValuesToBeInSet",
        check_id,
        description,
        remedy,
        severity,
        column=column,
        value_set=[True],
    )
