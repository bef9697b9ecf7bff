"""A synthetic FOCUS 1.2 export of any number of rows: the same rows every time, written block by block."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

BLOCK = 250_000
SEED = 20_260_901
MACHINES = ("p4d.24xlarge", "p5.48xlarge", "g5.12xlarge", "m6i.4xlarge", "c7g.8xlarge", "r6i.2xlarge")
SERVICES = {
    "Amazon Elastic Compute Cloud": ("Compute", "AmazonEC2"), "Amazon SageMaker": ("AI and Machine Learning", "AmazonSageMaker"),
    "Amazon Simple Storage Service": ("Storage", "AmazonS3"), "Amazon Bedrock": ("AI and Machine Learning", "AmazonBedrock"),
    "Amazon Virtual Private Cloud": ("Networking", "AmazonVPC"), "AmazonCloudWatch": ("Management and Governance", "AmazonCloudWatch"),
}  # fmt: skip
RESOURCES, ACCOUNTS, PROJECTS = 20_000, 40, 60


def write(path: Path, rows: int) -> None:
    """Write ``rows`` charges to a CSV, gzip CSV or Parquet file, by the name's suffix."""
    first = _block(np.random.default_rng(SEED), 1)
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, first.schema) as writer:
            for table in _blocks(rows):
                writer.write_table(table)
        return
    compression = "gzip" if path.suffix == ".gz" else None
    with pa.output_stream(path, compression=compression) as out, pc.CSVWriter(out, first.schema) as writer:
        for table in _blocks(rows):
            writer.write_table(table)


def _blocks(rows: int) -> Iterator[pa.Table]:
    random = np.random.default_rng(SEED)
    for start in range(0, rows, BLOCK):
        yield _block(random, min(BLOCK, rows - start))


def _pick(codes: np.ndarray[Any, Any], values: Sequence[str | None]) -> pa.Array:
    return pa.array(values, pa.string()).take(pa.array(codes))


def _block(random: np.random.Generator, rows: int) -> pa.Table:
    resource = random.integers(0, RESOURCES, rows)
    service = resource % len(SERVICES)
    region = resource % 5
    machine = resource % len(MACHINES)
    hours = [dt.datetime(2026, 9, 1) + dt.timedelta(hours=hour) for hour in range(721)]
    stamps: list[str | None] = [f"{hour:%Y-%m-%dT%H:%M:%SZ}" for hour in hours]
    hour = random.integers(0, 720, rows)
    cost = pa.array([f"{value:.11f}" for value in random.gamma(0.5, 2.0, rows)])
    quantity = pa.array([f"{value:.15f}" for value in random.gamma(0.5, 10.0, rows)])
    usage = [f"EUW3-BoxUsage:{name}" for name in MACHINES]
    names, details = list(SERVICES), list(SERVICES.values())
    one = np.zeros(rows, np.int64)
    regions = ["eu-west-3", "eu-west-1", "us-east-1", "eu-north-1", "ap-south-1"]
    tags = [
        json.dumps({"Project": f"P-{n:03d}", "environment": ("dev", "prod")[n % 2], "owner": f"team-{n % 9}"})
        for n in range(PROJECTS)
    ]
    columns = {
        "BilledCost": cost, "BillingAccountId": _pick(one, ["123456789012"]), "BillingAccountName": _pick(one, ["Payer"]),
        "BillingCurrency": _pick(one, ["EUR"]), "BillingPeriodStart": _pick(one, ["2026-09-01T00:00:00Z"]),
        "BillingPeriodEnd": _pick(one, ["2026-10-01T00:00:00Z"]),
        "ChargeCategory": _pick(random.choice(5, rows, p=[0.96, 0.01, 0.01, 0.01, 0.01]),
                                ["Usage", "Purchase", "Tax", "Credit", "Adjustment"]),
        "ChargeClass": _pick((random.random(rows) < 0.01).astype(int), [None, "Correction"]),
        "ChargeDescription": _pick(machine, [f"$1.00 per On Demand Linux {name} Instance Hour" for name in MACHINES]),
        "ChargeFrequency": _pick(one, ["Usage-Based"]),
        "ChargePeriodStart": _pick(hour, stamps), "ChargePeriodEnd": _pick(hour + 1, stamps),
        "CommitmentDiscountId": _pick(one, [None]), "CommitmentDiscountStatus": _pick(one, [None]),
        "ConsumedQuantity": quantity, "ConsumedUnit": _pick(one, ["Hours"]), "ContractedCost": cost,
        "EffectiveCost": cost, "InvoiceIssuerName": _pick(one, ["Amazon Web Services, Inc."]), "ListCost": cost,
        "PricingCategory": _pick(one, ["Standard"]), "PricingQuantity": quantity, "PricingUnit": _pick(one, ["Hours"]),
        "ProviderName": _pick(one, ["AWS"]), "PublisherName": _pick(one, ["Amazon Web Services, Inc."]),
        "RegionId": _pick(region, regions), "RegionName": _pick(region, regions),
        "ResourceId": _pick(resource, [f"arn:aws:ec2:eu-west-3:123456789012:instance/i-{n:017x}" for n in range(RESOURCES)]),
        "ResourceType": _pick(one, ["instance"]), "ServiceCategory": _pick(service, [pair[0] for pair in details]),
        "ServiceName": _pick(service, names), "x_ServiceCode": _pick(service, [pair[1] for pair in details]),
        "SkuId": _pick(machine, [f"SKU{n:013d}" for n in range(len(MACHINES))]), "SkuMeter": _pick(machine, usage),
        "SkuPriceDetails": _pick(machine, [json.dumps({"InstanceType": name}) for name in MACHINES]),
        "SubAccountId": _pick(resource % ACCOUNTS, [f"{n:012d}" for n in range(ACCOUNTS)]),
        "SubAccountName": _pick(resource % ACCOUNTS, [f"account {n}" for n in range(ACCOUNTS)]),
        "Tags": _pick(resource % PROJECTS, tags),
    }  # fmt: skip
    return pa.table(columns)
