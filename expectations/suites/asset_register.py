"""Asset register rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, claim, filled, not_empty, one_of

CLASSES = ["server", "gpu_server", "storage", "network", "laptop", "monitor", "desktop", "other"]
# From a small switch to a full rack of accelerators.
MIN_EMBODIED, MAX_EMBODIED = 20, 50_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("register", "export the register again"),
        *(filled(column, "complete the register") for column in ("asset_tag", "model", "in_service_date", "site_id")),
        one_of("device_class", CLASSES, "map the class in options.classes"),
        claim("ExpectColumnValuesToBeUnique", "asset_tag_unique", "an asset tag stands once", "remove the double line",
              column="asset_tag"),
        claim("ExpectColumnValuesToBeUnique", "serial_number_unique", "a serial number stands once",
              "remove the double line: the device would count twice", column="serial_number"),
        between("embodied_kg_co2e", MIN_EMBODIED, MAX_EMBODIED, "check the unit of the supplier's figure", "warning"),
    ]  # fmt: skip
