"""What the bills of all providers share: FOCUS columns, usage lines in three charge periods, labels, the file."""

from __future__ import annotations

import calendar
import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from examples.orselia.story import MONTHS, month_end, month_start, rng, write

NEW_VERSION = "2025-07"
"""From this month the bills are FOCUS 1.2, before it 1.0."""

Charge = dict[str, str | float | None]
COLUMNS_1_0 = (
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency",
    "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription",
    "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory",
    "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus", "CommitmentDiscountType",
    "ConsumedQuantity", "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost",
    "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit",
    "ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType",
    "ServiceCategory", "ServiceName", "SkuId", "SkuPriceId", "SubAccountId", "SubAccountName", "Tags",
)  # fmt: skip
COLUMNS_1_2 = tuple(sorted((
    *COLUMNS_1_0, "BillingAccountType", "CapacityReservationId", "CapacityReservationStatus",
    "CommitmentDiscountQuantity", "CommitmentDiscountUnit", "InvoiceId", "PricingCurrency",
    "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice",
    "ServiceSubcategory", "SkuMeter", "SkuPriceDetails", "SubAccountType",
)))  # fmt: skip
UNTAGGED = 0.15


@dataclass(frozen=True)
class Bill:
    """Who bills whom, and how the file writes a null and its own columns."""

    source: str
    account: str
    account_name: str
    provider: str
    issuer: str
    currency: str
    null: str = ""
    own_columns: tuple[str, ...] = ()
    account_id: str = ""
    """How the file writes the account, where that isn't the name under which it is asked for."""
    sub_account_type: str = "Account"


@dataclass(frozen=True)
class Line:
    """A resource's metered use: quantity and list price, in the bill's currency, of its first month."""

    service: str
    category: str
    sub_account: str
    region: str
    resource: str
    sku: str
    unit: str
    quantity: float
    price: float
    growth: float = 1.0
    first: str = "2024-10"
    last: str = "2026-10"
    project: str | None = ""
    """On the label; empty for the business, none where nobody labels."""

    paid: float = 0.9
    """Effective over list cost; 0 where credits cover all."""
    more: tuple[tuple[str, str], ...] = field(default=())
    """Further columns."""


def charges(bill: Bill, lines: Iterable[Line], month: str) -> list[Charge]:
    """Give the usage rows of a month: each living line in three charge periods."""
    rows: list[Charge] = []
    last = calendar.monthrange(*map(int, month.split("-")))[1]
    for line in lines:
        if not line.first <= month <= line.last:
            continue
        amount = line.quantity * line.growth ** (MONTHS.index(month) - MONTHS.index(line.first))
        for first, days in ((1, 10), (11, 10), (21, last - 20)):
            noise = rng("bills", bill.source, line.resource, line.sku, month, str(first)).random()
            quantity = round(amount * days / last * (0.95 + 0.1 * noise), 6)
            rows.append(_usage(bill, line, quantity) | _days(month, first, first + days))
    return rows


def special(category: str, service: str, description: str, cost: float, **more: str | float | None) -> Charge:
    """Make a charge that no use causes: tax, support, a credit, a purchase, something from the marketplace."""
    return {
        "ChargeCategory": category,
        "ChargeDescription": description,
        "ChargeFrequency": "Recurring" if category == "Purchase" else "One-Time",
        "ServiceName": service,
        "ServiceCategory": "Other",
        "PricingCategory": "Other",
        "BilledCost": cost,
        "EffectiveCost": cost,
        "ListCost": cost,
        "ContractedCost": cost,
    } | more


def document(bill: Bill, month: str, rows: Iterable[Charge]) -> bytes:
    """Write one bill; a column that its version of FOCUS doesn't have is left out.

    Raises
    ------
    KeyError
        When a charge has a column that the bill never has.
    """
    new = month >= NEW_VERSION
    columns = (*(COLUMNS_1_2 if new else COLUMNS_1_0), *bill.own_columns)
    allowed = {*COLUMNS_1_2, *bill.own_columns}
    lines = [",".join(columns)]
    for row in rows:
        filled = _common(bill, month) | row
        if unknown := set(filled) - allowed:
            raise KeyError(f"{bill.source}: {unknown}")
        lines.append(",".join(_cell(filled.get(column), "" if new else bill.null) for column in columns))
    return gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)


