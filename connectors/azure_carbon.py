"""Azure Carbon Optimization: the month's emissions of each resource by scope, in kg CO2e."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._azure import Carbon
from connectors._batches import RowError, batches, number
from connectors._http import SourceError
from connectors._json import answer, listed, text
from connectors._periods import bounds, wait_for_its_end

SCOPES = {"Scope1": "1", "Scope2": "2", "Scope3": "3"}
# What one call takes and gives at most.
MAX_SUBSCRIPTIONS, PAGE_SIZE = 100, 5000
# Where Azure's pages end whatever is left, as Microsoft said of the preview.
CUT_AT = 5000
# One resource: ten thousand tonnes in a month is another unit.
MAX_KG = 1e7
TEXTS = ("scope", "subscription_id", "decision", "denial_reason", "resource_id", "resource_name", "resource_group",
         "resource_type", "location")  # fmt: skip


class Connector(base.Connector):
    """One request is a set of subscriptions; see ``docs/sources/azure.md``.

    Rows are of two kinds: resources (``decision`` is null) and subscriptions that were asked for and not answered
    (``decision`` Denied or Unanswered, no figure).
    """

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("month", pa.date32()), ("page", pa.int64())]
        + [(name, pa.string()) for name in TEXTS]
        + [("kg_co2e", pa.float64())]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask per scope, batch of subscriptions and page: a call over several scopes would give their sum alone.

        ``options.subscriptions`` lists the ids of a request; without it the request is a subscription's id itself.
        ``options.per_call`` lowers how many are asked for at once.

        Raises
        ------
        NotYetPublished
            Before the month has ended, and until Azure holds it.
        SourceError
            When Azure no longer holds the month, the service principal is refused, or after five attempts.
        """
        wait_for_its_end(period, source.id)
        carbon = Carbon(secrets, source.id)
        _check_available(carbon.available(), period, source.id)
        for request in source.requests:
            options = source.options_for(request)
            with tempfile.TemporaryDirectory() as folder:
                # How many pages there are is known at the last one only.
                waiting = []
                for name, page in _answers(carbon, _calls(options, request, source.id), period, source.id):
                    waiting.append(Path(folder) / name)
                    waiting[-1].write_text(page, encoding="utf-8")
                for part, path in enumerate(waiting, start=1):
                    yield base.Document(path.read_bytes(), path.name, request, part, len(waiting), options)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page: resources, then the subscriptions that Azure did not answer for."""
        return batches(_rows(document), self.SCHEMA)


def _check_available(found: Mapping[str, Any], period: str, source_id: str) -> None:
    first, last = str(found.get("startDate", ""))[:7], str(found.get("endDate", ""))[:7]
    if len(last) != 7 or period > last:
        raise base.NotYetPublished(
            f"{source_id}: Azure holds no {period} yet; its last month is {last or '-'}"
        )
    if period < first:
        raise SourceError(f"{source_id}: Azure no longer holds {period}; its first month is {first}")


def _calls(options: Mapping[str, Any], request: str, source_id: str) -> list[list[str]]:
    given, size = options.get("subscriptions", [request]), options.get("per_call", MAX_SUBSCRIPTIONS)
    if not isinstance(given, list) or not given:
        raise SourceError(f"{source_id} ({request}): options.subscriptions must list subscription ids")
    if not isinstance(size, int) or not 1 <= size <= MAX_SUBSCRIPTIONS:
        raise SourceError(f"{source_id} ({request}): options.per_call must be 1 to {MAX_SUBSCRIPTIONS}")
    # Azure takes them in lower case; one named twice is asked once.
    ids = list(dict.fromkeys(str(one).strip().lower() for one in given))
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _answers(
    carbon: Carbon, calls: list[list[str]], period: str, source_id: str
) -> Iterator[tuple[str, str]]:
    for scope in SCOPES:
        for call, members in enumerate(calls, start=1):
            asked = {"scope": scope, "month": str(bounds(period)[0]), "subscriptions": members}
            for nth, page in enumerate(_pages(carbon, asked, source_id), start=1):
                # The answer stands as it came: a number read and written again may change its digits.
                yield (
                    f"carbonEmissionReports-{period}-{scope}-{call}-{nth}.json",
                    f'{{"asked": {json.dumps(asked | {"page": nth})}, "answer": {page}}}\n',
                )


def _pages(carbon: Carbon, asked: Mapping[str, Any], source_id: str) -> Iterator[str]:
    query: dict[str, Any] = {
        "reportType": "ItemDetailsReport", "categoryType": "Resource", "carbonScopeList": [asked["scope"]],
        "subscriptionList": asked["subscriptions"], "dateRange": {"start": asked["month"], "end": asked["month"]},
        "orderBy": "ItemName", "sortDirection": "Asc", "pageSize": PAGE_SIZE,
    }  # fmt: skip
    tokens: list[str] = []
    items = 0
    while True:
        page = carbon.report(query)
        read = json.loads(page)
        items += len(read.get("value") or ())
        yield page
        token = read.get("skipToken")
        if not token:
            break
        if token in tokens:
            raise SourceError(f"{source_id}: Azure gave the same skipToken twice; ask again later")
        tokens.append(token)
        query["skipToken"] = token
    if items == CUT_AT:
        raise SourceError(
            f"{source_id}: just {CUT_AT} resources for {len(asked['subscriptions'])} subscriptions, where Azure may cut its "
            "answers off; lower options.per_call"
        )


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    given = answer(document)
    place, asked = _asked(document, given)
    found = given.get("answer")
    items = listed(document, found, "value")
    seen: dict[str, int] = {}
    for row, item in enumerate(items, start=1):
        try:
            line = _resource(item, asked)
            if (first := seen.setdefault(line["resource_id"], row)) != row:
                raise RowError(
                    "resourceId",
                    item["resourceId"],
                    f"stands twice, duplicate of row {first}",
                    "fetch it again",
                )
            yield {"document_row": row} | place | line
        except RowError as error:
            yield error.reject(row, json.dumps(item, sort_keys=True, ensure_ascii=False))
    # Later pages may leave the decisions out.
    decisions = listed(document, found, DECISIONS) if DECISIONS in found else []
    answered: dict[str, int] = {}
    for row, decision in enumerate(decisions, start=len(items) + 1):
        try:
            line = _decision(decision)
            if answered.setdefault(line["subscription_id"], row) != row:
                raise RowError(
                    "subscriptionId", line["subscription_id"], "is decided twice", "fetch it again"
                )
            if line["decision"] != "Allowed":
                yield {"document_row": row} | place | line
        except RowError as error:
            yield error.reject(row, json.dumps(decision, sort_keys=True, ensure_ascii=False))
    if place["page"] == 1:
        for row, missing in enumerate(sorted(asked - set(answered)), start=len(items) + len(decisions) + 1):
            yield {"document_row": row} | place | {
                "subscription_id": missing, "decision": "Unanswered", "denial_reason": "Azure names no decision",
            }  # fmt: skip


DECISIONS = "subscriptionAccessDecisionList"


def _asked(document: base.Document, given: Any) -> tuple[dict[str, Any], set[str]]:
    """Give scope, month and page, and the subscriptions: an answer names none of them."""
    asked = given.get("asked") if isinstance(given, dict) else None
    if not isinstance(asked, dict):
        raise base.ParseError(
            f"{document.name}, field asked: missing; an answer of Azure alone names neither scope nor month: fetch it with "
            "Footing, or wrap it as docs/sources/azure.md says"
        )
    scope, page = SCOPES.get(str(asked.get("scope"))), asked.get("page", 1)
    if scope is None:
        raise base.ParseError(f"{document.name}, field asked.scope: not one of {', '.join(SCOPES)}")
    if not isinstance(page, int) or page < 1:
        raise base.ParseError(f"{document.name}, field asked.page: not a number from 1")
    try:
        month = dt.date.fromisoformat(str(asked.get("month")))
    except ValueError:
        month = dt.date.max
    if month.day != 1:
        raise base.ParseError(
            f"{document.name}, field asked.month: not the first day of a month (YYYY-MM-01)"
        )
    subscriptions = {str(one).lower() for one in listed(document, asked, "subscriptions")}
    return {"scope": scope, "month": month, "page": page}, subscriptions


def _resource(item: Any, asked: set[str]) -> dict[str, Any]:
    if not isinstance(item, dict) or item.get("dataType") != "ResourceItemDetailsData":
        raise RowError("dataType", item, "is not ResourceItemDetailsData", "ask for categoryType Resource")
    needed = {field: text(field, item.get(field)) for field in ("subscriptionId", "resourceId")}
    for field, value in needed.items():
        if value is None:
            raise RowError(field, "", "is empty", "fetch it again")
    subscription = str(needed["subscriptionId"]).lower()
    if subscription not in asked:
        raise RowError("subscriptionId", subscription, "was not asked for", "fetch it again")
    figure = item.get("latestMonthEmissions")
    if isinstance(figure, bool) or not isinstance(figure, int | float):
        raise RowError("latestMonthEmissions", figure, "is no number", "fetch it again")
    return {
        "subscription_id": subscription,
        # Its case changes from answer to answer, and from bill to bill.
        "resource_id": str(needed["resourceId"]).lower(),
        "resource_name": text("itemName", item.get("itemName")),
        "resource_group": (text("resourceGroup", item.get("resourceGroup")) or "").lower() or None,
        "resource_type": (text("resourceType", item.get("resourceType")) or "").lower() or None,
        "location": (text("location", item.get("location")) or "").lower() or None,
        "kg_co2e": number("latestMonthEmissions", str(figure), minimum=0, maximum=MAX_KG),
    }


def _decision(decision: Any) -> dict[str, Any]:
    if not isinstance(decision, dict) or not decision.get("subscriptionId"):
        raise RowError(DECISIONS, decision, "names no subscription", "fetch it again")
    if decision.get("decision") not in ("Allowed", "Denied"):
        raise RowError(
            "decision", decision.get("decision"), "is neither Allowed nor Denied", "fetch it again"
        )
    return {
        "subscription_id": str(text("subscriptionId", decision["subscriptionId"])).lower(),
        "decision": decision["decision"],
        "denial_reason": text("denialReason", decision.get("denialReason")),
    }


connector = Connector()
