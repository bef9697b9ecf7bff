"""The page of clouds: its figures are rows of the published file, in both languages."""

import pytest

from dashboards import queries_clouds
from tests.dashboards import fixture
from tests.dashboards.test_overview import chart, html, values


@pytest.fixture
def shown(published, monkeypatch):
    """The page alone, as its own app: Streamlit's test runner opens the first page of an app only."""
    from streamlit.testing.v1 import AppTest

    def page(path, language):
        from pathlib import Path

        from dashboards.i18n import Words
        from dashboards.published import describe
        from dashboards.screens import clouds

        clouds.render(describe(Path(path)), Words(language))

    def run(language):
        app = AppTest.from_function(page, default_timeout=60, args=(str(published), language)).run()
        assert not app.exception
        return html(app)

    return run


def test_figures_of_each_cloud(published):
    rows = queries_clouds.providers(published, "location", fixture.LAST)
    assert rows == [
        {"provider": "aws", "stated": 1200, "filled": 34, "amount": 1234, "compared": 600, "harmonised": 250}
    ]
    market = queries_clouds.providers(published, "market", fixture.LAST)
    assert [(row["stated"], row["compared"]) for row in market] == [(7977, None)]
    assert queries_clouds.providers(published, "location", fixture.FIRST) == []


def test_the_page_says_what_is_stated_estimated_and_compared(shown):
    page = shown("en")
    assert "AWS" in page and "1,200 kg" in page and "34 kg" in page and "1,234 kg" in page
    # 600 : 250 = 2.4.
    assert "2.4 (600 kg : 250 kg)" in page and "never added" in page
    assert "Claims" in page and "60 kg" in page and "45 kg" in page and "Not AI" in page
    assert "321 kg" in page and "they enter no total" in page.lower()


def test_unknown_services_come_first_and_are_escaped(shown, published):
    rows = queries_clouds.services(published, fixture.LAST)
    assert [row["service"] for row in rows] == ["Orbit <new>", "Amazon Bedrock"]
    page = shown("en")
    assert "Orbit &lt;new&gt; <span>not classified" in page
    assert "Amazon Bedrock <span>left out of the statement" in page


def test_the_page_in_french(shown):
    page = shown("fr")
    assert "Sinistres" in page and "Modèle v2 → v3" in page and "1 234 kg" in page and "2,4 (600 kg" in page


def test_a_break_is_a_line_in_the_charts_and_a_note(page):
    app = page()
    assert {"month": "2025-10"} in values(chart(app, 0), "month")
    assert "dotted lines: a cloud or a tracker changed its method" in html(app)
