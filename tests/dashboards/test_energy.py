"""The page of energy: its figures are rows of the published file, in both languages."""

import time

import pytest

from dashboards import energy, queries_energy
from dashboards.i18n import Words
from tests.dashboards import fixture
from tests.dashboards.test_overview import html

EN = Words("en")


@pytest.fixture
def shown(published):
    """The page alone, as its own app: Streamlit's test runner opens the first page of an app only."""
    from streamlit.testing.v1 import AppTest

    def page(path, language):
        from pathlib import Path

        from dashboards.i18n import Words
        from dashboards.published import describe
        from dashboards.screens import energy

        energy.render(describe(Path(path)), Words(language))

    def run(language, **asked):
        app = AppTest.from_function(page, default_timeout=60, args=(str(published), language))
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return run


def plain(lines):
    return [(is_total, [cell.replace("\u00a0", " ") for cell in cells if cell]) for is_total, cells in lines]


def test_both_sides_of_the_balance_are_the_reports(published):
    hall, office = queries_energy.balances(published, fixture.LAST)
    assert plain(energy.balance(hall, EN)) == [
        (True, ["Came in", "1,030 kWh"]),
        (False, ["Grid", "900 kWh"]),
        (False, ["Generator", "120 kWh"]),
        (False, ["Own photovoltaics", "50 kWh"]),
        (False, ["Given to the grid", "−30 kWh"]),
        (False, ["Storage: discharged less charged", "−10 kWh"]),
        (True, ["IT", "600 kWh"]),
        (True, ["Cooling, UPS and network around IT", "180 kWh"]),
        (True, ["Outside IT", "250 kWh"]),
    ]
    assert plain(energy.inside(hall, EN)) == [
        (True, ["IT", "600 kWh"]),
        (False, ["told apart by boards, nodes, runs and declared loads", "500 kWh"]),
        (False, ["of which held by nobody: idle", "60 kWh"]),
        (False, ["of which estimated for lost samples", "40 kWh"]),
        (False, ["told apart by nothing: undecided", "100 kWh"]),
    ]
    assert plain(energy.balance(office, EN))[1] == (False, ["No meter: telemetry × PUE stands in", "13 kWh"])
    assert (energy.pue(hall, EN), energy.other_pues(hall, EN)) == (
        "1.30 (measured)",
        ["measured 1.30", "configured 1.40"],
    )
    assert energy.pue(office, EN) == "1.30 (configured)"


def test_each_measure_says_what_it_serves_as_and_why_it_lost(published):
    rows = queries_energy.measures(published, fixture.LAST, "hall")
    assert plain(energy.measures(rows, EN)) == [
        (True, ["Total: the outermost meters", "1,030 kWh"]),
        (False, ["Site meter · generator", "metered", "bills", "120 kWh"]),
        (False, ["Site meter · grid", "metered", "bills", "900 kWh"]),
        (False, ["Site meter · grid · given away or charged", "metered", "bills", "−30 kWh"]),
        (False, ["Site meter · own photovoltaics", "metered", "bills", "50 kWh"]),
        (False, ["Site meter · storage", "metered", "bills", "30 kWh"]),
        (False, ["Site meter · storage · given away or charged", "metered", "bills", "−40 kWh"]),
        (True, ["Key: splits the total"]),
        (False, ["Boards (GPU)", "estimated from use", "estimate for lost samples", "dcgm", "40 kWh"]),
        (False, ["Boards (GPU) (2)", "metered", "dcgm", "320 kWh"]),
        (False, ["Nodes: beyond boards and processors", "metered", "dcgm", "140 kWh"]),
        (True, ["Loser: told twice, counts nothing"]),
        (False, ["Nodes: beyond boards and processors", "metered",
                 "another meter of the same energy, further in or out, counts: Boards (GPU)", "dcgm", "320 kWh"]),
        (False, ["Nodes: beyond boards and processors", "metered", "a better measure of the same thing counts: Jobs, by Slurm's energy plugin",
                 "dcgm", "7.50 kWh"]),
        (False, ["Racks", "metered", "kept to compare, nothing is split by it", "pdu", "470 kWh"]),
        # A reason that is new to the screens keeps its code.
        (False, ["Tracked runs", "estimated from use", "brand_new_reason", "files", "3.00 kWh"]),
    ]  # fmt: skip


def test_the_page_shows_the_largest_site_first_and_escapes_its_name(shown):
    page = html(shown("en"))
    assert "Balance: Hall &lt;1&gt;" in page and "<1>" not in page
    assert "Office" in page and "1,030 kWh" in page and "Never seen" not in page
    cells = [f'<td class="n">{text}</td>' for text in ("5", "3", "2", "96 of 720")]
    assert "".join(cells) in page
    assert "estimated: 40 kWh" in page and "not measured" in page


def test_the_month_and_the_site_of_the_address_are_shown(shown):
    page = html(shown("en", month="2025-10"))
    assert "3,090 kWh" in page and "1,030 kWh" not in page and "96 of 720" not in page
    assert html(shown("en", month="2024-10")).count("<li>None") == 4
    at_providers = html(shown("en", site="-"))
    assert "What each kWh is covered by: Machines of cloud providers" in at_providers
    assert "the provider&#x27;s statement covers it" in at_providers and "Balance:" not in at_providers


def test_the_page_in_french(shown):
    page = html(shown("fr"))
    assert "Énergie" in page and "Bilan : Hall" in page and "1 030 kWh" in page and "1,30 (mesuré)" in page
    assert "gardé pour comparer, ne répartit rien" in page and "estimé : 40 kWh" in page


def test_the_page_takes_less_than_a_second(shown):
    app = shown("en")
    started = time.perf_counter()
    app.run()
    assert time.perf_counter() - started < 1
