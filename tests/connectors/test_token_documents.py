"""Token usage as each source writes it: counted by hand, and every fault told or counted."""

import csv
import datetime as dt
import gzip
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document, ParseError
from tests.connectors import token_documents as made


def outcome(name, document):
    connector = load(name)
    parsed = list(connector.parse(connector.scrub(document)))
    rows = [row for part in parsed for row in part.rows.to_pylist()]
    return rows, [reject for part in parsed for reject in part.rejects]


@pytest.mark.parametrize("name", made.NAMES)
def test_a_good_document_is_taken_whole_also_gzipped(name):
    document = made.document(name, [10, 20, 30])
    for data in (document.data, gzip.compress(document.data)):
        rows, rejects = outcome(name, replace(document, data=data))
        assert [row["output_tokens"] for row in rows] == [10, 20, 30] and not rejects
        assert {row["day"] for row in rows} == {dt.date(2026, 9, 1)}


@pytest.mark.parametrize("name", made.NAMES)
def test_a_truncated_empty_or_misread_document_is_refused(name):
    document = made.document(name, [10, 20, 30])
    faults = (
        document.data[:-14],
        gzip.compress(document.data)[:-9],
        b"",
        document.data.replace("é".encode(), b"\xe9"),
    )
    for data in faults:
        with pytest.raises(ParseError):
            outcome(name, replace(document, data=data))
    other = b'{"error": {"code": "x"}}' if document.name.endswith("json") else b"a,b\n1,2\n"
    with pytest.raises(ParseError, match="field|column|header"):
        outcome(name, replace(document, data=other))


@pytest.mark.parametrize("name", made.NAMES)
def test_absurd_negative_and_broken_counts_are_rejects_with_field_and_remedy(name):
    rows, rejects = outcome(name, made.document(name, [10**15, -5, 1.5, "many", 7]))
    assert [row["output_tokens"] for row in rows] == [7]
    assert len(rejects) == 4 and all(r.remedy and r.text for r in rejects)
    assert {r.field for r in rejects} <= {"output_tokens", "completion_tokens", "total"}


@pytest.mark.parametrize(("name", "make", "key", "at"), [
    ("openai_usage", made.openai_result, "start_time", made.START),
    ("anthropic_usage", made.anthropic_result, "starting_at", "2026-09-01T00:00:00Z"),
])  # fmt: skip
def test_a_result_that_stands_twice_counts_once_and_one_without_model_never(name, make, key, at):
    results = [make(1, 10), make(1, 10), make(2, 10) | {"model": None}]
    rows, rejects = outcome(name, Document(made.page(results, key, at), "a.json", "r"))
    assert len(rows) == 1 and "duplicate of row 1" in rejects[0].reason and "group_by" in rejects[1].remedy


@pytest.mark.parametrize(
    ("kind", "field", "unit"),
    [
        ("images", "images", "image"),
        ("audio_speeches", "characters", "character"),
        ("audio_transcriptions", "seconds", "second"),
    ],
)
def test_images_and_audio_have_a_count_and_a_result_without_one_is_a_reject(kind, field, unit):
    results = [
        made.openai_result(n, 0)
        | {"object": f"organization.usage.{kind}.result", "output_tokens": None, field: figure}
        for n, figure in enumerate([0.5, 12, None, -1, "4", True])
    ]
    rows, rejects = outcome("openai_usage", Document(made.page(results), "a.json", "r"))
    assert [(row["counted"], row["counted_unit"], row["output_tokens"]) for row in rows] == [
        (0.5, unit, 0),
        (12, unit, 0),
    ]
    assert [(reject.field, reject.document_row) for reject in rejects] == [(field, n) for n in (3, 4, 5, 6)]
    assert all(reject.remedy for reject in rejects)


def test_azure_tells_input_output_and_requests_apart_and_a_gap_is_no_row():
    told = {"ProcessedPromptTokens": [("chat", "gpt-4o", 500)], "GeneratedTokens": [("chat", "gpt-4o", 70)],
            "AzureOpenAIRequests": [("chat", "gpt-4o", 3)]}  # fmt: skip
    rows, rejects = outcome("azure_openai", Document(made.azure_answer(told), "a.json", "r"))
    assert not rejects and len(rows) == 3
    totals = {
        name: sum(row[name] or 0 for row in rows) for name in ("input_tokens", "output_tokens", "requests")
    }
    assert totals == {"input_tokens": 500, "output_tokens": 70, "requests": 3}
    assert {(row["model"], row["project"], row["account"].rsplit("/", 1)[-1]) for row in rows} == {
        ("gpt-4o", "chat", "ai")
    }
    twice = {"GeneratedTokens": [("chat", "gpt-4o", 70), ("chat", "gpt-4o", 70)]}
    rows, rejects = outcome("azure_openai", Document(made.azure_answer(twice), "a.json", "r"))
    assert len(rows) == 1 and "duplicate of row 1" in rejects[0].reason
    with pytest.raises(ParseError, match=r"raise options\.top"):
        outcome("azure_openai", Document(made.azure_answer(told), "a.json", "r", options={"top": 1}))


