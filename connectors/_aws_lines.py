"""What AWS's two carbon sources have in common: one row per account, region, service and month, in tonnes."""

from __future__ import annotations

import re

import pyarrow as pa

from connectors._batches import RowError, number

UNIT = "MTCO2e"
# A million tonnes in one line is more than a hundredth of Amazon's own yearly total: the unit must be wrong.
MAX_TONNES = 1e6
VERSION = re.compile(r"v\d+\.\d+(\.\d+)?([-+][0-9A-Za-z.+-]+)?")
MEASURES = (
    "scope1_t_co2e", "scope2_location_t_co2e", "scope2_market_t_co2e", "scope3_location_t_co2e",
    "scope3_market_t_co2e", "total_location_t_co2e", "total_market_t_co2e",
)  # fmt: skip

SCHEMA = pa.schema(
    [("document_row", pa.int64()), ("period_month", pa.date32())]
    + [(name, pa.string()) for name in
       ("account_id", "payer_account_id", "region_code", "location", "product_code", "model_version")]
    + [(name, pa.float64()) for name in MEASURES]
)  # fmt: skip


def tonnes(field: str, value: object, unit: object) -> float | None:
    """Read a figure in tonnes, null when empty.

    Raises
    ------
    RowError
        When the unit is not ``MTCO2e`` (tonnes and kilograms are never mixed), or the value is no plausible number.
    """
    figure = number(field, None if value is None else str(value), minimum=0, maximum=MAX_TONNES)
    if figure is not None and unit != UNIT:
        raise RowError(
            field, unit, f"has a unit other than {UNIT}", "ask AWS support; the figure cannot be converted"
        )
    return figure


def account(field: str, text: object) -> str:
    """Read an account id: twelve digits, leading zeros kept.

    Raises
    ------
    RowError
        When it is anything else, as after a spreadsheet took it for a number.
    """
    if not re.fullmatch(r"\d{12}", str(text or "")):
        raise RowError(field, text, "is not an account id of 12 digits", "take the file as AWS delivered it")
    return str(text)


def model_version(field: str, text: object) -> str:
    """Read the version of AWS's method (``v3.0.1``).

    Raises
    ------
    RowError
        When it cannot be put in order with others.
    """
    if not VERSION.fullmatch(str(text or "")):
        raise RowError(field, text, "is not a version such as v3.0.0", "export the month again")
    return str(text)
