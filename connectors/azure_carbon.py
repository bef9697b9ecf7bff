"""Azure Carbon Optimization: a month's emissions of each resource, one scope at a time, in kg CO2e."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._azure import HOST, credential
from connectors._batches import RowError, batches, number
from connectors._http import SourceError
from connectors._json import answer, listed, text
from connectors._patience import Again, failure, patiently
from connectors._periods import bounds, wait_for_its_end

SCOPES = ("Scope1", "Scope2", "Scope3")
# The API's own limits.
MAX_SUBSCRIPTIONS, MAX_PAGE = 100, 5000
# Where an answer ends whatever is left, its pages included, as Microsoft said of the preview.
CUT_AT = 5000
DECISIONS = "subscriptionAccessDecisionList"
# One resource: ten thousand tonnes in a month is another unit.
MAX_KG = 1e7
TEXTS = {
    "resourceId": "resource_id", "resourceGroup": "resource_group", "resourceType": "resource_type",
    "location": "location", "itemName": "item_name",
}  # fmt: skip


class Connector(base.Connector):
    """One request is a list of subscriptions (``options.subscriptions``); see ``docs/sources/azure.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("month", pa.date32()), ("scope", pa.string())]
        + [("subscription_id", pa.string()), ("decision", pa.string()), ("denial_reason", pa.string())]
        + [(name, pa.string()) for name in TEXTS.values()]
        + [("kg_co2e", pa.float64())]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the range of months first, then for each scope, hundred subscriptions and page.

        The connection: login = client id, password = client secret, ``extra.tenant_id``; a password alone is a token;
        none of them leaves it to the environment (managed identity). host = another ARM endpoint.

        Raises
        ------
        NotYetPublished
            While the month lies after the range that Azure offers.
        SourceError
            When the month lies before it, when the credential is refused, or after five attempts.
        """
        wait_for_its_end(period, source.id)
        ask = _asker(secrets, source.id)
        month = bounds(period)[0].isoformat()
        offered = ask(lambda api, named: api.query_carbon_emission_data_available_date_range(**named))
        first, last = str(offered.get("startDate", "")), str(offered.get("endDate", ""))
        if month > last:
            raise base.NotYetPublished(f"{source.id}: Azure offers {first} to {last}, not {period} yet")
        if month < first:
            raise SourceError(
                f"{source.id}: Azure offers {first} to {last}; {period} is past: drop the answers saved then, if any"
            )
        for request in source.requests:
            options = source.options_for(request)
            found = [
                {
                    "asked": {"scope": scope, "month": month, "subscriptions": part, "page": page},
                    "answer": said,
                }
                for scope in SCOPES
                for part in _calls(options, source.id, request)
                for page, said in enumerate(_pages(ask, scope, month, part, source.id), start=1)
            ]
            for number_, one in enumerate(found, start=1):
                name = f"carbonEmissionReports-{period}-{one['asked']['scope']}-{number_}.json"
                data = json.dumps(one, ensure_ascii=False).encode()
                yield base.Document(data, name, request, number_, len(found), options)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read a page: resources, and after them the subscriptions that Azure did not answer for: gaps, no zeros."""
        return batches(_rows(document), self.SCHEMA)


def _calls(options: Mapping[str, Any], source_id: str, request: str) -> list[list[str]]:
    subscriptions, size = options.get("subscriptions"), options.get("per_call", MAX_SUBSCRIPTIONS)
    if not isinstance(subscriptions, list) or not subscriptions:
        raise SourceError(
            f"{source_id}, request {request!r}: options.subscriptions lists no subscription; name their ids"
        )
    if not isinstance(size, int) or not 1 <= size <= MAX_SUBSCRIPTIONS:
        raise SourceError(
            f"{source_id}, request {request!r}: options.per_call is not 1 to {MAX_SUBSCRIPTIONS}"
        )
    # Azure wants lower case; one that is listed twice would be counted twice across two calls.
    ids = list(dict.fromkeys(str(one).lower() for one in subscriptions))
    return [ids[start : start + size] for start in range(0, len(ids), size)]


Asker = Callable[[Callable[[Any, dict[str, Any]], Any]], dict[str, Any]]


def _pages(
    ask: Asker, scope: str, month: str, subscriptions: list[str], source_id: str
) -> Iterator[dict[str, Any]]:
    query: dict[str, Any] = {
        "reportType": "ItemDetailsReport", "categoryType": "Resource", "orderBy": "ItemName", "sortDirection": "Asc",
        "dateRange": {"start": month, "end": month}, "carbonScopeList": [scope], "subscriptionList": subscriptions,
        "pageSize": MAX_PAGE,
    }  # fmt: skip
    tokens: list[str] = []
    items = 0
    while True:
        said = ask(partial(_report, query))
        items += len(said.get("value") or ())
        yield said
        token = said.get("skipToken")
        if not token:
            break
        if token in tokens:
            raise SourceError(f"{source_id}: Azure gave one skipToken twice; ask again later")
        tokens.append(token)
        query = query | {"skipToken": token}
    if items == CUT_AT:
        raise SourceError(
            f"{source_id}: just {CUT_AT} resources for {len(subscriptions)} subscriptions, where Azure may have cut its answer "
            "off; lower options.per_call"
        )


def _report(query: dict[str, Any], api: Any, named: dict[str, Any]) -> Any:
    return api.query_carbon_emission_reports(query, **named)