def write_bill(root: Path, bill: Bill, month: str, rows: Iterable[Charge]) -> None:
    """Write one bill into the inbox."""
    name = f"focus-{month}.csv.gz"
    write(root, (bill.source, bill.account, month, name), document(bill, month, rows))


def stamp(month: str, day: int) -> str:
    """Write midnight of a day (one past the end is the next month's first) as the month's version does."""
    at = month_end(month) if day > (month_end(month) - month_start(month)).days else None
    at = at or month_start(month).replace(day=day)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if month >= NEW_VERSION else f"{at:%Y-%m-%d %H:%M:%S}"


def previous(month: str) -> str:
    """Name the month before."""
    return MONTHS[MONTHS.index(month) - 1]


def _days(month: str, first: int, end: int) -> Charge:
    return {"ChargePeriodStart": stamp(month, first), "ChargePeriodEnd": stamp(month, end)}


def _common(bill: Bill, month: str) -> Charge:
    whole = _days(month, 1, 32)
    return whole | {
        "BillingAccountId": bill.account_id or bill.account,
        "BillingAccountName": bill.account_name,
        "BillingAccountType": "Billing account",
        "BillingCurrency": bill.currency,
        "BillingPeriodStart": whole["ChargePeriodStart"],
        "BillingPeriodEnd": whole["ChargePeriodEnd"],
        "InvoiceId": f"{bill.account[-6:]}-{month.replace('-', '')}",
        "InvoiceIssuerName": bill.issuer,
        "PricingCurrency": bill.currency,
        "ProviderName": bill.provider,
        "PublisherName": bill.issuer,
        "SubAccountType": bill.sub_account_type,
    }


def _usage(bill: Bill, line: Line, quantity: float) -> Charge:
    listed = quantity * line.price
    charge: Charge = {
        "ChargeCategory": "Usage",
        "ChargeDescription": f"{line.service}: {line.sku}",
        "ChargeFrequency": "Usage-Based",
        "PricingCategory": "Standard",
        "ServiceName": line.service,
        "ServiceCategory": line.category,
        "SubAccountId": line.sub_account,
        "RegionId": line.region,
        "ResourceId": line.resource,
        "SkuId": line.sku,
        "SkuMeter": line.sku,
        "ConsumedQuantity": quantity,
        "ConsumedUnit": line.unit,
        "PricingQuantity": quantity,
        "PricingUnit": line.unit,
        "ListUnitPrice": line.price,
        "ContractedUnitPrice": line.price,
        "PricingCurrencyListUnitPrice": line.price,
        "PricingCurrencyContractedUnitPrice": line.price,
        "ListCost": listed,
        "ContractedCost": listed,
        "EffectiveCost": listed * line.paid,
        "PricingCurrencyEffectiveCost": listed * line.paid,
        "BilledCost": listed * line.paid,
        "Tags": tags(bill, line),
    }
    return charge | dict(line.more)


def tags(bill: Bill, line: Line) -> str | None:
    """Give the labels of a resource, the same every month: some have none, the key of the project is spelled anyhow."""
    chance = rng("tags", bill.source, line.resource)
    if chance.random() < UNTAGGED or line.project is None:
        return None
    spelled = chance.choice(("Project", "project", "PROJECT"))
    labels = {spelled: line.project} if line.project else {"Application": "business"}
    return json.dumps({"env": chance.choice(("prod", "dev")), **labels})


def _cell(value: str | float | None, null: str) -> str:
    if value is None or value == "":
        return null
    if not isinstance(value, str):
        return f"{value:.8f}"
    return '"' + value.replace('"', '""') + '"' if any(mark in value for mark in ',"') else value
