"""Purchase orders of hardware: one Coupa-like export with headers and lines, US dates, a return and leases."""

from __future__ import annotations

from pathlib import Path

from examples.orselia.story import write

HEADER = "Header,PO Number,Order Date,Supplier Name,Currency Code"
LINE = (
    "Line,Line Number,Supplier Part Number,Commodity,Manufacturer,Description,Quantity,Price,Line Total,Department Name,"
    "Ship To Location,Need By Date,Serial Number,Acquisition Type,Lease End Date,Credit Note Number"
)
SERVERS, STORAGE, NETWORK = (f"IT Hardware - {kind}" for kind in ("Servers", "Storage", "Network"))
Line = tuple[int, str, str, str, int, float, str, str, str, str, str, str]
"""number, commodity, manufacturer, description, pieces, price, department, site, needed by, acquisition, lease end, credit note."""

# The first two orders stand in the register, too; of the two servers of May 2026 one goes back in July.
ORDERS: tuple[tuple[str, str, str, str, tuple[Line, ...]], ...] = (
    ("PO-2025-03-GPU", "03/03/2025", "Dell SAS", "EUR", (
        (1, SERVERS, "Dell", "PowerEdge XE8640 4x H100 SXM5", 1, 221000, "CC-300-IT", "par1", "03/20/2025", "Purchase", "", ""),
        (2, SERVERS, "Lenovo", "ThinkSystem SR675 V3 4x L40S", 1, 76500, "CC-300-IT", "lon1", "03/20/2025", "Purchase", "", ""),
        (3, "IT Services", "Dell", "Rack installation", 2, 1800, "CC-300-IT", "par1", "03/24/2025", "Purchase", "", ""),
    )),
    ("PO-2025-11-118", "11/13/2025", "Econocom France", "EUR", (
        (1, STORAGE, "HPE", "Alletra Storage MP B10000", 1, 94000, "CC-300-IT", "par1", "12/08/2025", "Finance Lease", "11/30/2030", ""),
        (2, "IT Services", "Econocom", "Data migration", 1, 2600, "CC-300-IT", "par1", "12/08/2025", "Purchase", "", ""),
    )),
    ("PO-2026-04-031", "04/07/2026", "Arista Networks", "USD", (
        (1, NETWORK, "Arista", "7060X5-64S", 2, 38400, "CC-300-IT", "lon1", "05/04/2026", "Operating Lease", "04/30/2029", ""),
        (2, "IT Software", "Arista", "CloudVision subscription", 2, 4100, "CC-300-IT", "lon1", "05/04/2026", "Purchase", "", ""),
    )),
    ("PO-2026-05-007", "05/12/2026", "2CRSI", "EUR", (
        (1, SERVERS, "Supermicro", "SYS-421GE-TNRT 4x L40S", 2, 61200, "CC-300-IT", "par1", "06/09/2026", "Purchase", "", ""),
        # The commodity is none that the mapping knows.
        (2, "Facilities", "Rittal", "Rack 42U", 1, 2150, "CC-300-IT", "par1", "06/09/2026", "Purchase", "", ""),
    )),
    ("PO-2026-05-007", "07/17/2026", "2CRSI", "EUR", (
        (1, SERVERS, "Supermicro", "SYS-421GE-TNRT 4x L40S", -1, 61200, "CC-300-IT", "par1", "", "Purchase", "", "AV-2026-0093"),
    )),
)  # fmt: skip


def write_orders(root: Path) -> None:
    """Write the export, filed under the first period."""
    write(root, ("orders", "coupa", "2024-10", "purchase_orders.csv"), export())


def export() -> bytes:
    """All orders, the one faulty line among them."""
    rows = [HEADER, LINE]
    for order, day, supplier, currency, lines in ORDERS:
        rows.append(",".join(("Header", order, day, supplier, currency)))
        for (
            number,
            commodity,
            maker,
            text,
            pieces,
            price,
            department,
            site,
            needed,
            how,
            until,
            note,
        ) in lines:
            rows.append(",".join(("Line", str(number), "", commodity, maker, text, str(pieces), f"{price:.2f}",
                                  f"{pieces * price:.2f}", department, site, needed, "", how, until, note)))  # fmt: skip
    return ("\n".join(rows) + "\n").encode()
