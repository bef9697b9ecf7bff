"""FOCUS billing charges, before they are used: one line per document, since a month may have millions of charges."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, not_empty

MAX_TAG_FAULTS, MAX_WITHOUT_REGION = 0.01, 0.5
# Amortised cost may stand a little above list cost (currency, rounding), never far.
MAX_EFFECTIVE_TO_LIST = 1.1
# One billing month, its corrections of the year before, and the purchases that begin next month.
MAX_MONTHS = 14

QUERY = """
select
    doc_key,
    count(*) as charges,
    count(*) filter (where charge_category = 'usage') as usage_charges,
    count(*) filter (where charge_category = 'usage' and service_name is null) as usage_without_service,
    count(tags_fault) / count(*) as share_tag_faults,
    coalesce(avg((region_id is null and region_name is null)::int) filter (where charge_category = 'usage'), 0)
        as share_without_region,
    count(distinct date_trunc('month', charge_period_start)) as months,
    coalesce(fsum(list_cost) filter (where charge_category = 'usage'), 0) as usage_list_cost,
    fsum(effective_cost) filter (where charge_category = 'usage')
        / nullif(fsum(list_cost) filter (where charge_category = 'usage'), 0) as effective_to_list
from rows
group by doc_key
order by doc_key
"""


def suite() -> list[Any]:
    """The suite of the documents' sums."""
    export = "export the month again with all FOCUS columns"
    return [
        not_empty("billing", "check the export's folder and month"),
        between("usage_charges", 1, None, "check the export's filter: it has no usage"),
        between("usage_without_service", 0, 0, export),
        between("usage_list_cost", 0, None, "look at the corrections: they exceed the month's usage", "warning"),
        between("effective_to_list", None, MAX_EFFECTIVE_TO_LIST, "check that EffectiveCost is amortised cost",
                "warning"),
        between("share_tag_faults", 0, MAX_TAG_FAULTS, "tags are not JSON: these charges have no labels", "warning"),
        between("share_without_region", 0, MAX_WITHOUT_REGION, "charges without region meet no statement line",
                "warning"),
        between("months", 1, MAX_MONTHS, "export one billing month per file", "warning"),
    ]  # fmt: skip
