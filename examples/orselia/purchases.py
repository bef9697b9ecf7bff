"""Accounts-payable lines of IT purchases, month by month, and one vendor's statement of its own emissions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from examples.orselia.story import MONTHS, rng, write

HEADER = "Fournisseur;Facture;Ligne;Date;Nature;Libellé;Montant HT;TVA;Devise;Commande;Centre;Projet"
# supplier, nature, text, day of the month, net amount, currency, cost centre, project, first month
Line = tuple[str, str, str, int, float, str, str, str, str]

MONTHLY: tuple[Line, ...] = (
    ("Folio Desk SAS", "Logiciel en ligne", "Annotation de documents, abonnement", 4, 2400, "EUR", "CC-410-DATA", "P-DOCAI", "2024-10"),
    ("Vectoria Inc.", "Logiciel en ligne", "Vector search, subscription", 6, 780, "USD", "CC-410-DATA", "P-ASSIST", "2025-06"),
    ("Atelier Neurone", "", "Conseil IA, régie", 27, 3900, "EUR", "CC-410-DATA", "P-ASSIST", "2025-06"),
    ("Fibre Ouest", "Télécom", "Liaisons des sites", 9, 1250, "EUR", "CC-300-IT", "", "2024-10"),
    ("Amazon Web Services EMEA SARL", "Cloud", "Facture du mois", 3, 5200, "USD", "CC-300-IT", "", "2024-10"),
    ("Microsoft Ireland Operations Ltd", "Cloud", "Azure, facture du mois", 8, 3100, "EUR", "CC-300-IT", "", "2024-10"),
    ("Microsoft Ireland Operations Ltd", "Licence", "Postes de travail, abonnement", 8, 960, "EUR", "CC-300-IT", "", "2024-10"),
    ("Google Cloud France SARL", "Cloud", "Facture du mois", 5, 4400, "EUR", "CC-300-IT", "", "2024-10"),
    ("Scaleway SAS", "Cloud", "Facture du mois", 2, 1350, "EUR", "CC-300-IT", "", "2024-10"),
    ("OVH SAS", "Cloud", "Facture du mois", 2, 640, "EUR", "CC-300-IT", "", "2025-01"),
    ("Lumière de Seine", "Énergie", "Électricité du centre de Saint-Denis", 20, 3600, "EUR", "CC-300-IT", "", "2024-10"),
)  # fmt: skip
ONCE: dict[str, tuple[tuple[str, ...], ...]] = {
    # month: supplier, number, line, day, nature, text, net, VAT, currency, order, cost centre, project
    "2024-11": (("Casques & Co", "CC-881", "1", "14", "Périphérique", "Casques des conseillers", "1860,00", "372,00", "EUR",
                 "BC-24117", "CC-220-CLAIMS", ""),),
    "2025-01": (("Lexica Assurances", "LX-2025-004", "1", "15", "Licence", "Moteur de règles, licence annuelle", "18000,00",
                 "3600,00", "EUR", "", "CC-220-CLAIMS", "P-CLAIMS"),),
    "2025-02": (("Fibre Ouest", "FO-77102", "1", "31", "Télécom", "Intervention, date impossible", "420,00", "84,00", "EUR", "",
                 "CC-300-IT", ""),),
    "2025-03": (("Dell SAS", "DE-30417", "1", "28", "Serveur", "PowerEdge XE8640", "221000,00", "44200,00", "EUR", "PO-2025-03-GPU",
                 "CC-300-IT", ""),
                ("Dell SAS", "DE-30417", "2", "28", "Taxe", "Éco-participation", "38,00", "7,60", "EUR", "PO-2025-03-GPU",
                 "CC-300-IT", "")),
    "2025-09": (("Atelier Neurone", "AN-2508-1", "1", "27/08", "", "Conseil IA, régie (déjà reçue en août)", "3900,00", "780,00",
                 "EUR", "", "CC-410-DATA", "P-ASSIST"),),
    "2025-11": (("Atelier Neurone", "AN-AV-12", "1", "18", "", "Avoir: deux jours non faits", "-1300,00", "-260,00", "EUR", "",
                 "CC-410-DATA", "P-ASSIST"),),
    "2026-01": (("Lexica Assurances", "LX-2026-002", "1", "15", "Licence", "Moteur de règles, licence annuelle", "18900,00",
                 "3780,00", "EUR", "", "CC-220-CLAIMS", "P-CLAIMS"),),
    "2026-03": (("Comptoir Divers", "DV-1", "1", "11", "", "Sans nature ni fournisseur connu", "310,00", "62,00", "EUR", "", "", ""),),
    "2026-05": (("Vectoria Inc.", "VE-CR-3", "1", "22", "Geste commercial", "Goodwill credit", "-150,00", "0,00", "USD", "",
                 "CC-410-DATA", "P-ASSIST"),),
}  # fmt: skip
# The assistant's language model is called directly from the qualification on.
MODEL_API = ("OpenAI Ireland Ltd", "2025-10")
STATEMENT = "vendor,service,category,from,to,scope,basis,kg_co2e,method\n" + "\n".join((
    "Folio Desk SAS,Folio Annotation,saas,2025-01-01,2025-12-31,1,both,14.2,Synthetic statement made for this example",
    "Folio Desk SAS,Folio Annotation,saas,2025-01-01,2025-12-31,2,location,96.5,Synthetic statement made for this example",
    "Folio Desk SAS,Folio Annotation,saas,2025-01-01,2025-12-31,2,market,31.0,Synthetic statement made for this example",
    "Folio Desk SAS,Folio Annotation,saas,2025-01-01,2025-12-31,3,both,402.8,Synthetic statement made for this example",
)) + "\n"  # fmt: skip


def write_history(root: Path) -> None:
    """Write the monthly exports, and the statement under the first month that it covers."""
    for month in MONTHS:
        write(root, ("invoices", "ledger", month, f"comptes-fournisseurs-{month}.csv"), export(month))
    write(
        root, ("vendor_statements", "folio-desk-2025", "2025-01", "folio-desk-2025.csv"), STATEMENT.encode()
    )


def export(month: str) -> bytes:
    """One month's lines, in the accounting system's own way of writing."""
    dice = rng("purchases", month)
    rows = [HEADER]
    year, number = month.split("-")
    for supplier, nature, text, day, base, currency, center, project, first in MONTHLY:
        if month < first:
            continue
        net = round(base * (0.94 + 0.12 * dice.random()), 2) if nature in ("Cloud", "Énergie") else base
        rows.append(_row(supplier, f"{_initials(supplier)}-{month[2:4]}{number}-1", "2" if nature == "Licence" else "1",
                         f"{day:02d}/{number}/{year}", nature, text, net, currency, "", center, project))  # fmt: skip
    if month >= MODEL_API[1]:
        spent = round(
            180 + 45 * (MONTHS.index(month) - MONTHS.index(MODEL_API[1])) * (0.9 + 0.2 * dice.random()), 2
        )
        rows.append(_row(MODEL_API[0], f"OA-{month}", "1", _last_day(month), "API de modèle", "API usage", spent, "USD", "",
                         "CC-410-DATA", "P-ASSIST"))  # fmt: skip
    for cells in ONCE.get(month, ()):
        supplier, invoice, line, date, *rest = cells
        when = f"{date}/{year}" if "/" in date else f"{date}/{number}/{year}"
        rows.append(";".join((supplier, invoice, line, when, *rest)))
    return ("\n".join(rows) + "\n").encode()


def _row(supplier: str, invoice: str, line: str, date: str, nature: str, text: str, net: float, currency: str, order: str,
         center: str, project: str) -> str:  # fmt: skip
    vat = net * 0.2 if currency == "EUR" else 0.0
    amounts = (f"{net:.2f}".replace(".", ","), f"{vat:.2f}".replace(".", ","))
    return ";".join((supplier, invoice, line, date, nature, text, *amounts, currency, order, center, project))


def _initials(supplier: str) -> str:
    return "".join(word[0] for word in supplier.split()[:2]).upper()


def _last_day(month: str) -> str:
    first = dt.date.fromisoformat(f"{month}-01")
    return f"{(first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1):%d/%m/%Y}"
