"""Plain readers of the bundled documents, apart from the connectors: the tests count with these."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config"
DROPS = ROOT / "examples" / "orselia" / "drops"
HISTORY = DROPS / "1-history"
SITES = ("par1", "lon1")
MONTHS = [f"{2024 + (9 + n) // 12}-{(9 + n) % 12 + 1:02d}" for n in range(25)]
ZONES = {"par1": ZoneInfo("Europe/Paris"), "lon1": ZoneInfo("Europe/London")}


def table(name: str) -> list[dict[str, str]]:
    """Rows of one CSV of config/."""
    with (CONFIG / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bounds(month: str) -> tuple[dt.datetime, dt.datetime]:
    """First instant of a month and of the next, UTC."""
    start = dt.datetime.fromisoformat(f"{month}-01").replace(tzinfo=dt.UTC)
    return start, (start + dt.timedelta(days=32)).replace(day=1)


@dataclass
class Power:
    """What the boards of a site did in a month."""

    kwh: dict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    """By kind of holder (job, namespace, idle) and holder; a board held twice is shared evenly."""
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last sample of each job."""
    instants: set[int] = field(default_factory=set)
    samples: int = 0
    sentinels: int = 0
    held_twice: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Timestamps at which a board stands in more than one series."""
    unequal_twice: int = 0


@cache
def power(site: str, month: str) -> Power:
    """Read one Prometheus answer."""
    (path,) = (HISTORY / "dcgm" / site / month).iterdir()
    found, seen = Power(), defaultdict(list)
    for series in json.loads(gzip.decompress(path.read_bytes()))["data"]["result"]:
        labels = series["metric"]
        assert labels["__name__"] == "DCGM_FI_DEV_POWER_USAGE"
        if "hpc_job" in labels:
            holder = ("job", labels["hpc_job"])
        else:
            holder = ("namespace", labels["namespace"]) if "namespace" in labels else ("idle", "")
        for at, text in series["values"]:
            found.samples += 1
            found.instants.add(at)
            if int(text) > 2500:
                found.sentinels += 1
                continue
            seen[labels["UUID"], at].append((holder, int(text)))
            if holder[0] == "job":
                first, last = found.spans.get(holder[1], (at, at))
                found.spans[holder[1]] = min(first, at), max(last, at)
    for (uuid, at), holders in seen.items():
        for holder, watts in holders:
            found.kwh[holder] += watts / len(holders) / 4000
        if len(holders) > 1:
            found.held_twice[uuid].append(at)
            found.unequal_twice += len({watts for _, watts in holders}) > 1
    return found


@dataclass(frozen=True)
class Line:
    """One sacct line, as text."""

    cells: dict[str, str]
    site: str

    @property
    def is_step(self) -> bool:
        """Whether it is a step of a job."""
        return "." in self.cells["JobIDRaw"]

    def utc(self, name: str) -> int:
        """A local time as seconds."""
        return int(dt.datetime.fromisoformat(self.cells[name]).replace(tzinfo=ZONES[self.site]).timestamp())


@cache
def sacct(site: str, month: str) -> tuple[Line, ...]:
    """All lines of one accounting file."""
    (path,) = (HISTORY / "slurm" / site / month).iterdir()
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    names = header.split("|")
    return tuple(Line(dict(zip(names, line.split("|"), strict=True)), site) for line in lines)


@cache
def jobs(site: str) -> dict[str, Line]:
    """The newest line of each job, by JobIDRaw."""
    return {
        line.cells["JobIDRaw"]: line for month in MONTHS for line in sacct(site, month) if not line.is_step
    }


def project(line: Line) -> str:
    """A job's project by label, else by account as the rules say; empty when nobody knows."""
    if label := re.search(r"project:([\w-]+)", line.cells["Comment"]):
        return label[1]
    accounts = {
        rule["pattern"]: rule["project_id"]
        for rule in table("allocation_rules")
        if rule["field"] == "account"
    }
    return accounts.get(line.cells["Account"], "")


def phase(line: Line) -> str:
    """The phase on a job's label."""
    label = re.search(r"lifecycle_phase:(\w+)", line.cells["Comment"])
    return label[1] if label else ""


def google(drop: str, account: str, month: str) -> list[dict[str, str]]:
    """Rows of one Carbon Footprint extract."""
    (path,) = (DROPS / drop / "gcp_carbon" / account / month).iterdir()
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bills(site: str) -> Iterator[tuple[str, dt.date, dt.date, float, bool]]:
    """Period under which a line is filed, first day, last day, kWh and whether it is a credit note."""
    for path in sorted((HISTORY / "electricity" / site).glob("*/*")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream, delimiter=";" if site == "par1" else ","):
                if row[2] != "1":
                    continue
                first, last = (dt.datetime.strptime(cell, "%d/%m/%Y").date() for cell in row[4:6])
                yield (
                    path.parent.name,
                    first,
                    last,
                    float(row[6].replace(",", ".")),
                    row[10] in ("Oui", "Yes"),
                )


@cache
def billed(site: str) -> dict[dt.date, tuple[int, float]]:
    """Times billed (credits count back) and kWh of each day."""
    days: dict[dt.date, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for _, first, last, kwh, credit in bills(site):
        count = (last - first).days + 1
        for n in range(count):
            day = first + dt.timedelta(days=n)
            times, total = days[day]
            days[day] = times + (-1 if credit else 1), total + kwh / count
    return days
