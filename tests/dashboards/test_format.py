import datetime as dt
from decimal import Decimal

import pytest

from dashboards import format as fmt

# Worked by hand: half the interval's width, its leading digit's place, the amount rounded there.
CASES = [
    # (kg, low, high) -> value, low, high, unit
    ((8753.2, 7836.4, 9686.4), ("8.8", "7.8", "9.7", "t CO₂e")),  # half-width 0.925 t: tenths
    ((8428.0, 6400.0, 12000.0), ("8", "6", "12", "t CO₂e")),  # half-width 2.8 t: ones
    ((177.665, 140.1, 215.2), ("180", "140", "220", "kg CO₂e")),  # half-width 37.55 kg: tens
    ((999.9, 990.2, 1009.6), ("1,000", "990", "1,010", "kg CO₂e")),  # half-width 9.7 kg: ones, kept below
    ((1234567.0, 1034567.0, 1434567.0), ("1,200", "1,000", "1,400", "t CO₂e")),  # half-width 200 t: hundreds
    ((0.0, 0.0, 0.0), ("0", "0", "0", "kg CO₂e")),
    ((67.769138, 67.769138, 67.769138), ("67.8", "67.8", "67.8", "kg CO₂e")),  # no interval: three digits
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_rounded_to_what_the_interval_supports(given, expected):
    shown = fmt.figure(*given, "en")
    assert (shown.value, shown.low, shown.high, shown.unit) == expected


def test_place_is_the_leading_digit_of_the_half_width():
    assert fmt.place(Decimal("8.75"), Decimal("7.84"), Decimal("9.69")) == -1
    assert fmt.place(Decimal(5), Decimal(3), Decimal(5)) == 0
    assert fmt.place(Decimal(5), Decimal("3.02"), Decimal(5)) == -1
    assert fmt.place(Decimal(500), Decimal(0), Decimal(4000)) == 3


def test_halves_are_rounded_up_away_from_zero():
    assert fmt.number(Decimal("2.5"), 0, "en") == "3"
    assert fmt.number(Decimal("-2.5"), 0, "en") == "\u22123"
    assert fmt.number(Decimal("-0.4"), 0, "en") == "0"


def test_signed_change_in_per_cent():
    shown = fmt.figure(-0.02577, -0.0351, -0.01645, "en", fmt.PERCENT, signed=True)
    assert (shown.value, shown.low, shown.high, shown.unit) == ("\u22122.6", "\u22123.5", "\u22121.6", "%")
    assert fmt.figure(0.11, 0.09, 0.13, "en", fmt.PERCENT, signed=True).value == "+11"


def test_french_numbers():
    shown = fmt.figure(1234567.8, 1234467.8, 1234667.8, "fr")
    assert shown.value == "1\u202f234,6"
    assert shown.with_unit == "1\u202f234,6\u00a0t CO₂e"
    assert fmt.percent(0.654, "fr") == "65\u00a0%"
    assert fmt.percent(0.654, "en") == "65%"
    assert fmt.count(34560, "fr") == "34\u202f560"


def test_decimal_marks_stand_under_each_other():
    padded = fmt.aligned(["8.8", "0.18", "12"], "en")
    assert padded == ["8.8\u2007", "0.18", "12\u2008\u2007\u2007"]
    assert fmt.aligned(["8", "12"], "fr") == ["8", "12"]


def test_months():
    assert fmt.month(dt.date(2026, 8, 1), "fr") == "août 2026"
    assert [fmt.short_month(dt.date(2026, n, 1), "fr") for n in (1, 5, 9)] == ["janv", "mai", "sept"]
