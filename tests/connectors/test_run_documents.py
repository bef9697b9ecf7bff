"""The sources of runs against every fault: a clear error or a counted reject, and never a lost row."""

import gzip
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document, ParseError
from tests.connectors.run_documents import (
    CODECARBON,
    NAMES,
    OPTIONS,
    azure_answer,
    azure_series,
    codecarbon_line,
    document,
    mlflow_run,
    opencost_share,
)

# What a rename takes away: a column, a field, a dimension.
RENAMED = {"codecarbon": "gpu_energy", "mlflow": "runs", "azure_monitor": "InstanceId", "opencost": "data"}


def outcome(name, given):
    parsed = list(load(name).parse(given))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


def changed(name, change):
    good = document(name)
    return replace(good, data=change(good.data))


@pytest.mark.parametrize("name", NAMES)
def test_a_good_document_is_taken_whole_also_gzipped_and_scrubbed(name):
    for one in (document(name), changed(name, gzip.compress)):
        for seen in (one, load(name).scrub(one)):
            rows, rejects = outcome(name, seen)
            assert [row["document_row"] for row in rows] == [1, 2, 3] and not rejects


@pytest.mark.parametrize("name", NAMES)
def test_a_truncated_document_is_refused_before_and_after_scrubbing(name):
    with pytest.raises(ParseError, match="truncated|cut off|not a whole"):
        outcome(name, changed(name, lambda data: data[:-14]))
    with pytest.raises(ParseError, match="truncated|cut off|not a whole"):
        outcome(name, load(name).scrub(changed(name, lambda data: data[:-14])))
    with pytest.raises(ParseError):
        outcome(name, changed(name, lambda data: gzip.compress(data)[:-9]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "empty"), (b"\xe9\xff,b\n1,2\n", "not utf-8|not UTF-8"), (b'{"a": 1}', "field|column|header"),
     (b"[1, 2]", "field|column|header")],
)  # fmt: skip
def test_what_is_not_this_format_is_refused(name, data, said):
    with pytest.raises(ParseError, match=said):
        outcome(name, changed(name, lambda _: data))


@pytest.mark.parametrize("name", NAMES)
def test_a_renamed_column_is_refused_by_name(name):
    with pytest.raises(ParseError, match=f"(?i){RENAMED[name]}"):
        outcome(name, changed(name, lambda data: data.replace(RENAMED[name].encode(), b"renamed")))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [-5, 9e18, "much", "NaN"])
def test_absurd_values_are_rejects_with_row_field_and_remedy(name, value):
    rows, rejects = outcome(name, document(name, [0.25, value, 0.5]))
    assert len(rows) == 2 and [r.document_row for r in rejects] == [2]
    assert all(r.field and r.reason and r.remedy and r.text for r in rejects)


DUPLICATED = {
    "codecarbon": "\n".join([CODECARBON, *[codecarbon_line(1, 2)] * 2]) + "\n",
    "mlflow": json.dumps({"runs": [mlflow_run(1, 2)] * 2}),
    "azure_monitor": azure_answer(azure_series([(1, 5), (1, 6)], instanceId="i")),
    "opencost": json.dumps({"code": 200, "data": [{"ns": opencost_share(1)}] * 2}),
}


@pytest.mark.parametrize("name", NAMES)
def test_duplicates_are_counted_rejects(name):
    rows, rejects = outcome(name, replace(document(name), data=DUPLICATED[name].encode()))
    assert len(rows) == 1 and len(rejects) == 1
    assert "duplicate" in rejects[0].reason or "twice" in rejects[0].reason


LINE = codecarbon_line(1, 2)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("machine", "cluster", "tracking_mode"),
        ("60.5", "", "duration"),
        ("60.5", "9e9", "duration"),
        ("2026-09-01T10:00:00", "yesterday", "timestamp"),
        ("N,1.0", "N,0.2", "pue"),
        ("0.1,1,2", "0.1,,2", "cpu_energy"),
    ],
)
def test_codecarbon_says_which_field_is_wrong(old, new, field):
    data = f"{CODECARBON}\n{LINE.replace(old, new, 1)}\n".encode()
    rows, rejects = outcome("codecarbon", replace(document("codecarbon"), data=data))
    assert not rows and [r.field for r in rejects] == [field]


@pytest.mark.parametrize(
    ("options", "said"), [({}, "timezone is missing"), ({"timezone": "Paris"}, "is no zone")]
)
def test_codecarbon_needs_a_time_zone(options, said):
    with pytest.raises(ParseError, match=said):
        outcome("codecarbon", replace(document("codecarbon"), options=options))


def test_mlflow_refuses_a_unit_it_does_not_know():
    with pytest.raises(ParseError, match="'kwh'; write one of kWh, Wh, MJ, J"):
        outcome("mlflow", replace(document("mlflow"), options={"energy_metric": {"energy": "kwh"}}))


def test_mlflow_two_energies_of_one_run_are_a_reject():
    run = mlflow_run(1, 2)
    run["data"]["metrics"].append({"key": "gpu", "value": 1})
    options = {"energy_metric": {"energy": "kWh", "gpu": "kWh"}}
    given = Document(json.dumps({"runs": [run]}).encode(), "p", "r", options=options)
    rows, rejects = outcome("mlflow", given)
    assert not rows and "two energies" in rejects[0].reason


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "DONE"),
        ("end_time", 1788220700000),
        ("start_time", "noon"),
        ("run_id", None),
        ("run_id", ""),
    ],
)
def test_mlflow_says_which_field_of_a_run_is_wrong(field, value):
    run = mlflow_run(1, 2)
    if value is None:
        del run["info"][field]
    else:
        run["info"][field] = value
    given = replace(document("mlflow"), data=json.dumps({"runs": [run, "no run", None]}).encode())
    for seen in (given, load("mlflow").scrub(given)):
        rows, rejects = outcome("mlflow", seen)
        assert not rows and [r.document_row for r in rejects] == [1, 2, 3]
        assert rejects[0].field in (field, "info")


