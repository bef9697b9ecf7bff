"""Documents from suppliers and the asset register: Google's export, electricity bills, the register."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from typing import Any

from examples.orselia.timeline import MONTHS, SEED, month_end, month_start

FRENCH, BRITISH = "01A2B3-4C5D6E-7F8091", "02D4E6-8F1A3B-5C7D9E"
RESTATED = "2026-03"
GOOGLE_HEADER = (
    "usage_month,billing_account_id,project.id,project.number,service.description,service.id,location.location,"
    "location.region,carbon_model_version,carbon_footprint_total_kgCO2e.location_based,"
    "carbon_footprint_total_kgCO2e.market_based,carbon_footprint_kgCO2e.scope1,"
    "carbon_footprint_kgCO2e.scope2.location_based,carbon_footprint_kgCO2e.scope2.market_based,"
    "carbon_footprint_kgCO2e.scope3"
).split(",")
SERVICES = {
    "Compute Engine": "6F81-5844-456A",
    "Vertex AI": "C7E2-9256-1C43",
    "Cloud Storage": "95FF-2EF5-5EA1",
    "BigQuery": "24E6-581D-38E5",
    "Integration Connectors": "BC6A-9CCA-5B2C",
}


def google(account: str, month: str, restated: bool = False) -> bytes:
    """The month's export of a billing account; restated with a newer model, Vertex AI's power up, one service gone."""
    index = MONTHS.index(month)
    fraud = "us-central1" if month < "2026-01" else "europe-west9"
    grid = 1.0 if fraud == "us-central1" else 0.13
    plan: list[tuple[str, str, str, str, float, float]] = []
    if account == FRENCH:
        plan = [
            ("orselia-fraud-prod", "483920174615", "Vertex AI", fraud, 300 * (1 + 0.015 * index), grid),
            ("orselia-fraud-prod", "483920174615", "Compute Engine", fraud, 150, grid),
            ("orselia-data-platform", "615049283746", "BigQuery", "europe-west9", 110 * (1 + 0.01 * index), 0.13),
            ("orselia-data-platform", "615049283746", "Cloud Storage", "europe-west9", 80 * (1 + 0.015 * index), 0.13),
            ("orselia-data-platform", "615049283746", "Integration Connectors", "europe-west9", 14, 0.13),
        ]
    else:
        plan = [
            ("orselia-uk-web", "720193847561", "Compute Engine", "europe-west2", 140, 0.5),
            ("", "", "Cloud Storage", "europe-west2", 22, 0.5),
            ("ok-poc-2024", "830294756102", "Compute Engine", "europe-west2", 60, 0.5),
        ]
    rows = []
    for project, number, service, region, size, mix in plan:
        if restated and service == "Integration Connectors":
            continue
        rng = random.Random(f"{SEED}-google-{account}-{project}-{service}-{month}")
        wobble = rng.uniform(0.94, 1.06)
        scope1, scope3 = round(size * 0.012 * wobble, 3), round(size * 0.48 * wobble, 3)
        location = round(size * 0.5 * mix * wobble * (1.12 if restated and service == "Vertex AI" else 1), 3)
        market = round(location * 0.34, 3)
        model = (14 if month < "2026-01" else 15) + (1 if restated else 0)
        rows.append([
            f"{month}-01", account, project, number, service, SERVICES[service], region, region, model,
            round(scope1 + location + scope3, 3), round(scope1 + market + scope3, 3), scope1, location, market, scope3,
        ])  # fmt: skip
    return _csv(GOOGLE_HEADER, rows, ",")


def bills_paris(month: str) -> bytes:
    """A French supplier's invoice of a calendar month; one month was billed wrong, taken back and billed again."""
    header = ["Fournisseur", "N° de facture", "Ligne", "PRM", "Début de période", "Fin de période",
              "Consommation (kWh)", "Type de relève", "Montant HT (€)", "Devise", "Nature"]  # fmt: skip
    index = MONTHS.index(month)
    season = 1 + 0.06 * (1 if month[5:] in ("06", "07", "08") else 0)
    spike = 2_900 if "2025-04" <= month <= "2025-06" else 0
    kwh = round((15_500 + 40 * index) * season + spike + random.Random(f"{SEED}-bill-{month}").uniform(-300, 300))
    first, last = month_start(month).date(), (month_end(month) - dt.timedelta(days=1)).date()

    def line(number: str, quantity: int, nature: str) -> list[Any]:
        return ["Énergies du Nord (fictif)", number, 1, "30001234567890", f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}",
                _comma(quantity), "Réelle", _comma(round(quantity * 0.142, 2)), "EUR", nature]  # fmt: skip

    stem = f"F{month.replace('-', '')}"
    if month == "2025-11":
        wrong = kwh + 8_000
        lines = [line(f"{stem}-1", wrong, "Facture"), line(f"{stem}-2", -wrong, "Avoir"), line(f"{stem}-3", kwh, "Facture")]
    else:
        lines = [line(f"{stem}-1", kwh, "Facture")]
    return _csv(header, lines, ";")


