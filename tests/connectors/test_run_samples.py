"""Real files of CodeCarbon and answers of MLflow through the parsers; CodeCarbon's local times across the clock's changes."""

import csv
import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document, NotYetPublished, Secrets, Source
from tests.connectors.run_documents import CODECARBON, codecarbon_line, document

SAMPLES = Path(__file__).parent / "samples"
PARIS = {"timezone": "Europe/Paris"}


def read(name, path, **options):
    connector = load(name)
    parsed = list(connector.parse(connector.scrub(Document(path, path.name, "r", options=options))))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


@pytest.mark.parametrize(
    ("name", "taken", "refused", "version"),
    [
        ("codecarbon_emissions_2.x_examples.csv", 26, 2, "2.4.3rc1"),
        ("codecarbon_emissions_2.8.4.csv", 2, 0, "2.8.4"),
        ("codecarbon_emissions_3.3.2.csv", 2, 0, "3.3.2"),
        ("codecarbon_emissions_3.x_headers_one_row.csv", 1, 0, "2.1.3"),
        ("emissions_load_9f95085b-4e8e-4a40-9d86-46f7fc795632.csv", 2, 0, "2.8.4"),
        ("emissions_load_2ef02729-1c01-4d3a-ae1e-803c6ff89e3c.csv", 2, 0, "3.3.2"),
    ],
)
def test_codecarbon_files_of_31_to_38_columns_read_by_name(name, taken, refused, version):
    rows, rejects = read("codecarbon", SAMPLES / name, **PARIS)
    assert (len(rows), len(rejects)) == (taken, refused)
    assert {row["codecarbon_version"] for row in rows} == {version}
    assert {row["is_task"] for row in rows} == {name.startswith("emissions_load")}
    with (SAMPLES / name).open(newline="") as lines:
        raw = [line for line in csv.DictReader(lines) if line["energy_consumed"]]
    total = math.fsum(float(line["energy_consumed"]) for line in raw)
    assert math.fsum(row["energy_consumed_kwh"] for row in rows) == pytest.approx(total, rel=1e-12)
    parts = math.fsum(row[f"{part}_energy_kwh"] for row in rows for part in ("cpu", "gpu", "ram"))
    assert parts == pytest.approx(total, rel=1e-9)


def test_codecarbon_start_is_the_timestamp_less_the_duration_in_utc():
    rows, _ = read("codecarbon", SAMPLES / "codecarbon_emissions_3.3.2.csv", **PARIS)
    assert rows[0]["ended_at"] == dt.datetime(2026, 11, 23, 13, 39, 17)
    assert rows[0]["started_at"] == dt.datetime(2026, 11, 23, 13, 39, 10, 990746)
    assert (rows[0]["emissions_kg_co2e"], rows[0]["pue"]) == (2.0293559838975548e-06, 1.0)


def test_codecarbon_coordinates_are_not_landed():
    path = SAMPLES / "codecarbon_emissions_2.x_examples.csv"
    landed = load("codecarbon").scrub(Document(path, path.name, "r", options=PARIS)).data
    assert b"48.399" in path.read_bytes() and b"48.399" not in landed
    lines = list(csv.DictReader(landed.decode().splitlines()))
    assert {line["latitude"] for line in lines} == {""} and len(lines) == 28
    assert lines[0]["energy_consumed"] == "0.0004047892176375", "numbers stay as they were written"


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-10-25T01:59:59", "2026-10-24T23:59:59"),
        ("2026-10-25T02:30:00", "2026-10-25T00:30:00"),  # comes twice: the first is taken
        ("2026-10-25T03:00:00", "2026-10-25T02:00:00"),
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00"),  # never was: read with the offset before it
        ("2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00"),
    ],
)
def test_codecarbon_times_when_the_clock_changes(local, utc):
    text = f"{CODECARBON}\n{codecarbon_line(1, 2, local)}\n"
    [parsed] = load("codecarbon").parse(replace(document("codecarbon"), data=text.encode()))
    [row] = parsed.rows.to_pylist()
    assert row["ended_at"] == dt.datetime.fromisoformat(utc)
    assert row["ended_at"] - row["started_at"] == dt.timedelta(seconds=60.5)


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 1, 1)))
def test_codecarbon_local_times_are_within_two_hours_of_utc(moment):
    at = moment.replace(microsecond=0)
    text = f"{CODECARBON}\n{codecarbon_line(1, 2, at.isoformat())}\n"
    [parsed] = load("codecarbon").parse(replace(document("codecarbon"), data=text.encode()))
    [row] = parsed.rows.to_pylist()
    assert dt.timedelta(hours=1) <= at - row["ended_at"] <= dt.timedelta(hours=2)


