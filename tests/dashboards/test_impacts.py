"""The pages beyond carbon and inside the total: their figures are rows of the published file, in both languages."""

import pyarrow as pa
import pytest

from dashboards import format as fmt
from dashboards import impacts, queries_impacts
from dashboards.i18n import Words
from tests.dashboards import fixture
from tests.dashboards.test_overview import html


@pytest.fixture
def shown(published, monkeypatch):
    """One page as its own app: Streamlit's test runner opens the first page of an app only."""
    from streamlit.testing.v1 import AppTest

    def one(path, name, language):
        import importlib
        from pathlib import Path

        from dashboards.i18n import Words
        from dashboards.published import describe

        page = importlib.import_module(f"dashboards.screens.{name}")
        page.render(describe(Path(path)), Words(language))

    def run(name, language):
        app = AppTest.from_function(one, default_timeout=60, args=(str(published), name, language)).run()
        assert not app.exception
        return app

    return run


def test_the_month_reads_one_row_per_indicator_and_total(published):
    lines = impacts.lines(queries_impacts.impacts(published), fixture.LAST, Words("en"))
    # 12,000 MJ ± 20 %: 12.0 GJ, half-width 2.4, so whole GJ; 0.0035 kg: 3.5 g; 900 L.
    assert [line.cells for line in lines] == [
        ["Primary energy", "12\u00a0GJ", "10 to 14", "4.8\u00a0GJ", "1.2\u00a0GJ"],
        ["Water consumption", "900\u00a0L", "700 to 1,100", "360\u00a0L", "90\u00a0L"],
        [
            "Depletion of minerals and metals",
            "3.5\u00a0g Sb-eq",
            "2.8 to 4.2",
            "1.4\u00a0g Sb-eq",
            "350\u00a0mg Sb-eq",
        ],
    ]
    assert impacts.lines(queries_impacts.impacts(published), fixture.MISSING, Words("en")) == []


def test_units_take_the_step_in_which_the_amount_is_one_or_more():
    shown = [
        fmt.impact(*asked, "en").with_unit
        for asked in (
            ("water_withdrawal", 72_000, 50_400, 93_600), ("water_withdrawal", 999, 990, 1008), ("pe", 900, 800, 1000),
            ("pe", 2.5e6, 2.4e6, 2.6e6), ("adpe", 4e-6, 3e-6, 5e-6), ("adpe", 4e-9, 3e-9, 5e-9), ("ewaste_kg", 0, 0, 0),
        )
    ]  # fmt: skip
    plain = [text.replace("\u00a0", " ") for text in shown]
    assert plain == ["70 m³", "999 L", "900 MJ", "2.5 TJ", "4 mg Sb-eq", "0.004 mg Sb-eq", "0 kg"]


def test_the_page_shows_months_intervals_and_phases(shown):
    app = shown("impacts", "en")
    page = html(app)
    assert "12 GJ" in page and "10 to 14" in page and "never added" in page
    # Production holds three quarters of AI in every indicator, 1,200 of 2,450 kg in carbon.
    assert page.count("75%") == 3 and "49%" in page
    # Streamlit sends the rows that all layers share as an Arrow stream beside the chart.
    rows = pa.ipc.open_stream(app.get("vega_lite_chart")[0].proto.data.data).read_all()
    assert rows.column("amount").to_pylist() == pytest.approx([12, 12])


def test_the_page_of_categories_shows_scopes_parts_and_what_they_rest_on(shown):
    page = html(shown("categories", "en"))
    assert "Scope 2 · purchased energy" in page and "3.1 Purchased goods and services" in page
    # 4,000 of 9,920 kg; a category that is new to us keeps its code.
    assert "40%" in page and "3.9" in page and "spend" in page


@pytest.mark.parametrize(
    ("name", "said"), [("impacts", "Épuisement des minéraux"), ("categories", "3.1 Achats de biens")]
)
def test_pages_are_in_french(shown, name, said):
    page = html(shown(name, "fr"))
    assert said in page and "Organisation fictive" in page
