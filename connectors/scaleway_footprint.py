"""Scaleway's environmental footprint: the month's impact of one organization, per SKU, in kg CO2e and m³ of water."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import requests

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._http import SourceError
from connectors._options import accounting_basis
from connectors._patience import BROKEN, Again, failure, patiently
from connectors._periods import bounds, wait_for_its_end

# The answer's levels from the outside in: the key that names a node, and the field of its total.
TOTALS = {
    "organization": "total_impact", "project": "total_project_impact", "region": "total_region_impact",
    "zone": "total_zone_impact",
}  # fmt: skip
FIGURES = {"kg_co2_equivalent": "kg_co2e", "m3_water_usage": "water_m3"}
TEXTS = ("project_id", "region", "zone", "sku", "service_category", "product_category", "accounting_basis")
# One SKU of one project: ten thousand tonnes, or as many m³, in a month is another unit.
MAX_FIGURE = 1e7


class Connector(base.Connector):
    """One request is one organization, one connection its key; see ``docs/sources/scaleway.md``."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("month", pa.date32())]
        + [(name, pa.string()) for name in TEXTS]
        + [(name, pa.float64()) for name in FIGURES.values()]
        + [(f"{level}_{name}", pa.float64()) for level in TOTALS for name in FIGURES.values()]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the organization's month once Scaleway lists its report; the answer has no pages.

        The connection: login = access key, password = secret key, ``extra.organization_id``; host = another API URL.

        Raises
        ------
        NotYetPublished
            Before the month has ended, while Scaleway lists no report of it, and while the answer holds no project.
        SourceError
            When the key is refused, or after five attempts.
        """
        if len(source.requests) != 1:
            raise SourceError(
                f"{source.id}: the key belongs to one organization, but {len(source.requests)} requests are configured; "
                "make one source with its own connection per organization"
            )
        wait_for_its_end(period, source.id)
        request = source.requests[0]
        api = _api(secrets, source.id)
        # The SDK would write a datetime with a space; the API asks for ISO 8601.
        start, end = (f"{day}T00:00:00Z" for day in bounds(period))
        # This route's end is inclusive: its own month is enough.
        available = patiently(
            lambda: api.get_impact_report_availability(start_date=start, end_date=start), source.id
        )
        if period not in {str(month)[:7] for month in available.month_summary_reports or ()}:
            raise base.NotYetPublished(f"{source.id}: Scaleway lists no report of {period} yet")
        answer = patiently(lambda: api.get_impact_data(start_date=start, end_date=end), source.id)
        if not answer.projects:
            raise base.NotYetPublished(f"{source.id}: Scaleway's answer for {period} holds no project yet")
        # Landed as it came: the SDK's objects read a missing figure as zero.
        yield base.Document(api.body, f"impact-{period}.json", request, options=source.options_for(request))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read the leaves, each with its ancestors' totals beside it: a total is a check and never a row."""
        return batches(_rows(document), self.SCHEMA)


def _api(secrets: base.Secrets, source_id: str) -> Any:
    from scaleway import Client
    from scaleway.environmental_footprint.v1alpha1 import EnvironmentalFootprintV1Alpha1UserAPI

    class Api(EnvironmentalFootprintV1Alpha1UserAPI):  # type: ignore[misc]
        """The SDK's API, whose answers' bytes are kept and whose errors are told apart."""

        body = b""

        def _request(self, *arguments: Any, **named: Any) -> requests.Response:
            try:
                answer: requests.Response = super()._request(*arguments, **named)
            except BROKEN as error:
                raise Again(f"connection broke ({type(error).__name__})") from None
            if answer.status_code in (401, 403):
                raise SourceError(
                    f"{source_id}: Scaleway refuses the key (HTTP {answer.status_code}); it has expired, was deleted, or its "
                    "policy lacks EnvironmentalImpactReadOnly: see docs/sources/scaleway.md"
                )
            if not answer.ok:
                raise failure(answer.status_code, answer.headers, answer.text, source_id)
            self.body = answer.content
            return answer

    try:
        return Api(
            Client(
                access_key=secrets.login,
                secret_key=secrets.password,
                default_organization_id=str(secrets.extra.get("organization_id") or ""),
                api_url=secrets.host.rstrip("/") or "https://api.scaleway.com",
            )
        )
    except ValueError:
        # The SDK's text repeats the key.
        raise SourceError(
            f"{source_id}: the connection needs login = access key (SCW…), password = secret key (a UUID) and "
            "extra.organization_id (a UUID)"
        ) from None


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    answer = _answer(document)
    basis = accounting_basis(document)
    month = _month(answer, document.name)
    seen: dict[tuple[Any, ...], int] = {}
    for row, (leaf, place, totals) in enumerate(_leaves(answer, document.name), start=1):
        text = json.dumps({**place, "leaf": leaf}, sort_keys=True, ensure_ascii=False)
        try:
            line = _line(leaf)
            first = seen.setdefault((*place.values(), line["sku"]), row)
            if first != row:
                raise RowError(
                    "sku", line["sku"], f"stands twice, duplicate of row {first}", "ask for the month again"
                )
            yield {"document_row": row, "month": month, "accounting_basis": basis} | place | totals | line
        except RowError as error:
            yield error.reject(row, text)


