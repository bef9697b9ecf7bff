"""The marts, before they are published: small frames, each a query and its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expectations.suites._claims import all_true, between, claim, filled, not_empty, one_of

# A footprint that triples or falls to a third within a month is more often a unit than a fact.
MAX_JUMP = 3.0
MAX_UNDECIDED = 0.5
MONTH = "level = 'total' and \"window\" = 'month' and indicator = 'gwp' and recognition = 'amortised'"

WARNING_CODES = {
    "key_overrun": "Inner meters exceed their site's IT part beyond the tolerance",
    "meter_overrun": "Meters inside a site exceed the meter that feeds them",
    "node_overrun": "Meters inside a node exceed the node's own meter beyond the tolerance",
    "heat_without_factor": "A bill of heat, steam or cooling has no factor",
    "job_without_watts": "Slurm jobs have GPUs without known watts",
    "processor_without_watts": "A Slurm source names a processor without known watts",
    "instrument_over_claim": "A contractual instrument exceeds consumption",
    "instrument_not_counted": "A contractual instrument does not count",
    "instrument_without_split": "An instrument's zone has no split factor",
    "market_without_upstream": "A market factor's zone has no upstream factor",
    "unknown_meter": "A bill names a meter that config/meters.csv does not know",
    "unmetered_site": "A site has no bill: telemetry × PUE stands in",
    "market_basis_substituted": "A market figure lacks: the location figure stands in",
    "stale_grid_factor": "The newest grid factor ended before the month",
    "telemetry_gap": "A month of telemetry is lost",
    "telemetry_lost": "Samples are lost, their energy is estimated",
    "empty_answer": "A statement or bill came without a single row",
    "delivery_missing": "A due delivery is missing",
    "delivery_unusable": "A delivery cannot be used",
    "delivery_incomplete": "Bills do not cover the whole month",
    "rows_rejected": "Rows were rejected",
    "asset_without_footprint": "A device has no footprint",
    "credit_without_order": "A credit note names an order line that is not known",
    "unclassified_service": "A billed service is unknown to the taxonomy",
    "usage_covered_elsewhere": "Billed usage has no line in the statement that covers it",
    "last_known_key": "A bill is missing: an earlier month's split stands in",
    "statement_missing": "A statement is missing: billed usage is estimated",
    "gap_fill": "A statement leaves usage out: it is estimated",
    "usage_not_estimated": "Billed usage could not be estimated",
    "purchase_without_factor": "An invoice line has no factor: it counts nothing",
    "purchase_stands_in": "An invoice line counts by spend: what should cover it did not come",
    "unknown_model": "A model that was called has no coefficients",
    "unknown_place": "A model's provider computes where no grid factor is known",
    "tokens_of_other_month": "Tokens of another month stand in a delivery",
    "tokens_covered_by_cloud": "Tokens stand in a cloud's figures",
    "tokens_instead_of_spend": "Tokens take the place of an estimate by spend",
    "fuel_without_factor": "A fuel has no factor: it counts nothing",
    "stale_fuel_factor": "The newest fuel factor ended before the month",
    "water_factor_stands_in": "A factor of another country or year stands in for a country's water",
    "unknown_refrigerant": "A refrigerant is not known: it counts nothing",
    "refrigerant_gain": "A cooling machine gained refrigerant",
    "log_of_another_owner": "A log tells of a site that is not ours",
    "gwp_of_another_report": "A warming potential comes from another report than the policy's",
    "asset_move_disagrees": "Register and moves disagree on where a device stands",
    "treatment_not_posted": "A device's treatment cannot be compared",
    "capacity_price_missing": "Capacity has no price",
    "usage_without_factor": "A product's use has no factor: it counts nothing",
    "usage_over_share": "Profiles of use give away more requests than there are",
}


@dataclass(frozen=True)
class MartSuite:
    """A frame and what is claimed of it."""

    name: str
    query: str
    expectations: list[Any]


def suites() -> list[MartSuite]:
    """All suites of the marts."""
    return [_ledger(), _shares(), _conservation(), _monthly(), _totals(), *_warnings()]


def _ledger() -> MartSuite:
    fix = "a model is wrong: do not publish, look at the build's tests"
    query = (
        "select emission_id, amount, entry, scope, accounting_basis, recognition, tier, data_status, period_month"
        " from fct_emissions"
    )
    return MartSuite("fct_emissions", query, [
        not_empty("ledger", "nothing was posted: look at coverage"),
        claim("ExpectColumnValuesToBeUnique", "emission_id_unique", "a ledger row stands once", fix, column="emission_id"),
        filled("amount", fix),
        between("amount", 0, None, fix, where="entry != 'correction'"),
        one_of("accounting_basis", ["location", "market", "both"], fix),
        one_of("recognition", ["flow", "amortised", "acquisition"], fix),
        one_of("tier", ["metered", "provider_reported", "a_posteriori", "a_priori", "spend"], fix),
    ])  # fmt: skip


def _shares() -> MartSuite:
    query = "select abs(fsum(share) - 1) as off_by from fct_allocation group by claim_id, period_month"
    fix = "a key is wrong: look at int_share_keys of the claim"
    return MartSuite("fct_allocation", query, [not_empty("shares", fix), between("off_by", 0, 1e-12, fix)])


def _conservation() -> MartSuite:
    query = "select abs(difference) <= tolerance as foots, rejected from rpt_conservation"
    fix = "rpt_conservation names the document and the sum that does not foot"
    return MartSuite("rpt_conservation", query, [
        not_empty("conservation", fix),
        all_true("foots", "everything_foots", "what came in stands somewhere, to the tolerance of each check", fix),
    ])  # fmt: skip


def _monthly() -> MartSuite:
    query = (
        "select amount_low <= amount and amount <= amount_high as bounded, amount, period_month"
        " from rpt_monthly where period_month <= (select max(period_month) from dim_month)"
    )
    fix = "a model of the reports is wrong: look at rpt_monthly"
    return MartSuite("rpt_monthly", query, [
        not_empty("monthly report", fix),
        all_true("bounded", "inside_its_interval", "every figure stands inside its interval", fix),
        filled("amount", fix),
    ])  # fmt: skip


def _totals() -> MartSuite:
    query = f"""
        with totals as (
            select period_month, accounting_basis, max(amount) filter (where total = 'it') as it,
                coalesce(max(amount) filter (where total = 'ai'), 0) as ai,
                coalesce(max(amount) filter (where total = 'undecided'), 0) as undecided
            from rpt_monthly where {MONTH} group by all
        )
        select *, ai + undecided <= it * (1 + 1e-9) as ai_inside_it, undecided / it as undecided_share,
            coalesce(greatest(it / lag(it) over months, lag(it) over months / it), 1) as jump
        from totals window months as (partition by accounting_basis order by period_month)
    """
    return MartSuite("official_totals", query, [
        not_empty("totals", "no month has a total: look at coverage"),
        all_true("ai_inside_it", "ai_inside_it", "AI + undecided never exceed the IT total", "an allocation is wrong"),
        between("it", 0, None, "a total is negative"),
        between("jump", 0, MAX_JUMP, "compare the month's documents with the month before", "warning"),
        between("undecided_share", 0, MAX_UNDECIDED, "label jobs and projects: most of IT is undecided", "warning"),
    ])  # fmt: skip


def _warnings() -> list[MartSuite]:
    made = []
    for code, description in WARNING_CODES.items():
        query = f"""
            select count(*) filter (where severity = 'critical') as critical, count(*) as warnings
            from rpt_warnings where code = '{code}'
        """
        fix = "rpt_warnings says where and what to do"
        made.append(MartSuite(f"rpt_warnings.{code}", query, [
            claim("ExpectColumnValuesToBeInSet", f"{code}_critical", f"{description}: none is critical", fix,
                  column="critical", value_set=[0]),
            claim("ExpectColumnValuesToBeInSet", code, f"{description}: none", fix, "warning", column="warnings", value_set=[0]),
        ]))  # fmt: skip
    return made
