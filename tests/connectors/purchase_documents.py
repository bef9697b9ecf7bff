"""Small documents of purchases and volumes, made from a list of values: one row per value."""

from connectors.base import Document

HEADERS = {
    "invoices": "Fournisseur;Facture;Ligne;Date;Nature;Montant HT;TVA;Devise;Avoir",
    "vendor_statement": "Vendor;From;To;kg;Scope",
    "volumes": "Mois;Projet;Mesure;Valeur",
}
OPTIONS = {
    "invoices": {
        "delimiter": ";", "decimal": ",", "date_order": "DMY", "categories": {"Licences": "software"},
        "columns": {"supplier": "Fournisseur", "invoice_number": "Facture", "invoice_line": "Ligne", "invoice_date": "Date",
                    "category": "Nature", "amount_ex_vat": "Montant HT", "vat": "TVA", "currency": "Devise",
                    "is_credit_note": "Avoir"},
    },
    "vendor_statement": {
        "delimiter": ";", "date_order": "MDY",
        "columns": {"supplier": "Vendor", "period_from": "From", "period_to": "To", "emissions_kg_co2e": "kg", "scope": "Scope"},
    },
    "volumes": {
        "delimiter": ";", "date_order": "DMY", "decimal": ",", "metrics": {"appels": "requests"},
        "columns": {"month": "Mois", "project": "Projet", "metric": "Mesure", "quantity": "Valeur"},
    },
}  # fmt: skip
NAMES = tuple(OPTIONS)


def line(name, n, value):
    """One row that holds this value."""
    return {
        "invoices": f"Éditeur {n};F-{n};1;03/09/2026;Licences;{value};20,00;eur;",
        "vendor_statement": f"Éditeur {n};01/01/2026;12/31/2026;{value};Scope 3",
        "volumes": f"01/09/2026;P-{n};Appels;{value}",
    }[name]


def document(name, values=("1 250,50", "10", "20")):
    """A document of a connector that holds these values."""
    if name == "vendor_statement":
        values = [value.replace(" ", "").replace(",", ".") for value in values]
    text = "\n".join([HEADERS[name], *(line(name, n, value) for n, value in enumerate(values, 1))]) + "\n"
    return Document(text.encode(), f"{name}.csv", "r", options=OPTIONS[name])
