"""The AWS bill: SageMaker jobs paid by credits, a savings plan, a correction, and what no use causes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from examples.orselia.aws import DIGITAL, MOVE, PAYER, PLACES, SCIENCE
from examples.orselia.bills import Bill, Charge, Line, charges, previous, special, stamp, write_bill
from examples.orselia.story import MONTHS

MISSING = "2026-05"
"""The month whose bill never came."""

CORRECTED = "2025-02"
"""Its bill takes back a part of the month before."""

PLAN_FROM = "2025-04"
PLAN = f"arn:aws:savingsplans::{PAYER}:savingsplan/5f1b0c77-0a52-4a4e-9a53-2d0b6e7f1c10"
PAID_BY_PLAN = ("i-0portal01", "i-0portal02")

BILL = Bill(
    "focus_aws", PAYER, "Orsélia", "AWS", "Amazon Web Services, Inc.", "USD", "NULL",
    ("x_ServiceCode", "x_UsageType", "x_Operation"),
)  # fmt: skip
NAMES = {SCIENCE: "orselia-data-science", DIGITAL: "orselia-digital"}
SERVICES = {
    "AmazonEC2": ("Amazon Elastic Compute Cloud", "Compute", "RunInstances"),
    "AmazonS3": ("Amazon Simple Storage Service", "Storage", "StandardStorage"),
    "AmazonSageMaker": ("Amazon SageMaker", "AI and Machine Learning", "RunInstance"),
    "AmazonBedrock": ("Amazon Bedrock", "AI and Machine Learning", "InvokeModelInference"),
    "AWSGlue": ("AWS Glue", "Analytics", "Jobrun"),
    "AmazonRDS": ("Amazon Relational Database Service", "Databases", "CreateDBInstance"),
    "AmazonElastiCache": ("Amazon ElastiCache", "Databases", "CreateCacheCluster"),
    "AmazonCloudFront": ("Amazon CloudFront", "Networking", "GET"),
    "OrbitalCache": ("Orbital Cache Service", "Databases", "Orbit"),
}
HOURS, GB_MONTHS, REQUESTS = "Hours", "GB-Months", "Requests"


def _line(
    account: str, region: str, code: str, usage: str, resource: str, quantity: float, price: float,
    growth: float = 1.0, unit: str = HOURS, **more: Any,
) -> Line:  # fmt: skip
    service, category, operation = SERVICES[code]
    arn = f"arn:aws:{code.removeprefix('Amazon').removeprefix('AWS').lower()}:{region}:{account}:{resource}"
    own = (
        ("SkuId", hashlib.sha256(usage.encode()).hexdigest()[:16].upper()), ("SubAccountName", NAMES[account]),
        ("RegionName", PLACES.get(region, "Europe (Frankfurt)")), ("ResourceName", resource.split("/")[-1]),
        ("x_ServiceCode", code), ("x_UsageType", usage), ("x_Operation", operation),
    )  # fmt: skip
    place = "" if region == "global" else region
    return Line(
        service, category, account, place, arn, usage, unit, quantity, price, growth, more=own, **more
    )


FREE: dict[str, Any] = {"paid": 0.0}
"""Training runs under a research agreement that costs nothing."""

IRELAND, PARIS, FRANKFURT = "eu-west-1", "eu-west-3", "eu-central-1"
LINES = (
    _line(SCIENCE, IRELAND, "AmazonEC2", "EU-BoxUsage:g4dn.xlarge", "instance/i-0fraud01", 700, 0.587, project="P-FRAUD"),
    _line(SCIENCE, IRELAND, "AmazonEC2", "EU-BoxUsage:g4dn.2xlarge", "instance/i-0claims03", 690, 0.838, project="P-CLAIMS"),
    _line(SCIENCE, IRELAND, "AmazonEC2", "EU-BoxUsage:m5.2xlarge", "instance/i-0etl02", 500, 0.428, 1.01, project="P-AIPLAT"),
    _line(SCIENCE, IRELAND, "AmazonS3", "EU-TimedStorage-ByteHrs", "orselia-lake-ie", 21000, 0.023, 1.004, GB_MONTHS,
          project="P-AIPLAT"),
    _line(SCIENCE, IRELAND, "AmazonS3", "EU-TimedStorage-ByteHrs", "orselia-scans-ie", 9000, 0.023, 1.004, GB_MONTHS,
          project="P-DOCAI"),
    _line(SCIENCE, IRELAND, "AmazonSageMaker", "EU-Train:ml.p3.8xlarge", "training-job/docai-layout", 96, 15.867, 1.03,
          last="2025-10", project="P-DOCAI", **FREE),
    _line(SCIENCE, IRELAND, "AmazonSageMaker", "EU-Host:ml.g4dn.xlarge", "endpoint/fraud-scores", 715, 0.821, 1.03,
          last="2025-10", project="P-FRAUD"),
    _line(SCIENCE, PARIS, "AmazonEC2", "EUW3-BoxUsage:g5.2xlarge", "instance/i-0claims01", 620, 1.422, 1.02, project="P-CLAIMS"),
    _line(SCIENCE, PARIS, "AmazonEC2", "EUW3-BoxUsage:g5.2xlarge", "instance/i-0assist01", 310, 1.422, 1.04,
          first="2025-06", project="P-ASSIST"),
    _line(SCIENCE, PARIS, "AmazonEC2", "EUW3-BoxUsage:c6i.4xlarge", "instance/i-0plat01", 730, 0.808, project="P-AIPLAT"),
    _line(SCIENCE, PARIS, "AmazonEC2", "EUW3-EBS:VolumeUsage.gp3", "volume/vol-0plat01", 4000, 0.0928, 1.01, GB_MONTHS,
          project="P-AIPLAT"),
    _line(SCIENCE, PARIS, "AmazonS3", "EUW3-TimedStorage-ByteHrs", "orselia-claims-media", 16000, 0.024, 1.02, GB_MONTHS,
          project="P-CLAIMS"),
    _line(SCIENCE, PARIS, "AmazonS3", "EUW3-TimedStorage-ByteHrs", "orselia-models", 7000, 0.024, 1.02, GB_MONTHS,
          project="P-AIPLAT"),
    _line(SCIENCE, PARIS, "AWSGlue", "EUW3-ETL-DPU-Hour", "job/features-daily", 900, 0.44, 1.015, project="P-AIPLAT"),
    _line(SCIENCE, PARIS, "AmazonSageMaker", "EUW3-Train:ml.g5.12xlarge", "training-job/docai-layout", 120, 8.3, 1.03,
          first=MOVE, project="P-DOCAI", **FREE),
    _line(SCIENCE, PARIS, "AmazonSageMaker", "EUW3-Train:ml.g5.12xlarge", "training-job/assist-sft", 60, 8.3, 1.05,
          first="2026-01", project="P-ASSIST", **FREE),
    _line(SCIENCE, PARIS, "AmazonSageMaker", "EUW3-Host:ml.g5.xlarge", "endpoint/fraud-scores", 720, 1.478, 1.02,
          first=MOVE, project="P-FRAUD"),
    _line(SCIENCE, FRANKFURT, "AmazonBedrock", "EUC1-TitanTextExpress-input-tokens", "application-inference-profile/assist",
          210000, 0.0008, 1.09, "1K tokens", first="2025-06", project="P-ASSIST"),
    _line(SCIENCE, FRANKFURT, "AmazonBedrock", "EUC1-TitanTextExpress-output-tokens", "application-inference-profile/assist",
          52000, 0.0016, 1.09, "1K tokens", first="2025-06", project="P-ASSIST"),
    _line(DIGITAL, IRELAND, "AmazonEC2", "EU-BoxUsage:m6i.xlarge", "instance/i-0rescue01", 730, 0.214),
    _line(DIGITAL, IRELAND, "AmazonEC2", "EU-BoxUsage:m6i.xlarge", "instance/i-0rescue02", 730, 0.214),
    _line(DIGITAL, IRELAND, "AmazonEC2", "EU-BoxUsage:c6i.2xlarge", "instance/i-0mail01", 730, 0.365),
    _line(DIGITAL, IRELAND, "AmazonRDS", "EU-InstanceUsage:db.r6g.large", "db:policies-replica", 730, 0.254),
    _line(DIGITAL, PARIS, "AmazonEC2", "EUW3-BoxUsage:m6i.2xlarge", f"instance/{PAID_BY_PLAN[0]}", 730, 0.448),
    _line(DIGITAL, PARIS, "AmazonEC2", "EUW3-BoxUsage:m6i.2xlarge", f"instance/{PAID_BY_PLAN[1]}", 730, 0.448),
    _line(DIGITAL, PARIS, "AmazonEC2", "EUW3-BoxUsage:m6i.xlarge", "instance/i-0claimsapi", 730, 0.224, project="P-CLAIMS"),
    _line(DIGITAL, PARIS, "AmazonS3", "EUW3-TimedStorage-ByteHrs", "orselia-portal", 9000, 0.024, 1.01, GB_MONTHS),
    _line(DIGITAL, PARIS, "AmazonS3", "EUW3-TimedStorage-ByteHrs", "orselia-claims-inbox", 5000, 0.024, 1.01, GB_MONTHS,
          project="P-CLAIMS"),
    _line(DIGITAL, PARIS, "AmazonRDS", "EUW3-InstanceUsage:db.r6g.xlarge", "db:policies", 730, 0.53),
    _line(DIGITAL, PARIS, "AmazonRDS", "EUW3-InstanceUsage:db.r6g.large", "db:claims", 730, 0.265, project="P-CLAIMS"),
    _line(DIGITAL, PARIS, "AmazonElastiCache", "EUW3-NodeUsage:cache.r6g.large", "cluster:portal-sessions", 730, 0.24),
    _line(DIGITAL, PARIS, "OrbitalCache", "EUW3-OrbitUnits", "orbit/portal-edge", 40, 1.25, 1.0, "Orbits", first="2026-02"),
    _line(DIGITAL, "global", "AmazonCloudFront", "EU-Requests-HTTPS-Proxy", "distribution/EORSELIA1", 9_000_000, 0.0000012,
          1.003, REQUESTS),
)  # fmt: skip


def write_history(root: Path) -> None:
    """Write the bill of each month but the missing one."""
    for month in MONTHS:
        if month != MISSING:
            write_bill(root, BILL, month, bill(month))


def bill(month: str) -> list[Charge]:
    """One month: usage, then what no use causes."""
    rows = [_planned(row, month) for row in charges(BILL, LINES, month)]
    own: Charge = {"SubAccountId": SCIENCE, "SubAccountName": NAMES[SCIENCE]}
    rows += [
        special("Credit", "Amazon Elastic Compute Cloud", "Migration credits", -120.0, x_ServiceCode="AmazonEC2", **own),
        special("Tax", "AWS Tax", "VAT", round(0.2 * sum(number(row, "BilledCost") for row in rows), 2)),
        special("Usage", "AWS Support (Business)", "10% of monthly usage", 420.0, x_ServiceCode="AWSSupportBusiness"),
        special("Purchase", "Annotation Suite", "Annotation Suite, monthly", 390.0, PublisherName="Étiquettes SAS",
                x_ServiceCode="marketplace-3f9c", x_UsageType="MP:labelling-Units", **own),
    ]  # fmt: skip
    if month >= PLAN_FROM:
        rows += _plan()
    if month == CORRECTED:
        rows.append(_correction())
    return rows


def number(row: Charge, column: str) -> float:
    """Give a cost of a charge."""
    return float(row[column] or 0)


def _planned(row: Charge, month: str) -> Charge:
    if month < PLAN_FROM or str(row["ResourceName"]) not in PAID_BY_PLAN:
        return row
    return row | _of_plan("Used") | {
        "PricingCategory": "Committed",
        "BilledCost": 0.0,
        "EffectiveCost": number(row, "ListCost") * 0.72,
        "CommitmentDiscountQuantity": number(row, "ListCost") * 0.72,
        "CommitmentDiscountUnit": "USD",
        "PricingCurrencyEffectiveCost": number(row, "ListCost") * 0.72,
    }  # fmt: skip


def _plan() -> list[Charge]:
    """Give the month's instalment of the savings plan and the part of it that nothing used."""
    owner: Charge = {
        "SubAccountId": DIGITAL,
        "SubAccountName": NAMES[DIGITAL],
        "x_ServiceCode": "ComputeSavingsPlans",
    }
    service = "Savings Plans for AWS Compute usage"
    bought = special(
        "Purchase", service, "Compute savings plan, no upfront", 620.0, **_of_plan(None), **owner
    )
    unused = special("Usage", service, "Unused savings plan", 148.9, **_of_plan("Unused"), **owner)
    return [bought | {"EffectiveCost": 0.0}, unused | {"BilledCost": 0.0, "ListCost": 0.0, "ContractedCost": 0.0}]  # fmt: skip


def _of_plan(status: str | None) -> Charge:
    return {
        "CommitmentDiscountId": PLAN,
        "CommitmentDiscountName": "Compute savings plan 2025",
        "CommitmentDiscountCategory": "Spend",
        "CommitmentDiscountType": "Compute Savings Plans",
        "CommitmentDiscountStatus": status,
    }


def _correction() -> Charge:
    """Take back the last ten days of an instance that was billed twice the month before."""
    month = previous(CORRECTED)
    line = next(line for line in LINES if line.resource.endswith("i-0etl02"))
    (*_, wrong) = charges(BILL, [line], month)
    costs = ("ListCost", "ContractedCost", "EffectiveCost", "BilledCost")
    amounts = ("ConsumedQuantity", "PricingQuantity")
    return wrong | {"ChargeClass": "Correction", "ChargePeriodStart": stamp(month, 21), "ChargePeriodEnd": stamp(month, 32),
                    **{column: -number(wrong, column) for column in (*costs, *amounts)}}  # fmt: skip
