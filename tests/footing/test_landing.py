"""Deliveries: whole or absent, nothing lost, nothing summed twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import connectors
from connectors.base import Connector, Document, ParseError
from footing import landing, typed
from footing.storage import Store
from tests.footing.support import MONTH, OPTIONS, bill, pages, source

BILLS = connectors.load("electricity_bill")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "landing"))


def land(store: Store, documents: list[Document], connector: Connector = BILLS) -> list[landing.Delivery]:
    return landing.land(store, "electricity", "electricity_bill", connector, MONTH, iter(documents))


def counted_kwh(store: Store, folder: Path, *requests: str) -> dict[str, float]:
    """What counts by the deliveries' rule: complete, readable, and the newest of those."""
    entry = source(*requests)
    typed.type_source(store, folder, entry)
    typed.write_documents(store, folder, [entry])
    query = f"""
        with current_documents as (
            select * from '{folder}/_documents.parquet' where complete and readable
            qualify dense_rank() over (partition by source_id, request, period_month order by seq desc) = 1)
        select request, sum(consumption_kwh) from '{folder}/electricity_bill/*.parquet'
        join current_documents using (doc_key) group by request"""
    with duckdb.connect() as con:
        return dict(con.execute(query).fetchall())


def test_two_accounts_three_pages_a_truncated_second_and_a_complete_third(
    store: Store, tmp_path: Path
) -> None:
    first = [bill(100, 10, invoice="a"), bill(200, 20, invoice="b"), bill(300, 30, invoice="c")]
    made = land(store, [*pages("par1", first), *pages("lon1", [bill(7, meter="M2")])])
    assert [(d.request, d.seq, d.complete) for d in made] == [("par1", 1, True), ("lon1", 1, True)]
    assert counted_kwh(store, tmp_path / "t1", "par1", "lon1") == {"par1": 660.0, "lon1": 7.0}

    corrected = [bill(101, 10, invoice="a"), bill(200, 20, invoice="b"), bill(303, 30, invoice="c")]
    [second] = land(store, pages("par1", corrected[:2], last_part=3))
    assert (second.seq, second.complete) == (2, False)
    assert counted_kwh(store, tmp_path / "t2", "par1", "lon1") == {"par1": 660.0, "lon1": 7.0}

    [third] = land(store, pages("par1", corrected))
    assert (third.seq, third.complete) == (3, True)
    assert counted_kwh(store, tmp_path / "t3", "par1", "lon1") == {"par1": 664.0, "lon1": 7.0}

    kept = {entry.path.rsplit("/", 1)[-1] for entry in store.files(f"electricity/{MONTH}")}
    wanted = {*first, *corrected, bill(7, meter="M2")}
    assert kept == {f"{hashlib.sha256(content).hexdigest()}.csv" for content in wanted}
    assert [(d.request, d.seq) for d in landing.deliveries(store, "electricity")] == [
        ("lon1", 1),
        ("par1", 1),
        ("par1", 2),
        ("par1", 3),
    ]


def test_the_manifest_says_all_that_a_rebuild_needs(store: Store) -> None:
    content = bill(5)
    [delivery] = land(store, pages("par1", [content]))
    raw = json.loads(store.read(f"electricity/_deliveries/{delivery.delivery_id}.json"))
    assert delivery.delivery_id.startswith(f"electricity-par1-{MONTH}-001-")
    assert raw.pop("retrieved_at").endswith("Z")
    document = {
        "sha256": hashlib.sha256(content).hexdigest(), "name": "page-1.csv", "ext": ".csv", "bytes": len(content),
        "part": 1, "last_part": 1, "options": OPTIONS,
    }  # fmt: skip
    assert raw == {
        "delivery_id": delivery.delivery_id, "source_id": "electricity", "connector": "electricity_bill",
        "request": "par1", "period": MONTH, "seq": 1, "complete": True, "scrub_key_id": None,
        "documents": [document],
    }  # fmt: skip


def test_an_unchanged_answer_makes_no_delivery_and_a_return_to_an_older_one_does(store: Store) -> None:
    one, two = pages("par1", [bill(1)]), pages("par1", [bill(2)])
    assert [d.seq for d in land(store, one)] == [1]
    assert land(store, one) == []
    assert [d.seq for d in land(store, two)] == [2]
    assert [d.seq for d in land(store, one)] == [3]


