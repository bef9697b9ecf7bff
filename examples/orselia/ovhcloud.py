"""OVHcloud's carbon calculator: one CSV per month from January 2025 on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from examples.orselia.story import MONTHS, rng, write

ACCOUNT = "ab12345-ovh"
FIRST = "2025-01"
NAMED = "2026-07"
"""Before it the calculator leaves name and domain of some servers empty."""

HEADER = (
    "type,datacenter,range,name,server_domain,date,manufacturing_emissions_kg_co2eq,"
    "location_based_electricity_emissions_kg_co2eq,market_based_electricity_emissions_kg_co2eq,"
    "location_based_operational_emissions_kg_co2eq,market_based_operational_emissions_kg_co2eq,"
    "total_location_based_kg_co2eq,total_market_based_kg_co2eq"
)
# Invented shares: how much of the electricity and of the operations stays on the market basis.
MARKET_SHARE = {"GRA": (0.62, 0.9), "SBG": (0.71, 0.92)}


@dataclass(frozen=True)
class Machine:
    """A server or a flavor of instance: kg of manufacturing and electricity (location) in its first month."""

    kind: str
    datacenter: str
    range: str
    name: str
    domain: str
    manufacturing: float
    electricity: float
    growth: float = 1.0
    first: str = FIRST
    last: str = "2026-10"
    named_late: bool = False


BARE, PCI = "BAREMETAL", "PCI-COMPUTE"
MACHINES = (
    Machine(BARE, "GRA", "SCALE", "ns3104417", "ns3104417.ip-203-0-113.eu", 19.5, 10.2),
    Machine(BARE, "GRA", "ADVANCE", "ns3104420", "ns3104420.ip-203-0-113.eu", 11.4, 6.1, named_late=True),
    Machine(BARE, "GRA", "HGR-AI", "ns3107702", "ns3107702.ip-203-0-113.eu", 58.0, 31.5, first="2025-09"),
    Machine(BARE, "SBG", "ADVANCE", "ns3091255", "ns3091255.ip-198-51-100.eu", 11.4, 6.0, last="2025-11"),
    Machine(BARE, "SBG", "STORAGE", "ns3091260", "ns3091260.ip-198-51-100.eu", 24.0, 13.0),
    Machine(PCI, "GRA", "General Purpose", "b3-64", "", 21.0, 11.0, 1.01),
    Machine(PCI, "GRA", "GPU", "l40s-90", "", 23.0, 15.5, 1.045),
    Machine(PCI, "SBG", "General Purpose", "b3-32", "", 9.0, 5.2, 0.995),
    Machine(PCI, "SBG", "GPU", "t1-45", "", 14.0, 8.4, last="2025-08"),
)


def write_history(root: Path) -> None:
    """Write one file per month; the calculator knows nothing of this account's instances before 2025."""
    for month in MONTHS:
        if month >= FIRST:
            write(root, ("ovh_carbon", ACCOUNT, month, f"carbon-calculator-{month}.csv"), calculation(month))


def living(month: str) -> list[Machine]:
    """Give the machines of a month."""
    return [machine for machine in MACHINES if machine.first <= month <= machine.last]


def level(machine: Machine, month: str) -> float:
    """How much more a machine's flavor is used than in its first month."""
    months = MONTHS.index(month) - MONTHS.index(machine.first)
    return machine.growth**months * (0.98 + 0.04 * rng("ovhcloud", machine.name, month).random())


def calculation(month: str) -> bytes:
    """One month."""
    lines = [HEADER]
    for machine in living(month):
        hidden = machine.named_late and month < NAMED
        names = ("", "") if hidden else (machine.name, machine.domain)
        figures = [f"{value:f}" for value in _figures(machine, month)]
        lines.append(",".join((machine.kind, machine.datacenter, machine.range, *names, month, *figures)))
    return ("\n".join(lines) + "\n").encode()


def _figures(machine: Machine, month: str) -> tuple[Decimal, ...]:
    """Give manufacturing, electricity and operations by basis, and the totals: the sums to the digit."""
    share, other = MARKET_SHARE[machine.datacenter]
    amount = machine.electricity * level(machine, month)
    # A server is made once, whatever it does; a flavor's part of the servers below grows with its use.
    made = _kg(machine.manufacturing * (1.0 if machine.kind == BARE else level(machine, month)))
    electricity, market = _kg(amount), _kg(amount * share)
    operations, market_operations = _kg(amount * 0.22), _kg(amount * 0.22 * other)
    return (
        made, electricity, market, operations, market_operations,
        made + electricity + operations, made + market + market_operations,
    )  # fmt: skip


def _kg(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")