def bills_london(month: str, before: bool = False) -> bytes:
    """A British supplier's invoice from the 21st to the 20th; ``before`` gives the one that opens the first month."""
    start = month_start(month).date().replace(day=21)
    if before:
        start = (month_start(month).date() - dt.timedelta(days=1)).replace(day=21)
    end = (start + dt.timedelta(days=31)).replace(day=20)
    spike = 900 if "2025-04" <= month <= "2025-06" else 0
    kwh = round((8_600 + 25 * MONTHS.index(month) + spike) * (end - start).days / 30)
    header = ["Supplier", "Invoice number", "Line", "MPAN", "Period start", "Period end", "Total kWh", "Read type",
              "Net amount", "Currency"]  # fmt: skip
    return _csv(header, [["Thames Valley Power (fictional)", f"TV-{start:%y%m%d}", 1, "1200050123456",
                          f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}", kwh, "Actual", round(kwh * 0.19, 2), "GBP"]], ",")  # fmt: skip


LOTS = (
    # class, maker, model, pieces, site, cost centre, in service, supplier's kg, retired
    ("Server", "Dell", "PowerEdge R740", 14, "par1", "CC-IT", "2021-03-15", None, None),
    ("Server", "Dell", "PowerEdge R640", 8, "lon1", "CC-IT-UK", "2020-06-02", None, None),
    ("Server", "HP", "ProLiant DL380 Gen10 server4", 6, "par1", "CC-IT", "2022-01-20", None, None),
    ("Server", "Lenovo", "ThinkSystem SR645", 4, "par1", "CC-IT", "2025-02-10", None, None),
    ("Server", "Dell", "PowerEdge R730", 6, "par1", "CC-IT", "2017-09-05", None, None),
    ("Server", "Dell", "PowerEdge R440", 3, "lon1", "CC-IT-UK", "2023-05-11", None, "2025-12-31"),
    ("Server", "Supermicro", "SYS-1029P", 3, "lon1", "CC-IT-UK", "2022-10-01", None, None),
    ("GPU Server", "Supermicro", "SYS-421GE 4x H100", 2, "par1", "CC-AI", "2024-05-20", 2900, None),
    ("GPU Server", "Supermicro", "SYS-420GP 4x A100", 1, "par1", "CC-AI", "2022-03-01", 2400, None),
    ("GPU Server", "Supermicro", "AS-4125 4x L40S", 2, "lon1", "CC-AI", "2025-03-03", 2100, None),
    ("Storage", "NetApp", "FAS2750", 2, "par1", "CC-IT", "2021-11-15", None, None),
    ("Network Gear", "Cisco", "Nexus 93180", 6, "par1", "CC-IT", "2021-03-15", None, None),
    ("Network Gear", "Cisco", "Nexus 93180", 4, "lon1", "CC-IT-UK", "2020-06-02", None, None),
    ("Laptop", "Dell", "Latitude 7420", 24, "office-par", "CC-DATASCIENCE", "2023-09-01", None, None),
    ("Laptop", "Dell", "Latitude 5420", 36, "office-par", "CC-CLAIMS", "2022-09-01", None, None),
    ("Laptop", "Apple", "MacBook Pro 14", 6, "office-par", "CC-DATASCIENCE", "2026-01-12", None, None),
    ("Monitor", "Dell", "U2723QE", 40, "office-par", "CC-CLAIMS", "2022-09-01", None, None),
)


def register() -> bytes:
    """The register in ServiceNow's words; two lines are faulty on purpose (no model, an impossible date)."""
    header = ["asset_tag", "serial_number", "model_category", "manufacturer", "model", "quantity", "po_number", "po_line",
              "order_date", "install_date", "retirement_date", "install_status", "location", "cost_center",
              "u_embodied_kg_co2e", "u_embodied_source", "cost"]  # fmt: skip
    rows: list[list[Any]] = []
    for lot, (kind, maker, model, pieces, site, center, since, kg, retired) in enumerate(LOTS, start=1):
        day = dt.date.fromisoformat(since)
        for piece in range(pieces):
            tag = f"ORS-{lot:02d}{piece:03d}"
            source = "Supplier's product footprint (synthetic figure)" if kg else ""
            rows.append([
                tag, f"SN{lot:02d}{piece:05d}", kind, maker, model, 1, f"PO-{day.year}-{lot:03d}", 10,
                f"{day - dt.timedelta(days=9):%d/%m/%Y}", f"{day:%d/%m/%Y}",
                f"{dt.date.fromisoformat(retired):%d/%m/%Y}" if retired else "", "Retired" if retired else "In use", site,
                center, _comma(kg) if kg else "", source, _comma(1200),
            ])  # fmt: skip
    rows[5][9] = "31/02/2021"
    rows[30][4] = ""
    return _csv(header, rows, ";")


def _comma(value: float) -> str:
    return str(value).replace(".", ",")


def _csv(header: list[str], rows: list[list[Any]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
