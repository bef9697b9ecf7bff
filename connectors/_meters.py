"""Metrics of power and energy that exporters publish: what each measures, in which unit, of which device.

Names and units: NVIDIA/dcgm-exporter, sustainable-computing-io/kepler, hubblo-org/scaphandre, prometheus-community's
ipmi_exporter and node_exporter, kubernetes/kube-state-metrics, as of 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.base import ParseError


@dataclass(frozen=True)
class Meter:
    """``kind`` is power (gauge), energy (counter) or labels; ``factor`` brings values to W or J."""

    kind: str
    factor: float
    level: str
    device: tuple[str, ...]
    zone: str | None = None
    is_declared: bool = False


# No series draws more. Boards: the largest announced (2026) draws 1,400 W. Counters: 1e15 J is 278 GWh. DCGM writes
# ~9.2e18 where a value is not supported.
MAX_WATTS = {"gpu": 2_500.0, "cpu": 5_000.0, "pod": 20_000.0, "node": 30_000.0, "rack": 500_000.0}
MAX_JOULES = 1e15
# Kepler's zones overlap: psys holds package, package holds core. These two together are the processor's side of a node.
ZONES = ("package", "dram")
KINDS, LEVELS = ("power", "energy"), tuple(MAX_WATTS)
NODE = ("node_name", "Hostname", "hostname", "node", "exported_instance", "instance")
# What the old Kepler says of boards without naming them: its sum would stand beside the boards' own.
NAMELESS = ("kepler_container_gpu_joules_total", "kepler_container_other_joules_total")

METERS = {
    "DCGM_FI_DEV_POWER_USAGE": Meter("power", 1, "gpu", ("UUID", "uuid")),
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION": Meter("energy", 1e-3, "gpu", ("UUID", "uuid")),
    "kepler_node_gpu_joules_total": Meter("energy", 1, "gpu", ("gpu_uuid",)),
    "kepler_node_cpu_joules_total": Meter("energy", 1, "cpu", NODE),
    "kepler_node_package_joules_total": Meter("energy", 1, "cpu", NODE, "package"),
    "kepler_node_dram_joules_total": Meter("energy", 1, "cpu", NODE, "dram"),
    "kepler_node_platform_joules_total": Meter("energy", 1, "node", NODE),
    "kepler_platform_watts": Meter("power", 1, "node", NODE),
    "kepler_pod_cpu_joules_total": Meter("energy", 1, "pod", ("pod_id", "pod_name")),
    "kepler_container_package_joules_total": Meter("energy", 1, "pod", ("pod_name",), "package"),
    "kepler_container_dram_joules_total": Meter("energy", 1, "pod", ("pod_name",), "dram"),
    "scaph_host_power_microwatts": Meter("power", 1e-6, "cpu", NODE),
    "scaph_host_energy_microjoules": Meter("energy", 1e-6, "cpu", NODE),
    "ipmi_dcmi_power_consumption_watts": Meter("power", 1, "node", NODE),
    "node_rapl_package_joules_total": Meter("energy", 1, "cpu", NODE, "package"),
    "node_rapl_dram_joules_total": Meter("energy", 1, "cpu", NODE, "dram"),
    "kube_pod_labels": Meter("labels", 1, "labels", ("uid", "pod")),
}


def known(options: Mapping[str, Any], name: str) -> dict[str, Meter]:
    """Give the known metrics with those that the source declares (a PDU's own names, say) in ``options.meters``.

    Raises
    ------
    ParseError
        When a declared meter lacks a field or has an unknown kind or level; ``name`` is the document's.
    """
    own = {}
    for metric, told in (options.get("meters") or {}).items():
        if (
            not isinstance(told, Mapping)
            or told.get("kind") not in KINDS
            or told.get("level") not in LEVELS
            or not told.get("label")
        ):
            raise ParseError(
                f"{name}: options.meters.{metric} needs kind ({', '.join(KINDS)}), level ({', '.join(LEVELS)}), label and, "
                "if the unit is not W or J, factor; correct it in config/sources.yml"
            )
        own[metric] = Meter(
            told["kind"], float(told.get("factor", 1)), told["level"], (str(told["label"]),), is_declared=True
        )
    return METERS | own


def is_counter(query: str, options: Mapping[str, Any]) -> bool:
    """Say whether a query asks for an energy counter, by the first known metric in it."""
    meters = known(options, "options")
    named = (word for word in re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", query) if word in meters)
    return (first := next(named, None)) is not None and meters[first].kind == "energy"


def limit(meter: Meter) -> float:
    """Give the largest plausible value of one sample, in W or J."""
    return MAX_WATTS[meter.level] if meter.kind == "power" else MAX_JOULES
