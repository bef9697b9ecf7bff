"""Figures as people read them: rounded to what the interval supports, in the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

# Powers of ten between a kilogram and the unit shown.
KG = 0
TONNE = 3
PERCENT = -2
UNITS = {KG: "kg CO₂e", TONNE: "t CO₂e", PERCENT: "%"}
EXACT_DIGITS = 3
MINUS, FIGURE_SPACE, PUNCTUATION_SPACE = "\u2212", "\u2007", "\u2008"
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Figure:
    """An amount and its 95 % bounds, as shown, all rounded to the same place."""

    value: str
    low: str
    high: str
    unit: str

    @property
    def with_unit(self) -> str:
        """The value and its unit, never broken over two lines."""
        return f"{self.value}{NO_BREAK_SPACE}{self.unit}"


def unit_for(amount_kg: float) -> int:
    """Tonnes from one tonne on, kilograms below."""
    return TONNE if abs(amount_kg) >= 1000 else KG


def place(amount: Decimal, low: Decimal, high: Decimal) -> int:
    """Power of ten to round to: the leading digit of half the interval's width.

    8.75 with bounds 7.84 … 9.69 has a half-width of 0.925, so tenths count (−1). Without an interval the amount keeps
    three significant digits.
    """
    half_width = (high - low) / 2
    if half_width > 0:
        return half_width.adjusted()
    return amount.adjusted() - EXACT_DIGITS + 1 if amount else 0


def figure(
    amount: float, low: float, high: float, language: str, power: int | None = None, signed: bool = False
) -> Figure:
    """Show an amount and its bounds.

    Parameters
    ----------
    amount, low, high
        In kg CO2e, or a plain ratio where ``power`` is ``PERCENT``.
    language
        ``en`` or ``fr``.
    power
        Unit to show (``KG``, ``TONNE``, ``PERCENT``); chosen by the amount's size when None.
    signed
        Put a plus sign before what is above zero.
    """
    power = unit_for(amount) if power is None else power
    shown = [Decimal(repr(float(value))).scaleb(-power) for value in (amount, low, high)]
    last = place(*shown)
    value, lower, upper = (number(one, last, language, signed) for one in shown)
    return Figure(value, lower, upper, UNITS[power])


def like(amount: float, low: float, high: float, language: str) -> str:
    """Show a plan (it has no interval) as precisely as the measurement with these bounds, with its unit."""
    return figure(amount, low, high, language).with_unit


def number(value: Decimal, last: int, language: str, signed: bool = False) -> str:
    """Write a number rounded half up to the power of ten ``last``."""
    rounded = value.quantize(Decimal(1).scaleb(last), rounding=ROUND_HALF_UP)
    decimals = "." + "0" * -last if last < 0 else ""
    text = str(format_decimal(abs(rounded), format=f"#,##0{decimals}", locale=language))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def count(value: int, language: str) -> str:
    """Write a whole number."""
    return number(Decimal(value), 0, language)


def percent(ratio: float, language: str) -> str:
    """Write a ratio in whole per cent."""
    text = number(Decimal(repr(float(ratio))).scaleb(-PERCENT), 0, language)
    return f"{text}{NO_BREAK_SPACE}%" if language == "fr" else f"{text}%"


def aligned(numbers: list[str], language: str) -> list[str]:
    """Pad numbers of a right-aligned column on the right, so that their decimal marks stand under each other."""
    mark = "," if language == "fr" else "."
    tails = [len(text.partition(mark)[2]) for text in numbers]
    widest = max(tails, default=0)
    return [
        text + (PUNCTUATION_SPACE if widest and not tail else "") + FIGURE_SPACE * (widest - tail)
        for text, tail in zip(numbers, tails, strict=True)
    ]


def month(day: dt.date, language: str) -> str:
    """A month and its year in words."""
    return str(format_date(day, "MMMM y", locale=language))


def short_month(day: dt.date, language: str) -> str:
    """The shortest readable name of a month, for an axis."""
    return str(format_date(day, "LLL", locale=language)).rstrip(".")[:4]