def test_codecarbon_pue_of_a_file_that_says_none_comes_from_the_options():
    path = SAMPLES / "emissions_load_2ef02729-1c01-4d3a-ae1e-803c6ff89e3c.csv"
    rows, _ = read("codecarbon", path, pue=1.4, cpu_is_metered=True, **PARIS)
    assert {(row["pue"], row["cpu_is_metered"]) for row in rows} == {(1.4, True)}
    rows, _ = read("codecarbon", SAMPLES / "codecarbon_emissions_3.3.2.csv", pue=1.4, **PARIS)
    assert {row["pue"] for row in rows} == {1.0}, "what the file says wins"


def test_codecarbon_backups_and_task_files_of_a_folder_are_one_delivery(tmp_path):
    folder = tmp_path / "node1" / "2026-09"
    folder.mkdir(parents=True)
    names = ("emissions.csv", "emissions.csv.bak", "emissions.csv_0.bak", "emissions_load_1.csv")
    for name in names:
        (folder / name).write_bytes(document("codecarbon").data)
    source = Source("cc", "codecarbon", ("node1",), PARIS)
    secrets = Secrets(extra={"url": str(tmp_path)})
    documents = list(load("codecarbon").fetch(source, "2026-09", secrets))
    assert tuple(d.name for d in documents) == names
    with pytest.raises(NotYetPublished):
        list(load("codecarbon").fetch(source, "2026-10", secrets))


def test_mlflow_pages_keep_failed_runs_and_their_energy():
    options = {"energy_metric": {"codecarbon_energy_consumed_kwh": "kWh"}, "params": ["n_gpus"]}
    rows = [
        row
        for page in (1, 2)
        for row in read("mlflow", SAMPLES / f"mlflow_runs_search_page{page}.json", **options)[0]
    ]
    assert [(r["run_name"], r["status"], r["energy_value"]) for r in rows] == [
        ("run-a", "FINISHED", 0.5), ("run-b", "FINISHED", 1.5), ("run-c", "FINISHED", 2.5), ("run-failed", "FAILED", None),
    ]  # fmt: skip
    assert rows[0]["started_at"] == dt.datetime(2026, 11, 23, 14, 46, 35, 76000)
    assert (rows[0]["params"], rows[0]["project"], rows[0]["lifecycle_phase"]) == (
        '{"n_gpus": "4"}',
        "P-001",
        "development",
    )


def test_mlflow_users_and_what_nobody_named_are_not_landed():
    given = document("mlflow")
    landed = load("mlflow").scrub(given).data
    assert b"bob" in given.data and b"password" in given.data
    assert b"bob" not in landed and b"password" not in landed and b"n_gpus" in landed
    path = SAMPLES / "mlflow_runs_search_page1.json"
    scrubbed = load("mlflow").scrub(Document(path, path.name, "r", options={"tags": ["cost_center"]})).data
    assert b"CC-42" in scrubbed and b"artifact_uri" not in scrubbed and b'"mlflow.user"' not in scrubbed
    assert b"n_gpus" not in scrubbed and b"codecarbon_emissions_kg" in scrubbed
