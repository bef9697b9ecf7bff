"""One batch of a FOCUS export: from the provider's columns to typed rows and rejects."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectors._batches import RowError
from connectors._columns import Faults, each, numbers, texts
from connectors._labels import fold, labels
from connectors.base import Reject

TEXTS = {
    "BillingAccountId": "billing_account_id", "SubAccountId": "sub_account_id", "RegionId": "region_id",
    "RegionName": "region_name", "ProviderName": "provider_name", "ServiceProviderName": "service_provider_name",
    "HostProviderName": "host_provider_name", "PublisherName": "publisher_name", "ServiceName": "service_name",
    "ServiceCategory": "service_category", "ServiceSubcategory": "service_subcategory",
    "x_ServiceCode": "x_service_code", "x_ServiceId": "x_service_id", "SkuId": "sku_id", "SkuMeter": "sku_meter",
    "x_UsageType": "x_usage_type", "x_SkuMeterName": "x_sku_meter_name", "x_SkuDescription": "x_sku_description",
    "ChargeDescription": "charge_description", "ResourceId": "resource_id", "ResourceType": "resource_type",
    "ChargeClass": "charge_class", "PricingCategory": "pricing_category",
    "CommitmentDiscountId": "commitment_discount_id", "CommitmentDiscountStatus": "commitment_discount_status",
    "ConsumedUnit": "consumed_unit", "PricingUnit": "pricing_unit",
}  # fmt: skip
COSTS = {
    "ListCost": "list_cost", "EffectiveCost": "effective_cost", "ContractedCost": "contracted_cost",
    "BilledCost": "billed_cost",
}  # fmt: skip
QUANTITIES = {"ConsumedQuantity": "consumed_quantity", "PricingQuantity": "pricing_quantity"}
MOMENTS = {"ChargePeriodStart": "charge_period_start", "ChargePeriodEnd": "charge_period_end"}
# Where the machine's model stands: a column of its own, or a key of a JSON text. Azure says ServiceType.
INSTANCE = dict.fromkeys(("instancetype", "xinstancetype", "servicetype"), "type")
INSTANCE_JSON = ("SkuPriceDetails", "x_SkuDetails")
USED = (*TEXTS, *COSTS, *QUANTITIES, *MOMENTS, "ChargeCategory", "BillingCurrency", "Tags", "x_InstanceType",
        *INSTANCE_JSON)  # fmt: skip
# Mandatory in every version from 1.0 to 1.3 and needed here; the provider's name moved in 1.3.
MANDATORY = (
    "BillingAccountId", "BillingCurrency", "ChargeCategory", "ChargeClass", *MOMENTS, *COSTS, "PricingQuantity",
    "PricingUnit", "ServiceCategory", "ServiceName",
)  # fmt: skip
CATEGORIES = ("adjustment", "credit", "purchase", "tax", "usage")
TAG_KEYS = ("project", "cost_center", "phase", "environment", "team")

# A billion of any currency in one charge line, or 10^16 of any unit, is a fault of the export.
MAX_COST, MAX_QUANTITY = 1e9, 1e16
FIRST_YEAR, LAST_YEAR = 2010, 2100

SCHEMA = pa.schema(
    [("document_row", pa.int64())]
    + [(name, pa.timestamp("us")) for name in MOMENTS.values()]
    + [
        ("charge_category", pa.string()),
        ("billing_currency", pa.string()),
        ("declared_provider", pa.string()),
    ]
    + [(name, pa.string()) for name in TEXTS.values()]
    + [("instance_type", pa.string()), ("labels", pa.string()), ("tags_fault", pa.string())]
    + [(name, pa.float64()) for name in (*COSTS.values(), *QUANTITIES.values())]
)


def typed(
    rows: pa.Array, raw: Mapping[str, pa.Array], options: Mapping[str, Any]
) -> tuple[pa.RecordBatch, list[Reject]]:
    """Check and convert a batch; tags are cut down to ``options['tag_keys']`` and never kept whole.

    A row with broken tags is kept without labels, its fault named in ``tags_fault``: its cost must not be lost.
    """
    faults, nothing = Faults(), pa.nulls(len(rows), pa.string())
    made: dict[str, pa.Array] = {"document_row": rows}
    made["declared_provider"] = pa.array([options.get("provider")] * len(rows), pa.string())
    for name, ours in TEXTS.items():
        made[ours] = texts(raw[name]) if name in raw else nothing
    for name, ours in MOMENTS.items():
        made[ours] = _moments(raw[name], name, faults)
    for name, ours in COSTS.items():
        needed = name in ("EffectiveCost", "BilledCost")
        made[ours] = numbers(raw[name], name, MAX_COST, faults, needed)
    for name, ours in QUANTITIES.items():
        column = raw.get(name)
        made[ours] = numbers(nothing if column is None else column, name, MAX_QUANTITY, faults)
    made["charge_category"] = each(texts(raw["ChargeCategory"]), pa.string(), _category, faults)
    made["billing_currency"] = each(texts(raw["BillingCurrency"]), pa.string(), _currency, faults)
    account = made["billing_account_id"]
    faults.ask(pc.is_null(account), account, partial(_refuse, "BillingAccountId", "is empty"))
    late = pc.less(made["charge_period_end"], made["charge_period_start"])
    faults.ask(
        late, raw["ChargePeriodEnd"], partial(_refuse, "ChargePeriodEnd", "is before ChargePeriodStart")
    )
    made["instance_type"] = _instance_type(raw, nothing)
    keys = options.get("tag_keys") or TAG_KEYS
    made["labels"], made["tags_fault"] = _labels(raw.get("Tags", nothing), keys)
    batch = pa.RecordBatch.from_arrays([made[field.name] for field in SCHEMA], schema=SCHEMA)
    return faults.split(batch, rows, {name: column for name, column in raw.items() if name != "Tags"})


def _labels(tags: pa.Array, keys: Iterable[str]) -> tuple[pa.Array, pa.Array]:
    return labels(texts(tags) if pa.types.is_string(tags.type) else tags, {fold(key): key for key in keys})


def _instance_type(raw: Mapping[str, pa.Array], nothing: pa.Array) -> pa.Array:
    found = [texts(raw["x_InstanceType"])] if "x_InstanceType" in raw else [nothing]
    for name in INSTANCE_JSON:
        if name in raw:
            picked, _ = labels(raw[name], INSTANCE)
            found.append(
                each(picked, pa.string(), lambda text: json.loads(text)["type"] if text else None, Faults())
            )
    return pc.coalesce(*found)


def _moments(column: pa.Array, field: str, faults: Faults) -> pa.Array:
    """Read times as UTC; a text without a zone is UTC, as FOCUS says."""
    if not pa.types.is_temporal(column.type):
        return each(texts(column), pa.timestamp("us"), partial(_moment, field), faults)
    moments = pc.cast(column, pa.timestamp("us"), safe=False)
    years = pc.year(moments)
    wrong = pc.invert(pc.and_(pc.greater_equal(years, FIRST_YEAR), pc.less_equal(years, LAST_YEAR)))
    faults.ask(pc.fill_null(wrong, True), moments, partial(_moment, field))
    return moments


def _moment(field: str, text: str | None) -> dt.datetime:
    plain = re.sub(r"\s*UTC$", "", (text or "").strip())
    try:
        moment = dt.datetime.fromisoformat(plain)
    except ValueError:
        raise RowError(
            field,
            text or "",
            "is not a time like 2026-09-01T00:00:00Z",
            "export it as FOCUS says: ISO 8601, UTC",
        ) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise RowError(
            field, plain, f"is not between {FIRST_YEAR} and {LAST_YEAR}", "correct it at the source"
        )
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _category(text: str | None) -> str:
    category = (text or "").strip().lower()
    if category not in CATEGORIES:
        raise RowError(
            "ChargeCategory",
            text or "",
            f"is not one of {', '.join(CATEGORIES)}",
            "export FOCUS 1.0 or newer",
        )
    return category


def _currency(text: str | None) -> str:
    code = (text or "").strip()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise RowError(
            "BillingCurrency", text or "", "is not an ISO 4217 code", "export it in the billing currency"
        )
    return code


def _refuse(field: str, reason: str, text: str | None) -> None:
    raise RowError(field, text or "", reason, "export the month again")
