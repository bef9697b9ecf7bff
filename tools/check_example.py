"""Check that the bundled organization's published file holds all that it is there to show.

``python -m tools.check_example data/published/current.duckdb`` after ``make run``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

SCOPES, INDICATORS = (1, 2, 3), 5
MEMOS = ("memo.biogenic", "memo.non_kyoto")

_OFFICIAL = """
select scope, fsum(amount) from fct_emissions_allocated
where is_reported and indicator = 'gwp' and scope is not null and accounting_basis in (?, 'both')
and recognition in ('flow', 'amortised') and boundary != 'outside_it'
group by scope
"""
_INDICATORS = """
select indicator from fct_emissions
where is_reported and accounting_basis in ('location', 'both') and recognition in ('flow', 'amortised')
and not starts_with(coalesce(ghg_category, '-'), 'memo.')
group by indicator having fsum(amount) > 0
"""
_MEMOS = """
select ghg_category from fct_emissions
where is_reported and scope is null and starts_with(ghg_category, 'memo.')
group by ghg_category having fsum(amount) > 0
"""


def shortcomings(published: Path) -> list[str]:
    """Say what the file lacks, one line each; none when it holds everything.

    Parameters
    ----------
    published : Path
        A published file, or the pointer to one; it is only read.

    Returns
    -------
    list of str
        Scopes of the IT total without a figure, too few indicators, memos that are missing, and whether no instrument
        is an over-claim.
    """
    with duckdb.connect(str(published.resolve()), read_only=True) as con:
        found = []
        for basis in ("location", "market"):
            totals = dict(con.execute(_OFFICIAL, [basis]).fetchall())
            found += [f"scope {n}, {basis}: {totals.get(n, 0)} kg CO2e of IT, but it must be above 0"
                      for n in SCOPES if not totals.get(n, 0) > 0]  # fmt: skip
        indicators = sorted(name for (name,) in con.execute(_INDICATORS).fetchall())
        if len(indicators) < INDICATORS:
            found.append(f"indicators above 0: {', '.join(indicators)}; there must be {INDICATORS} at least")
        memos = {name for (name,) in con.execute(_MEMOS).fetchall()}
        found += [f"{memo}: no row above 0" for memo in MEMOS if memo not in memos]
        if not con.execute("select 1 from rpt_instruments where status = 'over_claim'").fetchall():
            found.append("rpt_instruments: no over_claim, though Orsélia UK retired more than its hall used")
    return found


if __name__ == "__main__":
    lacking = shortcomings(Path(sys.argv[1]))
    print("\n".join(lacking) or "The example holds every scope, indicators, memos and an over-claim.")
    sys.exit(bool(lacking))
