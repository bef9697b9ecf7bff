"""What a page of Azure Carbon Optimization may get wrong, and how a refusal is never a smaller total."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document, ParseError
from tests.connectors.azure_documents import SUBSCRIPTION, page, resource

OTHER = "00000000-0000-4000-8000-000000000002"
DROPS = Path(__file__).parents[2] / "examples/orselia/drops"


def outcome(data):
    parsed = list(load("azure_carbon").parse(Document(data, "page.json", "r")))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scope": "Scope4"}, "asked.scope"),
        ({"month": "September"}, "asked.month"),
    ],
)
def test_a_question_that_does_not_say_what_was_asked_is_refused(change, field):
    with pytest.raises(ParseError, match=field):
        outcome(page([1.0], asked=change))


def test_an_answer_without_its_question_is_refused():
    with pytest.raises(ParseError, match="asked"):
        outcome(b'{"value": [], "subscriptionAccessDecisionList": []}')


def test_an_error_in_place_of_an_answer_is_refused():
    with pytest.raises(ParseError, match="field value"):
        outcome(page([1.0], value={"code": "InternalServerError"}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dataType", "MonthlySummaryData"), ("subscriptionId", ""), ("subscriptionId", OTHER), ("resourceId", None),
        ("latestMonthEmissions", None), ("latestMonthEmissions", "0.1"), ("latestMonthEmissions", True),
        ("latestMonthEmissions", float("nan")), ("location", ["east us"]),
    ],
)  # fmt: skip
def test_a_resource_with_a_wrong_field_is_a_reject_with_its_remedy(field, value):
    rows, [reject] = outcome(page([1.0], value=[resource("a", 1.0, **{field: value}), resource("b", 2.0)]))
    assert [row["kg_co2e"] for row in rows] == [2.0]
    assert (reject.document_row, reject.field) == (1, field) and reject.remedy


def test_case_does_not_make_two_resources_of_one():
    twice = [resource("VM", 1.0), resource("vm", 1.0)]
    rows, [reject] = outcome(page([], value=twice))
    assert len(rows) == 1 and "duplicate of row 1" in reject.reason


def test_a_refused_subscription_is_a_row_with_the_reason():
    refused = [{"subscriptionId": OTHER.upper(), "decision": "Denied", "denialReason": "no role"}]
    both = {"subscriptions": [SUBSCRIPTION, OTHER]}
    allowed = [{"subscriptionId": SUBSCRIPTION, "decision": "Allowed"}]
    rows, rejects = outcome(page([1.0], asked=both, decisions=allowed + refused))
    assert not rejects and [row["document_row"] for row in rows] == [1, 3]
    assert (rows[1]["subscription_id"], rows[1]["decision"], rows[1]["denial_reason"], rows[1]["kg_co2e"]) == (
        OTHER, "Denied", "no role", None,
    )  # fmt: skip


@pytest.mark.parametrize("decisions", [[], [{"subscriptionId": SUBSCRIPTION, "decision": "Allowed"}]])
def test_a_subscription_that_the_answer_passes_over_is_a_gap_too(decisions):
    asked = {"subscriptions": [SUBSCRIPTION, OTHER]}
    rows, _ = outcome(page([], asked=asked, decisions=decisions))
    unanswered = {row["subscription_id"] for row in rows if row["decision"] == "Unanswered"}
    assert unanswered == {SUBSCRIPTION, OTHER} - {d["subscriptionId"] for d in decisions}
    # Later pages need not repeat the decisions.
    assert outcome(page([1.0], asked={"page": 2}, decisions=decisions))[1] == []


@pytest.mark.parametrize("decision", ["Allowed", {"decision": "Allowed"}, None])
def test_a_decision_that_cannot_be_read_is_a_reject(decision):
    _, rejects = outcome(page([1.0], decisions=[decision]))
    assert [reject.document_row for reject in rejects] == [2]


def test_every_bundled_page_reads_whole_and_the_refused_month_says_so():
    """By hand, from the generator: Workplace, about half of the kilograms, is refused in all scopes of 2026-03."""
    refused, kg = [], {}
    for path in sorted(DROPS.glob("*/azure_carbon/subscriptions/*/*.json")):
        rows, rejects = outcome(path.read_bytes())
        assert not rejects, path
        refused += [
            (str(r["month"]), r["scope"], r["subscription_id"]) for r in rows if r["decision"] != "Allowed"
        ]
        for row in rows:
            kg.setdefault(str(row["month"]), []).append(row["kg_co2e"] or 0)
    assert refused == [("2026-03-01", scope, "00000000-0000-0000-0000-0000000a1002") for scope in "123"]
    assert len(kg) == 25
    assert math.fsum(kg["2026-03-01"]) < 0.6 * math.fsum(kg["2026-02-01"])


FIGURE = st.one_of(
    st.none(), st.floats(), st.integers(-5, 5), st.text(max_size=3), st.lists(st.none(), max_size=1)
)
TEXT = st.one_of(st.none(), st.text(max_size=2), st.integers())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, FIGURE), max_size=8))
def test_resources_are_accepted_or_rejected(items):
    value = [resource("x", kg, resourceId=rid, itemName=name) for rid, name, kg in items]
    rows, rejects = outcome(page([], value=value))
    assert len(rows) + len(rejects) == len(items)
