"""AWS's Sustainability API: a month's estimated emissions by account, region and service, page by page."""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from connectors import _aws_lines, base
from connectors._aws import client, explained
from connectors._batches import RowError, batches

VALUES = {
    "TOTAL_SCOPE_1_CARBON_EMISSIONS": "scope1_t_co2e",
    "TOTAL_SCOPE_2_LBM_CARBON_EMISSIONS": "scope2_location_t_co2e",
    "TOTAL_SCOPE_2_MBM_CARBON_EMISSIONS": "scope2_market_t_co2e",
    "TOTAL_SCOPE_3_LBM_CARBON_EMISSIONS": "scope3_location_t_co2e",
    "TOTAL_SCOPE_3_MBM_CARBON_EMISSIONS": "scope3_market_t_co2e",
    "TOTAL_LBM_CARBON_EMISSIONS": "total_location_t_co2e",
    "TOTAL_MBM_CARBON_EMISSIONS": "total_market_t_co2e",
}
DIMENSIONS = ("USAGE_ACCOUNT_ID", "REGION", "SERVICE")
PAGE_ROWS = 1000


class Connector(base.Connector):
    """One request is one account id, or ``all`` for every account that the identity may see."""

    SCHEMA = _aws_lines.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month and page through the answer; each page is a document.

        Raises
        ------
        NotYetPublished
            When no request has results for the month yet.
        SourceError
            When AWS refuses, or after five attempts.
        """
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        found = False
        for request in source.requests:
            question: dict[str, Any] = {
                "TimePeriod": {"Start": start, "End": end}, "GroupBy": list(DIMENSIONS), "Granularity": "MONTHLY",
                "EmissionsTypes": list(VALUES),
            }  # fmt: skip
            if re.fullmatch(r"\d{12}", request):
                question["FilterBy"] = {"Dimensions": {"USAGE_ACCOUNT_ID": [request]}}
            with explained(f"{source.id} ({request}, {period})"):
                pager = client("sustainability", secrets).get_paginator("get_estimated_carbon_emissions")
                asked = pager.paginate(**question, PaginationConfig={"PageSize": PAGE_ROWS})
                # How many pages there are is known only when the last one is in.
                pages = [page["Results"] for page in asked]
            filled = [page for page in pages if page]
            for part, page in enumerate(filled, start=1):
                found = True
                body = json.dumps(
                    {"Results": page}, default=_written, sort_keys=True, ensure_ascii=False, indent=1
                )
                name = f"estimated-carbon-emissions-{period}-{part}.json"
                yield base.Document(body.encode(), name, request, part, len(filled), {"usage_period": period})
        if not found:
            raise base.NotYetPublished(f"{source.id}: AWS has no results for {period} yet")

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page of results."""
        return batches(_checked(document), self.SCHEMA)


def _written(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _results(document: base.Document) -> list[Any]:
    try:
        answer = json.load(document.open())
    except UnicodeDecodeError as error:
        raise base.ParseError(f"{document.name}: not UTF-8 ({error.reason}); fetch it again") from None
    except (ValueError, EOFError, OSError, zlib.error) as error:
        raise base.ParseError(
            f"{document.name}: not a whole JSON answer ({error}); it is empty or truncated, fetch it again"
        ) from None
    if not isinstance(answer, dict) or not isinstance(answer.get("Results"), list):
        raise base.ParseError(f"{document.name}, field Results: missing; it is not an answer of this API")
    return list(answer["Results"])


def _checked(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    seen: dict[tuple[object, ...], int] = {}
    for row, result in enumerate(_results(document), start=1):
        text = json.dumps(result, ensure_ascii=False)
        if not isinstance(result, dict) or not all(
            isinstance(result.get(key), dict) for key in ("TimePeriod", "DimensionsValues", "EmissionsValues")
        ):
            raise base.ParseError(
                f"{document.name}, result {row}: field TimePeriod, DimensionsValues or EmissionsValues is missing; "
                "the API's shape has changed: compare with docs/sources/aws.md"
            )
        try:
            line = _line(result, document.options.get("usage_period"))
            claim = (line["account_id"], line["region_code"], line["product_code"], line["period_month"])
            first = seen.setdefault(claim, row)
            if first != row:
                raise RowError("DimensionsValues", list(claim[:3]), f"duplicate of row {first}",
                               "ask AWS support why a group stands twice")  # fmt: skip
            yield {"document_row": row} | line
        except RowError as error:
            yield error.reject(row, text)


def _line(result: Mapping[str, Any], asked: str | None) -> dict[str, Any]:
    dimensions, values = result["DimensionsValues"], result["EmissionsValues"]
    unknown = sorted(set(values) - set(VALUES))
    if unknown:
        raise RowError("EmissionsValues", unknown[0], "is unknown", "compare with docs/sources/aws.md")
    line: dict[str, Any] = {
        "period_month": _month(result["TimePeriod"], asked),
        "account_id": _aws_lines.account("USAGE_ACCOUNT_ID", dimensions.get("USAGE_ACCOUNT_ID")),
        "region_code": dimensions.get("REGION") or None,
        "product_code": dimensions.get("SERVICE") or None,
        "model_version": _aws_lines.model_version("ModelVersion", result.get("ModelVersion")),
    }
    for theirs, ours in VALUES.items():
        stated = values.get(theirs)
        if stated is not None and not isinstance(stated, dict):
            raise RowError(theirs, stated, "has no Value and Unit", "fetch it again")
        line[ours] = _aws_lines.tonnes(theirs, (stated or {}).get("Value"), (stated or {}).get("Unit"))
    if all(line[name] is None for name in _aws_lines.MEASURES):
        raise RowError("EmissionsValues", "", "holds no figure", "fetch it again")
    return line


def _month(stated: Mapping[str, Any], asked: str | None) -> dt.date:
    text, until = str(stated.get("Start") or ""), str(stated.get("End") or "")
    try:
        start, end = dt.date.fromisoformat(text[:10]), dt.date.fromisoformat(until[:10])
    except ValueError:
        raise RowError("TimePeriod", f"{text} {until}", "is not a pair of dates", "fetch it again") from None
    following = (start.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    if start.day != 1 or end != following:
        raise RowError("TimePeriod", f"{text} {until}", "is not one month", "ask with Granularity MONTHLY")
    if asked and f"{start:%Y-%m}" != asked:
        raise RowError("TimePeriod", text, f"is not the month asked for ({asked})", "fetch it again")
    return start


connector = Connector()