@pytest.mark.parametrize("written", [
    {"cache_creation": {"ephemeral_5m_input_tokens": 30, "ephemeral_1h_input_tokens": 5}},
    {"ephemeral_5m_input_tokens": 30, "ephemeral_1h_input_tokens": 5},
    {"cache_creation.ephemeral_5m_input_tokens": 30, "cache_creation.ephemeral_1h_input_tokens": 5},
    {"cache_creation_input_tokens": 35},
])  # fmt: skip
def test_cache_writes_are_input_in_every_form(written):
    data = made.page([made.anthropic_result(1, 10, **written)], "starting_at", "2026-09-01T00:00:00Z")
    rows, rejects = outcome("anthropic_usage", Document(data, "a.json", "r"))
    # 8 uncached + 1 read + 35 written.
    assert not rejects and (rows[0]["input_tokens"], rows[0]["cached_input_tokens"]) == (44, 1)


def test_cache_writes_of_another_shape_are_a_reject():
    data = made.page(
        [made.anthropic_result(1, 10, cache_creation=[35])], "starting_at", "2026-09-01T00:00:00Z"
    )
    assert [r.field for r in outcome("anthropic_usage", Document(data, "a.json", "r"))[1]] == [
        "cache_creation"
    ]


def test_a_csv_of_other_words_is_read_through_its_mapping():
    options = {
        "columns": {"date": "Jour", "model": "Modèle", "output_tokens": "Sortie", "project": "Espace"},
        "delimiter": ";", "date_order": "DMY", "decimal": ",", "provider": "Mistral",
    }  # fmt: skip
    data = "Jour;Modèle;Sortie;Espace\n30/09/2026;mistral-large-latest;1 234 567;docai\n".encode()
    rows, rejects = outcome("token_usage", Document(data, "m.csv", "compte", options=options))
    assert not rejects and rows[0]["provider"] == "mistral" and rows[0]["output_tokens"] == 1_234_567
    assert (rows[0]["account"], rows[0]["project"], rows[0]["requests"]) == ("compte", "docai", None)


def test_a_gateways_file_lands_without_prompts_and_names():
    document = made.document("litellm_usage", [10, 20])
    landed = load("litellm_usage").scrub(document).data
    assert b"jane" not in landed and b"hello" not in landed and landed.count(b"\n") == 3
    log = {"startTime": "2026-09-01T10:00:00", "model": "openai/gpt-4o", "completion_tokens": 5, "user": "jane",
           "request_tags": ["project:P-1"], "team_alias": "assist"}  # fmt: skip
    given = Document(json.dumps([log]).encode(), "log.json", "g", options={"project_field": "team_alias"})
    rows, rejects = outcome("litellm_usage", given)
    assert not rejects and rows[0]["provider"] == "openai" and rows[0]["project"] == "assist"
    assert rows[0]["tags"] == '["project:P-1"]' and rows[0]["requests"] == 1
    assert b"jane" not in load("litellm_usage").scrub(given).data


def test_a_row_of_another_width_lands_without_a_cell_and_is_a_reject():
    data = made.document("litellm_usage", [10]).data + b"2026-09-01,jane,says,hello\n"
    document = Document(data + data.splitlines()[1] + b"\n", "log.csv", "g")
    assert b"jane" not in load("litellm_usage").scrub(document).data
    rows, rejects = outcome("litellm_usage", document)
    assert len(rows) == 2 and [r.document_row for r in rejects] == [2]


ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**13),
    st.floats(),
    st.text(max_size=4),
    st.lists(st.none(), max_size=1),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=6), st.sampled_from(["openai_usage", "anthropic_usage"]))
def test_results_are_accepted_or_rejected_never_lost(cells, name):
    make = made.openai_result if name == "openai_usage" else made.anthropic_result
    results = [
        make(n, value) | {"model": model, "cache_creation": nested}
        for n, (value, model, nested) in enumerate(cells)
    ]
    key, at = (
        ("start_time", made.START) if name == "openai_usage" else ("starting_at", "2026-09-01T00:00:00Z")
    )
    rows, rejects = outcome(name, Document(made.page(results, key, at), "a.json", "r"))
    assert len(rows) + len(rejects) == len(cells) and all(reject.remedy for reject in rejects)


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=8, max_size=10), min_size=1, max_size=6))
def test_rows_of_a_gateways_file_are_accepted_or_rejected(cells):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([made.LITELLM.split(","), *cells])
    rows, rejects = outcome("litellm_usage", Document(out.getvalue().encode(), "log.csv", "g"))
    assert len(rows) + len(rejects) == len(cells)