def _answer(document: base.Document) -> Mapping[str, Any]:
    try:
        answer = json.load(document.open())
    except UnicodeDecodeError as error:
        raise base.ParseError(f"{document.name}: not UTF-8 ({error.reason}); fetch it again") from None
    except (ValueError, EOFError, OSError, zlib.error) as error:
        raise base.ParseError(
            f"{document.name}: not a whole JSON answer ({error}); it is empty, truncated, or no answer of the API with "
            "its header fields: fetch it again"
        ) from None
    if not isinstance(answer, dict):
        raise base.ParseError(f"{document.name}: no JSON object with a field 'projects'; fetch it again")
    return answer


def _month(answer: Mapping[str, Any], name: str) -> Any:
    start, end = str(answer.get("start_date", ""))[:10], str(answer.get("end_date", ""))[:10]
    try:
        first, after = bounds(start[:7])
    except ValueError:
        raise base.ParseError(f"{name}, field start_date: {start!r} is not a date; fetch it again") from None
    if (start, end) != (str(first), str(after)):
        raise base.ParseError(
            f"{name}, field end_date: {start} to {end} is not one calendar month (the end is exclusive); ask for "
            f"{first} to {after}"
        )
    return first


Leaf = tuple[Mapping[str, Any], dict[str, Any], dict[str, float]]


def _leaves(answer: Mapping[str, Any], name: str) -> Iterator[Leaf]:
    """Give each SKU once: of a region those that stand in no zone, and those of its zones."""
    outer = _total(answer, "organization", name)
    for project in _list(answer, "projects", name):
        place: dict[str, Any] = {"project_id": _named(project, "project_id", name)}
        of_project = outer | _total(project, "project", name)
        for region in _list(project, "regions", name):
            here = place | {"region": _named(region, "region", name), "zone": None}
            of_region = of_project | _total(region, "region", name)
            # An empty list may be left out; one that was renamed shows in the totals, which the suite compares.
            for sku in _list(region, "skus", name, may_lack=True):
                yield sku, here, of_region
            for zone in _list(region, "zones", name, may_lack=True):
                there = here | {"zone": _named(zone, "zone", name)}
                of_zone = of_region | _total(zone, "zone", name)
                for sku in _list(zone, "skus", name, may_lack=True):
                    yield sku, there, of_zone


def _list(node: Mapping[str, Any], field: str, name: str, may_lack: bool = False) -> list[Mapping[str, Any]]:
    nodes = node.get(field)
    if nodes is None and may_lack:
        return []
    if not isinstance(nodes, list) or not all(isinstance(one, dict) for one in nodes):
        raise base.ParseError(
            f"{name}, field {field!r}: a list of objects is missing; was it renamed? compare with docs/sources"
        )
    return nodes


def _named(node: Mapping[str, Any], field: str, name: str) -> str:
    if not node.get(field):
        raise base.ParseError(
            f"{name}, field {field!r}: is missing; was it renamed? compare with docs/sources"
        )
    return str(node[field])


def _total(node: Mapping[str, Any], level: str, name: str) -> dict[str, float]:
    field = TOTALS[level]
    impact = node.get(field)
    if not isinstance(impact, dict) or not all(isinstance(impact.get(f), int | float) for f in FIGURES):
        raise base.ParseError(
            f"{name}, field {field!r}: the {level}'s total lacks {' or '.join(FIGURES)}; fetch the month again"
        )
    return {f"{level}_{ours}": float(impact[theirs]) for theirs, ours in FIGURES.items()}


def _line(leaf: Mapping[str, Any]) -> dict[str, Any]:
    impact = leaf.get("total_sku_impact")
    line: dict[str, Any] = {}
    for theirs, ours in FIGURES.items():
        value = impact.get(theirs) if isinstance(impact, dict) else None
        line[ours] = number(theirs, None if value is None else str(value), minimum=0, maximum=MAX_FIGURE)
        if line[ours] is None:
            raise RowError(
                f"total_sku_impact.{theirs}", "", "is missing", "ask for the month again, or ask Scaleway"
            )
    for field in ("sku", "service_category", "product_category"):
        if not leaf.get(field):
            raise RowError(field, "", "is empty", "ask for the month again, or ask Scaleway")
        line[field] = str(leaf[field])
    return line


connector = Connector()
