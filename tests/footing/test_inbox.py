"""Dropped files: one way in, a folder being whole or waited for."""

import pytest

from connectors.base import NotYetPublished, Source
from footing.inbox import dropped
from footing.storage import Store

SOURCE = Source(
    "bills", "electricity_bill", ("par1", "lon1"), {"delimiter": ";"}, {"lon1": {"delimiter": ","}}
)


@pytest.fixture
def inbox(tmp_path):
    def put(request, name, text="x"):
        path = tmp_path / "bills" / request / "2026-09" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    put.store = Store(str(tmp_path))
    return put


def test_a_marked_folder_is_one_delivery_in_the_order_of_names(inbox):
    inbox("par1", "b.csv")
    inbox("par1", "a.csv")
    inbox("par1", "_SUCCESS", "")
    found = list(dropped(inbox.store, SOURCE, "2026-09"))
    assert [(d.name, d.part, d.last_part, d.options["delimiter"]) for d in found] == [
        ("a.csv", 1, 2, ";"),
        ("b.csv", 2, 2, ";"),
    ]


def test_a_folder_without_mark_is_whole_after_a_quiet_minute(inbox):
    changed = inbox("lon1", "a.csv").stat().st_mtime
    with pytest.raises(NotYetPublished):
        list(dropped(inbox.store, SOURCE, "2026-09", now=changed + 59))
    assert [d.request for d in dropped(inbox.store, SOURCE, "2026-09", now=changed + 61)] == ["lon1"]


def test_nothing_dropped_is_not_yet(inbox):
    with pytest.raises(NotYetPublished, match="bills"):
        list(dropped(inbox.store, SOURCE, "2026-10"))