def _asker(secrets: base.Secrets, source_id: str) -> Asker:
    """Give what asks through the official SDK and gives the answer as it came, patiently."""
    from azure.core import exceptions as azure
    from azure.mgmt.carbonoptimization import CarbonOptimizationMgmtClient

    host = secrets.host.rstrip("/") or HOST
    # Patience is ours, as with every source: the SDK's own would wait beside it.
    client = CarbonOptimizationMgmtClient(
        credential(secrets, source_id), base_url=host, credential_scopes=[f"{host}/.default"], retry_total=0
    )
    named: dict[str, Any] = {"cls": lambda response, *rest: response.http_response.json()}
    if host.startswith(("http://127.0.0.1:", "http://localhost:")):
        named["enforce_https"] = False
    elif not host.startswith("https://"):
        raise SourceError(f"{source_id}: the connection's host must begin with https://, or be left out")

    def once(call: Callable[[Any, dict[str, Any]], Any]) -> Any:
        try:
            return call(client.carbon_service, dict(named))
        except (azure.ServiceRequestError, azure.ServiceResponseError, azure.IncompleteReadError) as error:
            raise Again(f"connection broke ({type(error).__name__})") from None
        except azure.HttpResponseError as error:
            status = error.status_code or 0
            if status in (401, 403) or isinstance(error, azure.ClientAuthenticationError):
                raise SourceError(
                    f"{source_id}: Azure refuses the credential (HTTP {status or 'none: no token'}); it has expired, or lacks "
                    "the role Carbon Optimization Reader: see docs/sources/azure.md"
                ) from None
            headers = getattr(error.response, "headers", {})
            raise failure(status, headers, str(error.message), source_id) from None
        except ValueError:
            raise Again("the body was cut short") from None

    return lambda call: patiently(lambda: once(call), source_id)


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    given = answer(document)
    asked, said = (given.get(part) if isinstance(given, dict) else None for part in ("asked", "answer"))
    if not isinstance(asked, dict) or not isinstance(said, dict):
        raise base.ParseError(
            f"{document.name}: no object with the fields 'asked' and 'answer'; the answer alone does not say its scope and month"
        )
    place = {"month": _month(asked, document.name), "scope": _scope(asked, document.name)}
    named = asked.get("subscriptions")
    wanted = {str(one).lower() for one in named} if isinstance(named, list) else None
    seen: dict[str, int] = {}
    row = 0
    for row, item in enumerate(listed(document, said, "value"), start=1):
        try:
            line = _line(item, wanted)
            first = seen.setdefault(line["resource_id"].lower(), row)
            if first != row:
                raise RowError(
                    "resourceId",
                    line["resource_id"],
                    f"stands twice, duplicate of row {first}",
                    "ask for the month again",
                )
            yield {"document_row": row, "decision": "Allowed"} | place | line
        except RowError as error:
            yield error.reject(row, json.dumps(item, sort_keys=True, ensure_ascii=False))
    decided: set[str] = set()
    for decision in said.get(DECISIONS) or ():
        row += 1
        try:
            gap = _decision(decision)
            decided.add(gap["subscription_id"])
            if gap["decision"] != "Allowed":
                yield {"document_row": row} | place | gap
        except RowError as error:
            yield error.reject(row, json.dumps(decision, sort_keys=True, ensure_ascii=False))
    # Later pages need not repeat the decisions.
    if asked.get("page", 1) == 1:
        for missing in sorted((wanted or set()) - decided):
            row += 1
            gap = {
                "subscription_id": missing,
                "decision": "Unanswered",
                "denial_reason": "Azure does not mention it",
            }
            yield {"document_row": row} | place | gap


def _decision(decision: Any) -> dict[str, Any]:
    if not isinstance(decision, dict) or not decision.get("subscriptionId"):
        raise RowError(DECISIONS, decision, "names no subscription", "ask for the month again")
    return {
        "subscription_id": str(decision["subscriptionId"]).lower(),
        "decision": str(decision.get("decision")),
        "denial_reason": str(decision.get("denialReason") or "no reason given"),
    }


def _month(asked: Mapping[str, Any], name: str) -> Any:
    try:
        first = bounds(str(asked.get("month", ""))[:7])[0]
    except ValueError:
        raise base.ParseError(
            f"{name}, field asked.month: {asked.get('month')!r} is no month; write the first day asked for"
        ) from None
    return first


def _scope(asked: Mapping[str, Any], name: str) -> str:
    if asked.get("scope") not in SCOPES:
        raise base.ParseError(
            f"{name}, field asked.scope: {asked.get('scope')!r} is not one of {', '.join(SCOPES)}; ask for one scope "
            "at a time, the answer is the sum of those asked for"
        )
    return str(asked["scope"]).removeprefix("Scope")


def _line(item: Any, wanted: set[str] | None) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise RowError("value", str(item), "is no object", "ask for the month again")
    if item.get("dataType") not in (None, "ResourceItemDetailsData"):
        raise RowError(
            "dataType",
            str(item["dataType"]),
            "is not ResourceItemDetailsData",
            "ask for categoryType Resource",
        )
    line: dict[str, Any] = {ours: text(theirs, item.get(theirs)) for theirs, ours in TEXTS.items()}
    subscription = text("subscriptionId", item.get("subscriptionId"))
    for field, value in (("resourceId", line["resource_id"]), ("subscriptionId", subscription)):
        if value is None:
            raise RowError(field, "", "is missing", "ask for the month again")
    line["subscription_id"] = str(subscription).lower()
    if wanted is not None and line["subscription_id"] not in wanted:
        raise RowError("subscriptionId", subscription, "was not asked for", "ask for the month again")
    figure = item.get("latestMonthEmissions")
    if not isinstance(figure, int | float | None) or isinstance(figure, bool):
        raise RowError("latestMonthEmissions", figure, "is no number", "ask for the month again")
    line["kg_co2e"] = number(
        "latestMonthEmissions", None if figure is None else str(figure), minimum=0, maximum=MAX_KG
    )
    if line["kg_co2e"] is None:
        raise RowError("latestMonthEmissions", "", "is missing", "ask for the month again")
    return line


connector = Connector()
