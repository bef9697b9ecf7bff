"""Figures as people read them: tonnes, rounded to what the interval supports, in the reader's language."""

from __future__ import annotations

import datetime as dt
import math

from babel.dates import format_date
from babel.numbers import format_decimal

KG_PER_TONNE = 1000.0


def decimals_for(half_width_kg: float) -> int:
    """Decimals (of tonnes) that an interval supports: down to the leading digit of its half-width, at most three."""
    half_width = half_width_kg / KG_PER_TONNE
    if half_width <= 0:
        return 3
    return min(max(-math.floor(math.log10(half_width)), 0), 3)


def tonnes(kg: float, decimals: int, language: str, signed: bool = False) -> str:
    """An amount in tonnes, without its unit."""
    value = kg / KG_PER_TONNE
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = format_decimal(value, format=f"+{pattern};-{pattern}" if signed else pattern, locale=language)
    return shown.replace("-", "\u2212")


def interval(kg: float, low: float, high: float, language: str, signed: bool = False) -> tuple[str, str]:
    """An amount and its 95 % interval, both rounded alike."""
    decimals = decimals_for(max(high - kg, kg - low))
    shown = [tonnes(value, decimals, language, signed) for value in (kg, low, high)]
    return shown[0], f"[{shown[1]} … {shown[2]}]"


def month_name(day: dt.date, language: str) -> str:
    """A month in words."""
    return str(format_date(day, "MMMM y", locale=language))
