import json

import pytest

from dashboards import format as fmt
from dashboards import queries
from reports import pack
from tests.dashboards import fixture


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return fixture.write(tmp_path_factory.mktemp("report") / fixture.NAME)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_same_file_gives_the_same_bytes(published, tmp_path, language):
    first = pack.render(published, tmp_path / "a" / "report.pdf", language)
    second = pack.render(published, tmp_path / "b.pdf", language)
    assert first == tmp_path / "a" / "report.pdf"
    assert first.read_bytes().startswith(b"%PDF-")
    assert first.read_bytes() == second.read_bytes()
    assert not [path for path in tmp_path.rglob(".*")]


def test_the_table_holds_the_rows_of_the_mart(published):
    content = pack.content(published, "en")
    lines = {line["name"]: line for group in content["table"]["groups"] for line in group}
    rows = queries.month_figures(published, fixture.LAST)
    for name, chosen in {
        "IT total": {"level": "total", "total": "it"},
        "AI total": {"level": "total", "total": "ai"},
        "Undecided IT, beside AI": {"level": "total", "total": "undecided"},
        "Scope 2 · purchased energy": {"level": "scope", "scope": 2},
        "#4 Production": {"level": "phase", "lifecycle_phase": "production"},
        "AI without a phase": {"level": "phase", "lifecycle_phase": "unattributed"},
    }.items():
        for place, basis in enumerate(("location", "market")):
            row = next(
                row
                for row in rows
                if row["accounting_basis"] == basis
                and all(row[key] == value for key, value in chosen.items())
            )
            shown = fmt.figure(row["amount"], row["amount_low"], row["amount_high"], "en", fmt.TONNE)
            cell = lines[name]["cells"][place]
            assert cell["value"].strip("\u2007\u2008") == shown.value, name
            assert cell["interval"].startswith(f"{shown.low} to {shown.high}"), name
            assert cell["unit"] == "t CO₂e"


def test_hand_worked_headline(published):
    content = pack.content(published, "fr")
    total = content["table"]["groups"][0][0]
    # 8,000 kg × 1.24 = 9.92 t ± 10 %; market nine tenths of it.
    assert [cell["value"].strip("\u2007\u2008") for cell in total["cells"]] == ["9,9", "8,9"]
    assert content["month"] == "octobre 2026"
    assert content["status"] == "provisoire"
    assert content["fictional"] == "Organisation fictive, données synthétiques"
    assert (
        content["summary"][1]["detail"] == "7,5\u00a0t CO₂e\u00a0: hors trajectoire, au-delà de l’intervalle"
    )
    assert fixture.NAME in content["published"]


def test_charts_are_drawn_with_the_bundled_font(published):
    for chart in pack.content(published, "en")["charts"]:
        assert chart["svg"].startswith("<svg")
        assert "Inter" in chart["svg"]
        assert chart["alt"]


def test_warnings_coverage_and_restatements_are_there(published):
    text = json.dumps(pack.content(published, "en")["sections"], ensure_ascii=False)
    for expected in ("2 of 3", "Delivery missing", "March 2026", "largest change from 2.00\u00a0t CO₂e"):
        assert expected in text


def test_a_file_without_its_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not a published file"):
        pack.render(tmp_path / "current.duckdb", tmp_path / "x.pdf")
