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
CATEGORIES = {
    "1.stationary": mark("Fuel burnt on site"),
    "1.mobile": mark("Fuel of vehicles"),
    "1.fugitive": mark("Refrigerant leaks"),
    "2.electricity": mark("Electricity"),
    "2.heat": mark("Heat"),
    "2.steam": mark("Steam"),
    "2.cooling": mark("Cooling"),
    "3.1": mark("3.1 Purchased goods and services"),
    "3.2": mark("3.2 Capital goods"),
    "3.3": mark("3.3 Fuel- and energy-related activities"),
    "3.4": mark("3.4 Upstream transport"),
    "3.5": mark("3.5 Waste generated in operations"),
    "3.7": mark("3.7 Employee commuting and homes"),
    "3.8": mark("3.8 Upstream leased assets"),
    "3.11": mark("3.11 Use of sold products"),
    "3.12": mark("3.12 End-of-life treatment"),
}
TIERS = {
    "metered": mark("metered"),
    "provider_reported": mark("reported by the provider"),
    "a_posteriori": mark("estimated from use"),
    "a_priori": mark("estimated beforehand"),
    "spend": mark("spend"),
}
# What a measure of energy serves as, in the order of the page.
USES = {
    "total": mark("Total: the outermost meters"),
    "key": mark("Key: splits the total"),
    "loser": mark("Loser: told twice, counts nothing"),
}
COMPONENTS = {
    "site": mark("Site meter"),
    "meter:it_feed": mark("Meter of the IT feed"),
    "meter:it": mark("Meter of IT"),
    "meter:overhead": mark("Meter of cooling and UPS"),
    "meter:non_it": mark("Meter outside IT"),
    "rack": mark("Racks"),
    "node": mark("Nodes: beyond boards and processors"),
    "gpu": mark("Boards (GPU)"),
    "cpu": mark("Processors"),
    "ram": mark("Memory"),
    "job": mark("Jobs, by Slurm's energy plugin"),
    "pod": mark("Pods"),
    "run": mark("Tracked runs"),
    "load": mark("Declared loads"),
}
ENERGY_SOURCES = {
    "grid": mark("grid"),
    "generator": mark("generator"),
    "pv": mark("own photovoltaics"),
    "storage": mark("storage"),
}
ENERGY_REASONS = {
    "lost_telemetry": mark("estimate for lost samples"),
    "inner_measure": mark("another meter of the same energy, further in or out, counts"),
    "outranked": mark("a better measure of the same thing counts"),
    "comparison": mark("kept to compare, nothing is split by it"),
    "duplicate": mark("told twice by the same kind of measure"),
    "covered_by": mark("the provider's statement covers it"),
    "other_period": mark("belongs to another month"),
}
PUE_ORIGINS = {"measured": mark("measured"), "billed": mark("billed"), "configured": mark("configured")}
# Impacts beside carbon, in the order of screens and reports.
INDICATORS = {
    "pe": mark("Primary energy"),
    "water_consumption": mark("Water consumption"),
    "water_withdrawal": mark("Water withdrawal"),
    "adpe": mark("Depletion of minerals and metals"),
    "adpf": mark("Depletion of fossil resources"),
    "ewaste_kg": mark("Electronic waste"),
    "pm": mark("Particulate matter"),
    "ir": mark("Ionizing radiation"),
    "ecotox": mark("Freshwater ecotoxicity"),
}
BASES = {"location": mark("Location-based"), "market": mark("Market-based")}
STATUSES = {"preliminary": mark("preliminary"), "final": mark("final"), "trued_up": mark("trued up")}
RECOGNITION = {
    "amortised": mark("own hardware amortised over {months} months, or the life of its class"),
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
    "fuel_without_factor": mark("Fuel without a factor, left out"),
    "unknown_refrigerant": mark("Unknown refrigerant, left out"),
    "log_of_another_owner": mark("Log of a site that is not ours, left out"),
    "refrigerant_gain": mark("A cooling machine gained refrigerant: a fill is missing in its log"),
    "gwp_of_another_report": mark("Warming potential taken from another IPCC report than the policy's"),
    "stale_fuel_factor": mark("The newest fuel factor is older than the month"),
    "water_factor_stands_in": mark("Carbon of water taken from another country or year"),
    "asset_without_footprint": mark("Devices without a footprint count nothing"),
    "asset_footprint_stand_in": mark("Devices without a footprint of their own"),
    "credit_without_order": mark("Credit notes whose order is not known"),
    "asset_move_disagrees": mark("Register and moves disagree on where a device stands"),
    "treatment_not_posted": mark("Treatment of a device that cannot be compared"),
    "capacity_price_missing": mark("Capacity without a price: hardware split by kWh"),
    "unclassified_service": mark("Billed service that nobody has classified"),
    "usage_covered_elsewhere": mark("Billed usage taken as inside another figure of its statement"),
    "last_known_key": mark("No bill: split as in the last month that has one"),
    "statement_missing": mark("No statement: estimated from the bill until it comes"),
    "gap_fill": mark("Left out by the cloud's statement, estimated from the bill"),
    "usage_not_estimated": mark("Billed usage that could not be estimated"),
    "meter_overrun": mark("Meters inside a site exceed the meter that feeds them"),
    "node_overrun": mark("Meters inside a node show more than the node's own meter"),
    "heat_without_factor": mark("Bill of heat or cooling without a factor, left out"),
    "job_without_watts": mark("Slurm jobs whose GPUs nothing names the watts of"),
    "processor_without_watts": mark("A processor without known watts: its hosts are not estimated"),
    "instrument_over_claim": mark("A contractual instrument exceeds what was consumed"),
    "instrument_not_counted": mark("A contractual instrument that does not count"),
    "instrument_without_split": mark("An instrument's zone has no split factor"),
    "market_without_upstream": mark("A market factor's zone has no upstream factor"),
    "purchase_without_factor": mark("Invoice lines without a factor count nothing"),
    "purchase_stands_in": mark("Counted by spend: what should cover it did not come"),
    "unknown_model": mark("Called models without coefficients count nothing"),
    "unknown_place": mark("Model provider without a place of computing, not counted"),
    "tokens_of_other_month": mark("Tokens of another month in a delivery"),
    "tokens_covered_by_cloud": mark("Tokens already in a cloud's figures, a comparison alone"),
    "tokens_instead_of_spend": mark("Tokens take the place of an estimate by spend"),
    "usage_without_factor": mark("Use of products without a factor, not counted"),
    "usage_over_share": mark("Profiles of use give away more requests than there are"),
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


def category(code: str, words: Words) -> str:
    """The name of a category of the GHG Protocol, or its code where it is new to us."""
    return named(CATEGORIES, code, words)


def scope(number: int, words: Words) -> str:
    """The name of a scope."""
    return words.text(SCOPES[number])
