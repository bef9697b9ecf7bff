"""What asset registers and purchase orders have in common: a line that stands for one or several devices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from connectors import _gpus
from connectors._batches import RowError, number
from connectors._mapped_csv import Fields

# A full rack of accelerators states some tens of tonnes; a thousand tonnes is a wrong unit (g instead of kg).
MAX_EMBODIED_KG = 1e6
MAX_QUANTITY = 1e6
CLASSES = ("server", "gpu_server", "storage", "network", "laptop", "monitor", "desktop", "other")
OWNERSHIP = ("purchased", "finance_lease", "operating_lease")

# Typed name -> largest plausible value per piece. Supplier's figures of the whole life without use.
FOOTPRINTS = {
    "embodied_kg_co2e": MAX_EMBODIED_KG,
    "embodied_transport_kg_co2e": MAX_EMBODIED_KG,
    "embodied_end_of_life_kg_co2e": MAX_EMBODIED_KG,
    "embodied_adpe_kg_sb_eq": 1e3,
    "embodied_pe_mj": 1e8,
    "embodied_water_l": 1e9,
    "mass_kg": 1e5,
}
FIELDS: list[tuple[str, pa.DataType]] = [
    ("device_class", pa.string()), ("manufacturer", pa.string()), ("model", pa.string()),
    ("gpu_model", pa.string()), ("gpu_count", pa.int64()), ("site_id", pa.string()), ("cost_center", pa.string()),
    ("ownership", pa.string()), ("lease_end_date", pa.date32()), ("currency", pa.string()),
    ("embodied_source", pa.string()), *((name, pa.float64()) for name in FOOTPRINTS),
]  # fmt: skip


class Words:
    """The document's own words for classes, sites and forms of ownership, from the source's options."""

    def __init__(self, options: Mapping[str, Any], classes: tuple[str, ...] = CLASSES) -> None:
        self._options, self._known = options, classes
        self._maps = {
            name: {str(k).strip().lower(): str(v) for k, v in dict(options.get(name) or {}).items()}
            for name in ("classes", "sites", "ownership")
        }
        columns = dict(options.get("columns") or {})
        self.figures = [(name, top) for name, top in FOOTPRINTS.items() if name in columns]

    def device_class(self, fields: Fields) -> str:
        """Our class for the line's word."""
        word = fields.need("device_class")
        device_class = self._maps["classes"].get(word.lower(), word.lower())
        if device_class not in self._known:
            raise RowError(
                "device_class", word, "is no known class",
                f"map it in options.classes to one of {', '.join(self._known)}",
            )  # fmt: skip
        return device_class

    def site(self, fields: Fields) -> str:
        """Our site for the line's place, else the source's ``options.site_id``."""
        word = fields.text("site_id")
        if word is None:
            if default := self._options.get("site_id"):
                return str(default)
            return fields.need("site_id")
        return self._maps["sites"].get(word.lower(), word)

    def ownership(self, fields: Fields) -> str:
        """How the organization holds the device; an empty cell is a purchase."""
        word = fields.text("ownership")
        if word is None:
            return "purchased"
        ownership = self._maps["ownership"].get(word.lower(), word.lower())
        if ownership not in OWNERSHIP:
            raise RowError(
                "ownership", word, "is no known form of ownership",
                f"map it in options.ownership to one of {', '.join(OWNERSHIP)}",
            )  # fmt: skip
        return ownership


def common(fields: Fields, words: Words) -> dict[str, Any]:
    """Read the fields that a register line and an order line share."""
    device_class, model = words.device_class(fields), fields.need("model")
    gpu_model, gpu_count = _gpus.find(model) if device_class in ("server", "gpu_server") else (None, None)
    ownership, lease_end = words.ownership(fields), fields.date("lease_end_date")
    if ownership == "operating_lease" and lease_end is None:
        raise RowError(
            "lease_end_date", "", "is empty for an operating lease",
            "fill it in: the device counts until the lease ends",
        )  # fmt: skip
    row: dict[str, Any] = {
        "device_class": "gpu_server" if gpu_model else device_class,
        "manufacturer": fields.text("manufacturer"),
        "model": model,
        "gpu_model": gpu_model,
        "gpu_count": gpu_count,
        "site_id": words.site(fields),
        "cost_center": fields.text("cost_center"),
        "ownership": ownership,
        "lease_end_date": lease_end,
        "currency": (fields.text("currency") or fields.option("currency") or "EUR").upper(),
        "embodied_source": fields.text("embodied_source"),
    }
    row |= {name: number(name, fields.text(name), decimal=fields.decimal, minimum=0, maximum=top)
            for name, top in words.figures}  # fmt: skip
    stages = (row.get("embodied_transport_kg_co2e") or 0) + (row.get("embodied_end_of_life_kg_co2e") or 0)
    if stages > (row.get("embodied_kg_co2e") or 0):
        raise RowError(
            "embodied_kg_co2e", row.get("embodied_kg_co2e"), "is less than its transport and end of life",
            "give the whole life without use, its stages within it",
        )  # fmt: skip
    return row
