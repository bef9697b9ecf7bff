"""Plain readers of the clouds' statements and bills, apart from the connectors."""

from __future__ import annotations

import csv
import gzip
import json
from decimal import Decimal
from functools import cache
from typing import Any

from tests.examples.orselia_reading import DROPS, HISTORY

BILLS = ("focus_aws", "focus_azure", "focus_google", "focus_ovh", "focus_scaleway")


@cache
def aws(drop: str, month: str) -> dict[str, list[dict[str, str]]]:
    """Rows of one month by the model version in the file's name."""
    files = sorted((DROPS / drop / "aws_carbon" / "orselia-carbon" / month).iterdir())
    found = {}
    for path in files:
        text = gzip.decompress(path.read_bytes()).decode()
        found[path.name.split("-")[2]] = list(csv.DictReader(text.splitlines()))
    return found


@cache
def azure(month: str) -> dict[str, dict[str, Any]]:
    """Pages of one month by scope."""
    pages = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((HISTORY / "azure_carbon" / "subscriptions" / month).iterdir())
    ]
    assert len(pages) == 3
    return {page["asked"]["scope"]: page for page in pages}


@cache
def ovh(month: str) -> list[dict[str, str]]:
    """Rows of one calculation."""
    (path,) = (HISTORY / "ovh_carbon" / "ab12345-ovh" / month).iterdir()
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@cache
def scaleway(month: str) -> dict[str, Any]:
    """One answer, its numbers as decimals."""
    (path,) = next((HISTORY / "scaleway_footprint").iterdir()).joinpath(month).iterdir()
    answer: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return answer


@cache
def bill(source: str, month: str) -> list[dict[str, str]]:
    """Rows of all accounts' bills of one month; a null is empty, however it is written."""
    rows: list[dict[str, str]] = []
    for path in sorted((HISTORY / source).glob(f"*/{month}/*")):
        text = gzip.decompress(path.read_bytes()).decode()
        rows += csv.DictReader(text.splitlines())
    return [{name: "" if value == "NULL" else value for name, value in row.items()} for row in rows]


def usage(source: str, month: str) -> list[dict[str, str]]:
    """What resources used: usage charges of the month itself, no support, no unused commitment, no correction."""
    return [
        row for row in bill(source, month)
        if row["ChargeCategory"] == "Usage" and row["ConsumedQuantity"] and not row["ChargeClass"]
    ]  # fmt: skip


def labelled(row: dict[str, str]) -> str:
    """The project on a charge's tags, however its key is spelled; empty without one."""
    tags = {key.lower(): value for key, value in json.loads(row["Tags"] or "{}").items()}
    return str(tags.get("project", ""))