def test_azure_gaps_are_no_rows_and_zeros_are():
    points = [(1, None), (2, 0), (3, 5.0)]
    given = replace(
        document("azure_monitor"),
        data=azure_answer(azure_series(points, INSTANCEID="i", DEVICEID="2")).encode(),
    )
    rows, rejects = outcome("azure_monitor", given)
    assert [(r["document_row"], r["energy_j"], r["device_id"]) for r in rows] == [
        (2, 0.0, "2"),
        (3, 5.0, "2"),
    ]
    assert not rejects


def test_azure_an_error_inside_a_success_is_told():
    data = azure_answer(errorCode="InternalError", errorMessage="try later").encode()
    with pytest.raises(ParseError, match="try later"):
        outcome("azure_monitor", replace(document("azure_monitor"), data=data))


def test_opencost_idle_machines_are_marked_and_an_error_is_told():
    shares = {name: opencost_share(2) for name in ("__idle__", "c/__unmounted__", "idle")}
    given = replace(document("opencost"), data=json.dumps({"code": 200, "data": [shares]}).encode())
    rows, _ = outcome("opencost", given)
    assert {row["namespace"]: row["is_special"] for row in rows} == {
        "__idle__": True,
        "c/__unmounted__": True,
        "idle": False,
    }
    failed = replace(given, data=b'{"code": 500, "message": "no prometheus", "data": null}')
    with pytest.raises(ParseError, match="no prometheus"):
        outcome("opencost", failed)


@pytest.mark.parametrize(
    ("field", "value"),
    [("window", {"start": "2026-09-01T00:00:00Z"}), ("cpuCoreHours", None), ("minutes", 9000)],
)
def test_opencost_says_which_field_of_a_share_is_wrong(field, value):
    share = opencost_share(1)
    if value is None:
        del share[field]
    else:
        share[field] = value
    data = json.dumps({"code": 200, "data": [{"ns": share, "other": None}]}).encode()
    rows, rejects = outcome("opencost", replace(document("opencost"), data=data))
    assert not rows and [r.field for r in rejects] == [field, "data"]


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=',"'), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=17, max_size=19), min_size=1, max_size=6))
def test_codecarbon_rows_in_are_accepted_plus_rejected(cells):
    text = "".join(f"{','.join(line)}\n" for line in cells)
    given = replace(document("codecarbon"), data=f"{CODECARBON}\n{LINE}\n{text}".encode())
    rows, rejects = outcome("codecarbon", given)
    assert len(rows) + len(rejects) == len(cells) + 1 and all(r.remedy for r in rejects)


@settings(max_examples=150, deadline=None)
@given(st.lists(JSON, max_size=4))
def test_mlflow_runs_in_are_accepted_plus_rejected(runs):
    given = replace(document("mlflow"), data=json.dumps({"runs": [*runs, mlflow_run(1, 2)]}).encode())
    for seen in (given, load("mlflow").scrub(given)):
        rows, rejects = outcome("mlflow", seen)
        assert len(rows) == 1 and len(rejects) == len(runs)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.binary(max_size=200) | JSON.map(lambda j: json.dumps({"value": j, "runs": j}).encode()),
)
def test_bytes_never_escape_as_another_error(name, data):
    for read in (load(name).parse, lambda given: [load(name).scrub(given)]):
        try:
            list(read(Document(data, "x", "r", options=OPTIONS[name])))
        except ParseError as error:
            assert str(error).startswith("x")


def places(node, path=()):
    """Every place in a JSON document, inner ones too."""
    yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def put(node, path, value):
    """The document with another value at one place."""
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = put(node[path[0]], path[1:], value)
    return copy


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(sorted(set(NAMES) - {"codecarbon"})), JSON)
def test_whatever_stands_in_one_place_is_told_or_counted(data, name, value):
    good = json.loads(document(name).data)
    path = data.draw(st.sampled_from(list(places(good))))
    given = replace(document(name), data=json.dumps(put(good, path, value)).encode())
    for seen in (lambda: given, lambda: load(name).scrub(given)):
        try:
            rows, rejects = outcome(name, seen())
        except ParseError as error:
            assert str(error).startswith(f"{name}.txt")
        else:
            assert len(rows) + len(rejects) <= 3 + 3 * isinstance(value, list | dict)
            assert all(r.remedy for r in rejects)


def _hardware_run(options, **params):
    run = mlflow_run(1, 0.5)
    run["data"]["params"] += [{"key": key, "value": value} for key, value in params.items()]
    document = Document(json.dumps({"runs": [run]}).encode(), "runs.json", "r", options=options)
    landed = load("mlflow").scrub(document)
    (parsed,) = load("mlflow").parse(landed)
    return parsed.rows.to_pylist(), parsed.rejects


def test_gpus_of_a_run_are_read_where_it_logged_no_energy():
    options = {"energy_metric": {"kwh": "kWh"}, "gpus": "world_size", "gpu_model": "card"}
    (row,), _ = _hardware_run(options, world_size="8", card="H100")
    assert (row["gpus"], row["gpu_model"], row["energy_value"]) == (8.0, "H100", None)
    (logged,), _ = _hardware_run(
        options | {"energy_metric": {"energy": "kWh"}}, world_size="auto", card="H100"
    )
    assert (logged["gpus"], logged["energy_value"]) == (None, 0.5)
    rows, (reject,) = _hardware_run(options, world_size="auto", card="H100")
    assert (rows, reject.field, reject.value) == ([], "world_size", "auto")
