"""The page as a person meets it: no exception, the mart's figures, both languages and bases."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "dashboards" / "app.py"


@pytest.fixture
def app(published_file, monkeypatch):
    monkeypatch.setenv("FOOTING_DATA", str(published_file.parents[1]))

    def run(language="en"):
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.query_params["lang"] = language
        at.run()
        assert not at.exception
        return at

    return run


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def test_the_headline_is_the_marts_row_with_its_interval_and_undecided(app):
    at = app()
    assert metrics(at) == {
        "IT total, t CO₂e": "9.0", "of which AI, t CO₂e": "3.0", "IT against a year before, t CO₂e": "−0.25", "Data status": "preliminary",
    }  # fmt: skip
    said = " ".join(caption.value for caption in at.caption)
    assert (
        "[8.1 … 9.9]" in said
        and "**1.5**" in said
        and "waiting for: bills/dc: missing" in said
        and "off track" in said
    )
    assert "footing-2026-09-r3-0a1b2c3d.duckdb" in said
    assert "synthetic" in at.warning[0].value


def test_the_market_basis_has_its_own_figures_and_no_target(app):
    at = app()
    at.session_state["basis"] = "market"
    at.run()
    assert not at.exception and metrics(at)["IT total, t CO₂e"] == "7.0"
    assert any("no target is set" in caption.value for caption in at.caption)


def test_french(app):
    at = app("fr")
    assert metrics(at)["Numérique, t CO₂e"] == "9,0" and metrics(at)["État des données"] == "provisoire"
    assert "fictive" in at.warning[0].value


def test_a_month_without_figures_shows_a_dash(app):
    at = app()
    month = next(box for box in at.selectbox if box.key == "month")
    month.select_index(1).run()
    assert not at.exception and metrics(at)["IT total, t CO₂e"] == "–"


def test_nothing_published_is_told_kindly(tmp_path, monkeypatch):
    monkeypatch.setenv("FOOTING_DATA", str(tmp_path))
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not at.exception and "make run" in at.info[0].value
