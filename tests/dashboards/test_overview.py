import json

import pytest

from dashboards import format as fmt
from dashboards import queries
from tests.dashboards import fixture


def html(app):
    """All HTML fragments of the page as one text, no-break spaces as spaces."""
    return " ".join(part.proto.body for part in app.get("html")).replace("\u00a0", " ").replace("\u202f", " ")


def chart(app, number):
    return json.loads(app.get("vega_lite_chart")[number].proto.spec)


def values(spec, field):
    """The rows of a chart's layers that have a field."""
    return [row for layer in spec["layer"] for row in layer["data"].get("values", []) if field in row]


def test_headline_is_the_rows_of_the_mart(page, published):
    app = page()
    assert not app.exception
    for row in queries.totals(published, "location"):
        if row["period_month"] == fixture.LAST:
            shown = fmt.figure(row["amount"], row["amount_low"], row["amount_high"], "en")
            assert shown.value in html(app), row["total"]
    # 8,000 kg grown by 24 %, bounds of ten per cent: 9.92 with a half-width of 0.99 shows tenths.
    assert '<div class="value">9.9 <small>t CO₂e</small>' in html(app)
    assert "undecided, beside it: <strong>1.9 t CO₂e</strong>" in html(app)
    assert "preliminary" in html(app)
    assert "waiting for electricity/par1" in html(app)


def test_names_of_the_published_file_are_shown_and_escaped(page):
    shown = html(page())
    assert fixture.NAME in shown
    assert "0badcafe" in shown
    assert "October 2026" in shown
    assert "Fake &lt;Org&gt;" in shown
    assert "<Org>" not in shown
    assert "Fictional organization, synthetic data" in shown


def test_target_is_drawn_and_judged(page):
    app = page()
    lines = values(chart(app, 0), "line")
    assert len(lines) == len(fixture.MONTHS)
    assert lines[-1]["tonnes"] == pytest.approx(7.52)
    assert "off track" in html(app)
    assert "beyond the interval" in html(app)


def test_change_on_year_has_its_own_interval(page):
    # 9,920 against 8,960 kg: +960, bounds ± 1 % of their sum 18,880: 771 to 1,149, so +11 % of 8,960 (9 to 13).
    shown = html(page())
    assert "+11 <small>%</small>" in shown
    assert "95 % interval: +9 to +13" in shown
    assert "+1,000 kg CO₂e, a known change" in shown


def test_missing_month_is_a_gap_not_a_zero(page):
    app = page()
    for number in (0, 1):
        spec = chart(app, number)
        key = f"{fixture.MISSING:%Y-%m}"
        assert key in spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
        drawn = [row for row in values(spec, "tonnes") if row["month"] == key and "line" not in row]
        assert not drawn
        assert {"month": key, "label": "no figures"} in values(spec, "label")


def test_month_without_figures_says_so(page):
    app = page(month="2025-08")
    assert not app.exception
    assert app.warning[0].value == "The published file holds no figures for this month."
    assert '<div class="value">' not in html(app)


def test_preliminary_months_are_marked(page):
    app = page()
    bars = [row for row in values(chart(app, 0), "is_preliminary") if row["is_preliminary"]]
    assert {row["month"] for row in bars} == {"2026-10"}
    assert "pale bars are preliminary" in html(app)


def test_market_switch_reads_the_other_basis(page):
    app = page()
    app.radio[0].set_value("market").run()
    assert not app.exception
    # 9,920 × 0.9 = 8,928 kg, half-width 0.89: tenths.
    assert '<div class="value">8.9 <small>t CO₂e</small>' in html(app)
    assert "no target on this basis" in html(app)
    assert app.query_params["basis"] == "market"


def test_month_selector_moves_the_headline(page):
    app = page()
    app.selectbox[0].set_value("2024-10").run()
    assert '<div class="value">8.0 <small>t CO₂e</small>' in html(app)
    assert "no figures for that month" in html(app)


def test_french(page):
    app = page(lang="fr", month="2026-09", basis="market")
    shown = html(app)
    assert not app.exception
    assert "Émissions de l’IA et du numérique" in shown
    assert "septembre 2026" in shown
    # 8,000 × 1.23 × 0.9 = 8,856 kg: a decimal comma.
    assert '<div class="value">8,9 <small>t CO₂e</small>' in shown
    assert "Intervalle à 95 % : 8,0 à 9,7" in shown
    assert "définitif" in shown


def test_what_to_know(page):
    shown = html(page())
    assert "Deliveries due for the month <span>2 of 3</span>" in shown
    assert "Documents that add up to the ledger <span>1 of 2</span>" in shown
    assert "Data checks passed <span>1 of 2</span>" in shown
    assert "IT figure resting on meters <span>50%</span>" in shown
    assert "Delivery missing <span>electricity/par1</span>" in shown
    assert "Something the screens do not know yet" in shown
    assert "March 2026 · figures restated or withdrawn by the provider" in shown
    assert "2 ledger rows; largest change from 2.00 t CO₂e to 1.50 t CO₂e" in shown


@pytest.mark.parametrize("content", [None, b"", b"not a database"])
def test_nothing_published_is_a_friendly_page(tmp_path, page, content):
    folder = tmp_path / "published"
    folder.mkdir()
    if content is not None:
        (folder / fixture.NAME).write_bytes(content)
        (folder / "current.duckdb").symlink_to(fixture.NAME)
    app = page(data=tmp_path)
    assert not app.exception
    assert app.title[0].value == "Nothing published yet"
    assert "make run" in app.info[0].value
