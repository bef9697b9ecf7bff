"""What codes of the ledger are called on screen and in print, and the colours they keep everywhere."""

from __future__ import annotations

from dashboards.i18n import Words, mark

SCOPES = {
    1: mark("Scope 1 · direct"),
    2: mark("Scope 2 · purchased energy"),
    3: mark("Scope 3 · value chain"),
}
PHASES = {
    "transversal": mark("#0 Transversal"),
    "ideation": mark("#1 Ideation"),
    "qualification": mark("#2 Qualification"),
    "development": mark("#3 Development"),
    "production": mark("#4 Production"),
    "usage": mark("#5 Usage"),
    "unattributed": mark("AI without a phase"),
}
BASES = {"location": mark("Location-based"), "market": mark("Market-based")}
STATUSES = {"preliminary": mark("preliminary"), "final": mark("final"), "trued_up": mark("trued up")}
RECOGNITION = {
    "amortised": mark("own hardware amortised over {months} months"),
    "acquisition": mark("own hardware counted whole in the month bought"),
}
CAUSES = {
    "provider_model_version": mark("new version of the provider's model"),
    "provider_restatement": mark("figures restated or withdrawn by the provider"),
}
CLOUDS = {
    "aws": "AWS",
    "azure": "Azure",
    "google": "Google Cloud",
    "ovhcloud": "OVHcloud",
    "scaleway": "Scaleway",
}
COVERAGE = {
    "not": mark("left out of the statement"),
    "partly": mark("partly covered by the statement"),
    "covered": mark("covered by the statement"),
}
WARNINGS = {
    "key_overrun": mark("Inner meters show more than the site meter leaves for IT"),
    "unmetered_site": mark("No electricity bill: telemetry × PUE stands in"),
    "unknown_meter": mark("Bill of an unknown meter, left out"),
    "market_basis_substituted": mark("No market factor: the location figure stands in"),
    "stale_grid_factor": mark("The newest grid factor is older than the month"),
    "telemetry_gap": mark("Telemetry lost: job hours split the site instead"),
    "telemetry_lost": mark("Samples lost: their energy is estimated, bounds are wider"),
    "empty_answer": mark("The source answered without a single row"),
    "delivery_missing": mark("Delivery missing"),
    "delivery_unusable": mark("Delivery cannot be read"),
    "delivery_incomplete": mark("Delivery incomplete"),
    "rows_rejected": mark("Some rows rejected"),
    "asset_without_footprint": mark("Devices without a footprint count nothing"),
    "unclassified_service": mark("Billed service that nobody has classified"),
    "usage_covered_elsewhere": mark("Billed usage taken as inside another figure of its statement"),
    "last_known_key": mark("No bill: split as in the last month that has one"),
    "statement_missing": mark("No statement: estimated from the bill until it comes"),
    "gap_fill": mark("Left out by the cloud's statement, estimated from the bill"),
    "usage_not_estimated": mark("Billed usage that could not be estimated"),
}

# Told apart by colour-blind readers (after Okabe and Ito, and Tol's muted set); grey is kept for the undecided.
SCOPE_COLOURS = {1: "#D98C1F", 2: "#14566B", 3: "#7FB8C9"}
PHASE_COLOURS = {
    "transversal": "#8CC4D6",
    "ideation": "#E3C567",
    "qualification": "#4AA592",
    "development": "#D9822B",
    "production": "#4A86B8",
    "usage": "#8A3B62",
    "unattributed": "#8D97A1",
}


def named(table: dict[str, str], code: str, words: Words) -> str:
    """The name of a code, or the code itself where it is new to us."""
    return words.text(table[code]) if code in table else code


def scope(number: int, words: Words) -> str:
    """The name of a scope."""
    return words.text(SCOPES[number])
