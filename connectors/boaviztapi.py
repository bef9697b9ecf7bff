"""BoaviztAPI's embodied impacts of configured devices: one JSON answer per device (AGPL-3.0 service, asked over HTTP)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches
from connectors._http import request
from connectors._json import answer

# Their criterion -> our indicator and unit, largest plausible amount per piece. `wu` is left out: the service's generic
# figure is negative. Their use phase is left out, too: electricity is metered, and they know no load of accelerators.
CRITERIA: dict[str, tuple[str, str, float]] = {
    "gwp": ("gwp", "kg CO2e", 50_000),
    "adp": ("adpe", "kg Sb-eq", 50),
    "pe": ("pe", "MJ", 1e6),
    "adpf": ("adpf", "MJ", 1e6),
    "ir": ("ir", "kg U235-eq", 1e6),
    "pm": ("pm", "disease incidence", 1),
    "ctue": ("ecotox", "CTUe", 1e8),
}
# The largest machines of any cloud hold 32 TB; the archetype a3-highgpu multiplies to 876 TB.
MAX_RAM_GB = 32_768
READY = "/v1/utils/version"


class Connector(base.Connector):
    """Asks for the devices of ``options.devices``; see ``docs/sources/boaviztapi.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("device", pa.string()), ("models", pa.list_(pa.string())),
        ("gpu_model", pa.string()), ("device_class", pa.string()), ("indicator", pa.string()), ("unit", pa.string()),
        ("amount_per_piece", pa.float64()), ("amount_min", pa.float64()), ("amount_max", pa.float64()),
        ("matched", pa.string()), ("warning", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask once per device; the connection's host holds the service's address."""
        url = secrets.host.rstrip("/")
        parameters = [("verbose", "true"), *(("criteria", name) for name in CRITERIA)]
        for name in source.requests:
            options = source.options_for(name)
            devices = dict(options.get("devices") or {})
            for part, (device, asked) in enumerate(sorted(devices.items()), start=1):
                body = request("POST", f"{url}{asked['ask']}", params=parameters, json=asked.get("body", {}))
                yield base.Document(body, f"{device}.json", name, part, len(devices), options)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer; what was matched to another name than the one asked for is a reject."""
        device = document.name.split(".")[0]
        asked = dict(document.options.get("devices") or {}).get(device)
        if asked is None:
            raise base.ParseError(
                f"{document.name}: no device {device!r} in options.devices of the source; name the file after its device"
            )
        given = answer(document)
        if not isinstance(given, dict) or not isinstance(given.get("impacts"), dict):
            raise base.ParseError(f"{document.name}, field impacts: missing; ask the service again")
        return batches(_rows(device, asked, given), self.SCHEMA)


def _rows(
    device: str, asked: Mapping[str, Any], given: Mapping[str, Any]
) -> Iterator[dict[str, Any] | base.Reject]:
    try:
        matched, fault = _matched(asked, given), None
    except RowError as error:
        matched, fault = "", error
    for row, (criterion, (indicator, unit, top)) in enumerate(CRITERIA.items(), start=1):
        impact = given["impacts"].get(criterion)
        embedded = impact.get("embedded") if isinstance(impact, dict) else None
        if impact is None or embedded == "not implemented":
            continue
        try:
            if fault:
                raise fault
            yield {
                "document_row": row, "device": device, "models": asked.get("models", []),
                "gpu_model": asked.get("gpu_model"), "device_class": asked.get("device_class"),
                "indicator": indicator, "unit": unit, **_amounts(criterion, embedded, top), "matched": matched,
            }  # fmt: skip
        except RowError as error:
            yield error.reject(row, json.dumps({criterion: impact}))


def _matched(asked: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Give the names that the service found, compared with those asked for; refuse impossible machines."""
    verbose = given.get("verbose")
    if not isinstance(verbose, dict):
        raise RowError(
            "verbose", verbose, "is missing", "ask with verbose=true: the names can't be compared otherwise"
        )
    body = dict(asked.get("body") or {})
    wanted = {kind.upper(): part["name"] for kind, part in dict(body.get("configuration") or {}).items()
              if isinstance(part, dict) and "name" in part}  # fmt: skip
    if "name" in body:
        wanted[""] = body["name"]
    found = []
    for kind, name in wanted.items():
        block = verbose if not kind else verbose.get(f"{kind}-1") or {}
        said = block.get("name") or {}
        if said.get("status") == "INPUT" or not said.get("value"):
            reason = "is unknown to the service, which reckoned with a default instead"
            raise RowError(
                kind or "name",
                name,
                reason,
                "correct the name: see /v1/utils/cpu_name and /v1/utils/gpu_name",
            )
        if not _model_words(name) <= _model_words(said["value"]):
            reason = f"was matched to {said['value']!r}, another device"
            raise RowError(
                kind or "name", name, reason, "write the name as the service knows it, or leave it out"
            )
        found.append(str(said["value"]))
    _check_memory(verbose)
    return ", ".join(found)


def _model_words(name: str) -> set[str]:
    """Give the words that tell one model from the next: those with a digit."""
    return {word for word in re.findall(r"[a-z0-9]+", name.lower()) if any(c.isdigit() for c in word)}


def _check_memory(verbose: Mapping[str, Any]) -> None:
    total = 0.0
    for kind, block in verbose.items():
        if kind.startswith("RAM-") and isinstance(block, dict):
            units, capacity = (block.get(name) or {} for name in ("units", "capacity"))
            total += float(units.get("value") or 0) * float(capacity.get("value") or 0)
    if total > MAX_RAM_GB:
        raise RowError(
            "RAM", f"{total:g} GB", f"is more than any machine holds ({MAX_RAM_GB} GB): the archetype is wrong",
            "ask by configuration instead of this archetype",
        )  # fmt: skip


def _amounts(criterion: str, embedded: Any, top: float) -> dict[str, Any]:
    if not isinstance(embedded, dict):
        raise RowError(criterion, embedded, "is no impact", "ask the service again")
    amounts = {}
    for ours, theirs in (("amount_per_piece", "value"), ("amount_min", "min"), ("amount_max", "max")):
        value = embedded.get(theirs)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RowError(f"{criterion}.{theirs}", value, "is no number", "ask the service again")
        if not 0 <= value <= top:
            raise RowError(f"{criterion}.{theirs}", value, f"is not within 0 and the plausible {top:g}",
                           "correct the configuration asked for, or leave the device out")  # fmt: skip
        amounts[ours] = float(value)
    warnings = embedded.get("warnings") or []
    return {**amounts, "warning": "; ".join(str(text) for text in warnings) or None}


connector = Connector()
