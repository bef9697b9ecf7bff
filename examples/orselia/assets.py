"""The asset register: one ServiceNow-like export of all devices."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from examples.orselia.story import rng, write

HEADER = (
    "asset_tag,serial_number,model_category,manufacturer,model,quantity,po_number,po_line,order_date,install_date,"
    "retirement_date,install_status,location,cost_center,u_embodied_kg_co2e,u_embodied_source,cost"
)
SYNTHETIC = "Synthetic supplier figure made for this example"
Lot = tuple[str, str, str, int, str, str, float]
"""manufacturer, model, location, pieces, earliest and latest month in service, price."""

SERVERS: tuple[Lot, ...] = (
    ("Dell", "PowerEdge R740", "par1", 10, "2019-05", "2021-11", 9800),
    ("Dell", "PowerEdge R640", "par1", 6, "2017-10", "2019-06", 7400),
    ("Dell", "PowerEdge R7515", "par1", 5, "2021-03", "2022-09", 8900),
    ("Dell", "PowerEdge R740XD", "par1", 4, "2020-02", "2021-02", 13200),
    ("HP", "ProLiant DL380 Gen10 server4", "lon1", 6, "2019-11", "2021-05", 8700),
    ("HPE", "ProLiant DL360 Gen11", "lon1", 3, "2024-11", "2025-10", 9900),
    ("Lenovo", "ThinkSystem SR655", "lon1", 5, "2021-06", "2022-12", 10100),
    ("Lenovo", "ThinkSystem SR645", "par1", 4, "2023-02", "2024-05", 11800),
    ("Dell", "PowerEdge R6515", "lon1", 2, "2025-01", "2026-02", 7600),
)
STORAGE: tuple[Lot, ...] = (
    ("Dell", "PowerStore 1200T", "par1", 2, "2023-05", "2023-06", 61000),
    ("HPE", "Alletra 5010", "lon1", 1, "2022-04", "2022-04", 48000),
)
NETWORK: tuple[Lot, ...] = (
    ("Cisco", "Nexus 93180YC-FX3", "par1", 6, "2020-06", "2023-03", 14500),
    ("Arista", "7050SX3-48YC8", "lon1", 4, "2021-02", "2022-06", 12900),
    ("NVIDIA", "SN4600C", "par1", 2, "2025-03", "2025-03", 27000),
    ("Cisco", "Catalyst 9300-48UXM", "office-par", 4, "2019-03", "2022-10", 6900),
)
LAPTOPS: tuple[tuple[str, Lot], ...] = (
    ("CC-410-DATA", ("Dell", "Precision 5560", "office-par", 14, "2022-01", "2024-09", 2650)),
    ("CC-410-DATA", ("Dell", "Latitude 7430 2-in-1", "office-par", 10, "2024-12", "2026-06", 1890)),
    ("CC-220-CLAIMS", ("Dell", "Latitude 5310", "office-par", 16, "2020-03", "2021-12", 1180)),
    ("CC-220-CLAIMS", ("Lenovo", "ThinkPad T14 Gen 3", "office-par", 12, "2022-09", "2023-11", 1290)),
    ("CC-230-CLAIMS", ("HP", "EliteBook 845 G8 Notebook PC", "office-par", 8, "2021-10", "2022-11", 1350)),
)
MONITORS: tuple[tuple[str, Lot], ...] = (
    ("CC-410-DATA", ("Dell", "P2422H Monitor", "office-par", 4, "2022-01", "2024-02", 210)),
    ("CC-220-CLAIMS", ("Dell", "P2422H Monitor", "office-par", 5, "2021-01", "2023-08", 210)),
)
# One order line holds the two servers of March 2025.
GPU_SERVERS = (
    (
        "par1-h100-01",
        "Dell",
        "PowerEdge XE8640 4x H100 SXM5",
        "par1",
        "2024-01-11",
        "2024-02-19",
        2450,
        214000,
    ),
    (
        "par1-a100-01",
        "Dell",
        "PowerEdge XE8545 4x A100 SXM4",
        "par1",
        "2022-04-06",
        "2022-06-13",
        2050,
        118000,
    ),
    (
        "lon1-l40s-01",
        "Lenovo",
        "ThinkSystem SR675 V3 4x L40S",
        "lon1",
        "2024-03-21",
        "2024-05-06",
        1720,
        74000,
    ),
    (
        "par1-h100-02",
        "Dell",
        "PowerEdge XE8640 4x H100 SXM5",
        "par1",
        "2025-03-03",
        "2025-03-24",
        2450,
        221000,
    ),
    (
        "lon1-l40s-02",
        "Lenovo",
        "ThinkSystem SR675 V3 4x L40S",
        "lon1",
        "2025-03-03",
        "2025-03-24",
        1720,
        76500,
    ),
)


def write_register(root: Path) -> None:
    """Write the snapshot, filed under the first period."""
    write(root, ("assets", "register", "2024-10", "alm_hardware.csv"), register())


def register() -> bytes:
    """All lines, the two faulty ones among them."""
    dice = rng("assets")
    rows: list[list[str]] = []
    for number, gpu in enumerate(GPU_SERVERS):
        name, maker, model, site, ordered, installed, kg, price = gpu
        serial, order = f"GS{71204 + 13 * number}", f"PO-{ordered[:7]}-GPU"
        line = "2" if name == "lon1-l40s-02" else "1"
        rows.append([name, serial, "GPU server", maker, model, "1", order, line, ordered, installed, "", "In use",
                     site, "CC-300-IT", str(kg), SYNTHETIC, f"{price:.2f}"])  # fmt: skip
    for category, center, lot in (
        *(("Server", "CC-300-IT", lot) for lot in SERVERS),
        *(("Storage", "CC-300-IT", lot) for lot in STORAGE),
        *(("Network", "CC-300-IT", lot) for lot in NETWORK),
        *(("Laptop", center, lot) for center, lot in LAPTOPS),
        *(("Monitor", center, lot) for center, lot in MONITORS),
    ):
        rows += _lot(dice, category, center, lot, len(rows))
    retired = next(row for row in rows if row[4] == "PowerEdge R7515")
    retired[10], retired[11] = "2025-02-14", "Retired"
    bad_date = next(row for row in rows if row[4] == "ThinkPad T14 Gen 3")
    bad_date[9] = "2023-02-31"
    no_model = [row for row in rows if row[2] == "Monitor"][-1]
    no_model[4] = ""
    return ("\n".join([HEADER, *(",".join(row) for row in rows)]) + "\n").encode()


def _lot(dice: random.Random, category: str, center: str, lot: Lot, already: int) -> list[list[str]]:
    maker, model, site, pieces, earliest, latest, price = lot
    first, last = (dt.date.fromisoformat(f"{earliest}-03"), dt.date.fromisoformat(f"{latest}-26"))
    rows = []
    for piece in range(pieces):
        installed = first + dt.timedelta(days=dice.randrange((last - first).days + 1))
        ordered = installed - dt.timedelta(days=dice.randrange(18, 60))
        number = already + piece + 1
        serial, order = f"SN{dice.randrange(10**9):09d}", f"PO-{ordered:%Y-%m}-{number:03d}"
        paid = price * (0.95 + 0.1 * dice.random())
        rows.append([f"OR{number:05d}", serial, category, maker, model, "1", order, "1", ordered.isoformat(),
                     installed.isoformat(), "", "In use", site, center, "", "", f"{paid:.2f}"])  # fmt: skip
    return rows
