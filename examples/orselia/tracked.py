"""Runs on a data scientist's workstation in the hall of lon1, as CodeCarbon writes them: no board telemetry sees it."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from pathlib import Path
from zoneinfo import ZoneInfo

from examples.orselia.story import MONTHS, month_start, rng, write

NODE, ZONE = "lon1-ws-01", ZoneInfo("Europe/London")
FIRST, UPGRADED, TOOL_PUE_SET = "2025-06", "2026-01", "2025-09"
OVERLAP = "2026-04"
"""In this month two runs measure the workstation at one time: each shows all of it."""

PUE = 1.45
"""Its owner told the tool the hall's own PUE: every energy in the file holds it."""

COMMON = (
    "timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,gpu_power,ram_power,cpu_energy,"
    "gpu_energy,ram_energy,energy_consumed,{water}country_name,country_iso_code,region,cloud_provider,cloud_region,os,"
    "python_version,codecarbon_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,ram_total_size,"
    "tracking_mode,{used}on_cloud,pue{end}"
)
HEADERS = {
    "2.8.4": COMMON.format(water="", used="", end=""),
    "3.3.2": COMMON.format(
        water="water_consumed,",
        used="cpu_utilization_percent,gpu_utilization_percent,ram_utilization_percent,ram_used_gb,",
        end=",wue",
    ),
}
# What each major version takes for processors and memory: 2 a constant, 3 a load and the number of modules.
WATTS = {"2.8.4": (42.5, 48.0), "3.3.2": (18.0, 20.0)}
TOOLS_KG_PER_KWH = 0.238
PROJECTS = ("assist-prompts", "assist-prompts", "assist-rerank", "claims-notebooks", "codecarbon")


def write_tracked(root: Path) -> None:
    """One delivery per month; when the tool was upgraded it renamed the file it could no longer append to."""
    for month in MONTHS:
        if month < FIRST:
            continue
        dice = rng("tracked", month)
        begin = month_start(month)
        runs = [_run(dice, month, begin + dt.timedelta(days=2 + 3 * n, hours=8)) for n in range(7)]
        if month == OVERLAP:
            runs.append(_run(dice, month, runs[-1][0] - dt.timedelta(hours=5)))
        # The upgrade came in the middle of its month.
        old = [line for ended, version, line in runs if version == "2.8.4"]
        new = [line for ended, version, line in runs if version == "3.3.2"]
        for name, version, lines in (("emissions.csv.bak" if new else "emissions.csv", "2.8.4", old),
                                     ("emissions.csv", "3.3.2", new)):  # fmt: skip
            if lines:
                text = "\n".join([HEADERS[version], *lines]) + "\n"
                write(root, ("codecarbon", NODE, month, name), text.encode())


def _run(dice: random.Random, month: str, day: dt.datetime) -> tuple[dt.datetime, str, str]:
    started = day + dt.timedelta(minutes=dice.randrange(0, 90))
    seconds = dice.randrange(3 * 3600, 10 * 3600)
    ended = started + dt.timedelta(seconds=seconds)
    version = "2.8.4" if month < UPGRADED or (month == UPGRADED and day.day < 12) else "3.3.2"
    pue = PUE if month >= TOOL_PUE_SET else 1.0
    cpu_w, ram_w = (pue * watts for watts in WATTS[version])
    gpu_w = pue * (150 + 100 * dice.random())
    cpu, gpu, ram = (watts * seconds / 3_600_000 for watts in (cpu_w, gpu_w, ram_w))
    total = cpu + gpu + ram
    kg = total * TOOLS_KG_PER_KWH
    run_id = uuid.UUID(int=dice.getrandbits(128), version=4)
    fields: list[object] = [
        f"{ended.astimezone(ZONE):%Y-%m-%dT%H:%M:%S}", dice.choice(PROJECTS), run_id, "", f"{seconds:.1f}", f"{kg:.9f}",
        f"{kg / seconds:.3e}", f"{cpu_w:.2f}", f"{gpu_w:.2f}", f"{ram_w:.2f}", f"{cpu:.9f}", f"{gpu:.9f}", f"{ram:.9f}",
        f"{total:.9f}", *(["0.0"] if version == "3.3.2" else []), "United Kingdom", "GBR", "", "", "",
        "Linux-6.1.0-x86_64-with-glibc2.36", "3.11.7", version, 32, "AMD Ryzen Threadripper PRO 5955WX", 1,
        "1 x NVIDIA RTX 6000 Ada Generation", "", "", "128.0", "machine",
        *(["31.5", "74.2", "40.1", "51.3"] if version == "3.3.2" else []), "N", pue, *(["0.0"] if version == "3.3.2" else []),
    ]  # fmt: skip
    return ended, version, ",".join(str(field) for field in fields)
