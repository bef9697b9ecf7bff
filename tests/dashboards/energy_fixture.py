"""Energy of the made-up published file: a metered hall, an office by telemetry alone, a machine at a provider."""

from __future__ import annotations

import datetime as dt

import duckdb

# 900 + 120 generated + 50 of the roof - 30 given away - 10 charged more than discharged = 1,030
# = IT 600 + overhead 180 (PUE 1.3) + 250 outside. Of IT, 500 are told apart, 100 by nothing.
BALANCES = [
    (
        "hall",
        True,
        900,
        120,
        50,
        30,
        10,
        1030,
        600,
        180,
        250,
        500,
        60,
        40,
        100,
        "measured",
        1.3,
        1.3,
        None,
        1.4,
    ),
    ("office", False, 0, 0, 0, 0, 0, 13, 10, 3, 0, 10, 0, 0, 0, "configured", 1.3, None, None, 1.3),
]
# By what a measure that lost is covered, by its reason.
COVERED = {"inner_measure": "gpu", "outranked": "job", "covered_by": "statement"}
MEASURES = [
    ("hall", "m1", None, "site", "grid", "total", None, 900, "metered", "bills"),
    ("hall", "g1", None, "site", "generator", "total", None, 120, "metered", "bills"),
    ("hall", "pv", None, "site", "pv", "total", None, 50, "metered", "bills"),
    ("hall", "m1", None, "site", "grid", "total", None, -30, "metered", "bills"),
    ("hall", "bat", None, "site", "storage", "total", None, -40, "metered", "bills"),
    ("hall", "bat", None, "site", "storage", "total", None, 30, "metered", "bills"),
    ("hall", "G1", "7", "gpu", "grid", "key", None, 260, "metered", "dcgm"),
    ("hall", "G2", None, "gpu", "grid", "key", None, 60, "metered", "dcgm"),
    ("hall", "G1", "7", "gpu", "grid", "key", "lost_telemetry", 40, "a_posteriori", "dcgm"),
    ("hall", "n1", "7", "node", "grid", "key", None, 140, "metered", "dcgm"),
    ("hall", "n1", None, "node", "grid", "loser", "inner_measure", 320, "metered", "dcgm"),
    ("hall", "n1", None, "node", "grid", "loser", "outranked", 7.5, "metered", "dcgm"),
    ("hall", "r1", None, "rack", "grid", "loser", "comparison", 470, "metered", "pdu"),
    ("hall", "w1", "c1", "run", "grid", "loser", "brand_new_reason", 3, "a_posteriori", "files"),
    ("office", None, "c2", "run", "grid", "key", None, 10, "a_posteriori", "files"),
    (None, "vm", "r1", "gpu", "grid", "loser", "covered_by", 5, "metered", "azure_gpu"),
]


def write(con: duckdb.DuckDBPyConnection, month: dt.date) -> None:
    """Write the month's energy, and a decoy in the year before."""
    con.execute(
        "insert into dim_site values ('hall', 'Hall <1>'), ('office', 'Office'), ('empty', 'Never seen')"
    )
    for when, factor in ((month, 1), (month.replace(year=month.year - 1), 3)):
        for site, is_metered, *numbers in BALANCES:
            kwh = [factor * number for number in numbers[:13]]
            con.execute(
                f"insert into rpt_site_balance values (?, ?, ?, {', '.join('?' * 18)}, false)",
                [when, site, is_metered, *kwh, *numbers[13:]],
            )
        for site, device, job, component, origin, use, reason, kwh, tier, source in MEASURES:
            con.execute(
                "insert into fct_energy values (?, ?, ?, ?, null, ?, ?, ?, ?, ?, null, null, null, ?, ?, ?, null)",
                [
                    when,
                    site,
                    device,
                    job,
                    component,
                    origin,
                    use,
                    reason,
                    COVERED.get(reason),
                    factor * kwh,
                    tier,
                    source,
                ],
            )
    con.execute(
        "insert into rpt_lost_telemetry values (?, 'dcgm', 'hall', 'gpu', 5, 3, 2, 720, 96, 40)", [month]
    )
