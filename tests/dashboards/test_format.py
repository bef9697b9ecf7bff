"""Rounding to what the interval supports, and both languages' ways of writing."""

import datetime as dt

import pytest

from dashboards import format, i18n


@pytest.mark.parametrize(
    ("half_width", "decimals"),
    # ± 2 t → whole tonnes; ± 0.9 t → tenths; ± 42 kg → hundredths; ± 0.2 kg → no finer than a kilogram.
    [(2000, 0), (900, 1), (42, 2), (0.2, 3), (0, 3), (12_000, 0)],
)
def test_decimals_follow_the_leading_digit_of_the_half_width(half_width, decimals):
    assert format.decimals_for(half_width) == decimals


def test_an_interval_is_rounded_alike():
    assert format.interval(8754.2, 7840, 9690, "en") == ("8.8", "[7.8 … 9.7]")
    assert format.interval(-250, -300, -200, "en", signed=True) == ("−0.25", "[−0.30 … −0.20]")


def test_french_numbers_and_months():
    shown = format.tonnes(1_234_567, 1, "fr").replace("\u202f", " ").replace("\u00a0", " ")
    assert shown == "1 234,6"
    assert format.month_name(dt.date(2026, 10, 1), "fr") == "octobre 2026"


def test_every_text_of_the_screens_is_in_french():
    import ast
    from pathlib import Path

    known = i18n.catalogue("fr")
    used = set()
    for path in [
        *Path(i18n.__file__).parent.rglob("*.py"),
        Path(i18n.__file__).parents[1] / "reports" / "pack.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "text"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                used.add(node.args[0].value)
    from dashboards import charts
    from expectations.suites.marts import WARNING_CODES
    from reports import pack

    used |= (
        set(charts.CAUSES.values())
        | set(charts.PHASE_TEXTS.values())
        | set(WARNING_CODES)
        | {pack.METHOD, "final", "preliminary"}
    )
    assert used - set(known) == set()
