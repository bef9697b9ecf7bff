"""Deliveries: nothing lost, nothing twice, whole or not there."""

import json

import pyarrow.parquet as pq
import pytest

import connectors
from connectors.base import Document
from footing import landing, typed
from footing.config import SourceEntry
from footing.storage import Store

HEADER = b"Facture;PRM;Du;Au;kWh\n"
OPTIONS = {
    "delimiter": ";", "date_order": "DMY",
    "columns": {"invoice_number": "Facture", "meter_id": "PRM", "period_from": "Du", "period_to": "Au", "consumption_kwh": "kWh"},
}  # fmt: skip
ENTRY = SourceEntry(
    id="bills",
    title="Bills",
    connector="electricity_bill",
    kind="meter",
    requests=["a", "b"],
    first_period="2026-09",
)


def page(request, part, kwh, last=3):
    body = HEADER + f"F{request}{part};m;01/09/2026;01/10/2026;{kwh}\n".encode()
    return Document(body, f"{part}.csv", request, part, last, OPTIONS)


def land(store, documents, period="2026-09"):
    return landing.land(
        store, "bills", "electricity_bill", connectors.load("electricity_bill"), period, documents
    )


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path / "landing"))


def kwh(tmp_path, store):
    """Sum of the deliveries that count, as the ledger counts them: the newest complete one per request and month."""
    typed.type_source(store, tmp_path / "typed", ENTRY)
    typed.write_documents(store, tmp_path / "typed", [ENTRY])
    documents = pq.read_table(tmp_path / "typed" / "_documents.parquet").to_pylist()
    usable = [d for d in documents if d["complete"] and d["readable"]]
    newest = {}
    for d in usable:
        key = d["request"], d["period_month"]
        newest[key] = max(newest.get(key, 0), d["seq"])
    keys = [d["doc_key"] for d in usable if d["seq"] == newest[d["request"], d["period_month"]]]
    tables = [pq.read_table(tmp_path / "typed" / "electricity_bill" / f"{key}.parquet") for key in keys]
    return sum(sum(t["consumption_kwh"].to_pylist()) for t in tables)


def test_two_accounts_three_pages_a_truncated_second_and_a_complete_third(tmp_path, store):
    first = land(store, [page(r, p, 100) for r in "ab" for p in (1, 2, 3)])
    assert [d.complete for d in first] == [True, True] and kwh(tmp_path, store) == 600
    second = land(store, [page("a", 1, 7), page("a", 2, 7)])
    assert [d.complete for d in second] == [False] and kwh(tmp_path, store) == 600, (
        "a partial delivery never supersedes"
    )
    third = land(store, [page("a", p, 200) for p in (1, 2, 3)])
    assert [d.seq for d in third] == [3] and kwh(tmp_path, store) == 600 + 300
    assert len(landing.deliveries(store, "bills")) == 4, "all deliveries stay"


def test_an_unchanged_answer_makes_no_delivery_and_a_changed_one_does(store):
    assert len(land(store, [page("a", 1, 1, last=1)])) == 1
    assert land(store, [page("a", 1, 1, last=1)]) == []
    assert [d.seq for d in land(store, [page("a", 1, 2, last=1)])] == [2]
    assert [d.seq for d in land(store, [page("a", 1, 1, last=1)])] == [3], (
        "back to the first answer is a new delivery"
    )


def test_bytes_are_kept_as_they_came_and_once(store, tmp_path):
    given = page("a", 1, 1, last=1)
    (delivery,) = land(store, [given])
    landed = delivery.documents[0]
    assert store.read(landed.path("bills", "2026-09")) == given.data
    land(store, [page("b", 1, 1, last=1).__class__(given.data, "x.csv", "b", 1, 1, OPTIONS)])
    files = [e.path for e in store.files("bills/2026-09")]
    assert len(files) == 1, "the same bytes twice are one document"


def test_a_fetch_that_breaks_half_way_leaves_no_manifest(store):
    def broken():
        yield page("a", 1, 1)
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        land(store, broken())
    assert landing.deliveries(store, "bills") == []
    assert [d.complete for d in land(store, [page("a", p, 1) for p in (1, 2, 3)])] == [True]


def test_an_unreadable_document_is_kept_named_and_supersedes_nothing(tmp_path, store):
    land(store, [page("a", 1, 100, last=1)])
    land(store, [Document(b"Facture;PRM\nx;y\n", "bad.csv", "a", 1, 1, OPTIONS)])
    problems = typed.type_source(store, tmp_path / "typed", ENTRY)
    assert len(problems) == 1 and "bad.csv" in problems[0] and "kWh" in problems[0]
    assert kwh(tmp_path, store) == 100


def test_rejects_are_kept_with_row_text_and_remedy(tmp_path, store):
    body = HEADER + b"F1;m;01/09/2026;01/10/2026;10\nF2;m;never;01/10/2026;10\n"
    land(store, [Document(body, "b.csv", "a", 1, 1, OPTIONS)])
    typed.type_source(store, tmp_path / "typed", ENTRY)
    (found,) = [
        t
        for f in (tmp_path / "typed/_rejects/electricity_bill").glob("*.parquet")
        for t in pq.read_table(f).to_pylist()
    ]
    assert (found["document_row"], found["field"], found["value"]) == (2, "period_from", "never")
    assert found["text"].startswith("F2;m;never") and found["remedy"]


def test_the_manifest_holds_no_secret_and_names_its_parts(store):
    (delivery,) = land(store, [page("a", p, 1) for p in (1, 2, 3)])
    manifest = json.loads(store.read(f"bills/_deliveries/{delivery.delivery_id}.json"))
    assert [d["part"] for d in manifest["documents"]] == [1, 2, 3] and manifest["complete"] is True
    assert set(manifest) == {
        "delivery_id",
        "source_id",
        "connector",
        "request",
        "period",
        "seq",
        "complete",
        "retrieved_at",
        "scrub_key_id",
        "documents",
    }