def test_other_reading_options_are_another_delivery_of_the_same_document(store: Store) -> None:
    [first] = land(store, pages("par1", [bill(1)]))
    [second] = land(
        store, [Document(bill(1), "page-1.csv", "par1", options=OPTIONS | {"period_to": "inclusive"})]
    )
    assert first.documents[0].sha256 == second.documents[0].sha256
    assert first.documents[0].doc_key != second.documents[0].doc_key


def test_the_first_page_of_three_alone_never_stands_for_a_whole_answer_of_one(store: Store) -> None:
    [truncated] = land(store, pages("par1", [bill(1)], last_part=3))
    [whole] = land(store, pages("par1", [bill(1)]))
    assert (truncated.complete, whole.complete) == (False, True)


def test_a_part_that_comes_twice_is_not_complete(store: Store) -> None:
    [one, two] = pages("par1", [bill(1), bill(2)])
    [delivery] = land(store, [one, two, two])
    assert delivery.complete is False


def test_a_source_that_breaks_half_way_leaves_documents_but_no_delivery(store: Store) -> None:
    def broken() -> Iterator[Document]:
        yield pages("par1", [bill(1)], last_part=2)[0]
        raise OSError("the source went away")

    with pytest.raises(OSError, match="went away"):
        landing.land(store, "electricity", "electricity_bill", BILLS, MONTH, broken())
    assert len(store.files(f"electricity/{MONTH}")) == 1
    assert landing.deliveries(store, "electricity") == []


@pytest.mark.parametrize(
    ("name", "ext"),
    [
        ("bill-2026.10.csv", ".csv"), ("query.json.gz", ".json.gz"), ("page", ""), ("a/../../etc.p/sswd", ""),
        ("x.csv/../../evil", ""), ("statement.ndjson", ".ndjson"),
    ],
)  # fmt: skip
def test_a_documents_name_gives_no_more_than_a_plain_extension(store: Store, name: str, ext: str) -> None:
    [delivery] = land(store, [Document(bill(1), name, "par1", options=OPTIONS)])
    document = delivery.documents[0]
    assert (document.ext, document.name) == (ext, name)
    assert store.exists(f"electricity/{MONTH}/{document.sha256}{ext}")


def test_a_large_file_lands_from_disk(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(bill(1) + b"x" * (3 << 20))
    [delivery] = land(store, [Document(path, "large.csv", "par1", options=OPTIONS)])
    assert delivery.documents[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert store.read(delivery.documents[0].path("electricity", MONTH)) == path.read_bytes()


def test_requests_that_begin_alike_keep_apart(store: Store) -> None:
    land(store, [*pages("par", [bill(1)]), *pages("par-2026-03", [bill(2)]), *pages("par1", [bill(3)])])
    for request in ("par", "par-2026-03", "par1"):
        assert [d.request for d in landing.deliveries(store, "electricity", request, MONTH)] == [request]


class Scrubbing(type(BILLS)):  # type: ignore[misc]
    """Takes the supplier out; cannot read a document without it."""

    def scrub(self, document: Document) -> Document:
        assert isinstance(document.data, bytes)
        if b"Test supplier" not in document.data:
            raise ParseError(f"{document.name}: no supplier")
        data = document.data.replace(b"Test supplier", b"")
        return Document(
            data, document.name, document.request, document.part, document.last_part, document.options
        )


def test_personal_fields_never_reach_landing_and_a_broken_document_holds_up_no_other(store: Store) -> None:
    documents = [Document(b"\xff\xfe", "broken.csv", "lon1", options=OPTIONS), *pages("par1", [bill(1)])]
    with pytest.raises(ParseError, match=r"lon1: broken\.csv: no supplier"):
        land(store, documents, Scrubbing())
    assert [d.request for d in landing.deliveries(store, "electricity")] == ["par1"]
    stored = [store.read(entry.path) for entry in store.files(f"electricity/{MONTH}")]
    assert len(stored) == 1
    assert b"Test supplier" not in stored[0]
