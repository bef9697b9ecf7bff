"""What the labels of a series say of its board, its host and whoever holds it."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
from collections.abc import Iterable, Mapping

from connectors._meters import Meter

HOST = ("Hostname", "hostname", "node_name")
# Kepler names a pod pod_name: what stands in pod beside it is the pod of the exporter, which the scrape added.
LABELS = {
    "uuid": ("UUID", "uuid", "gpu_uuid"),
    "gpu": ("gpu",),
    "hostname": (*HOST, "node", "exported_instance", "instance"),
    "model_name": ("modelName", "model_name", "gpu_name"),
    "namespace": ("exported_namespace", "pod_namespace", "container_namespace", "namespace"),
    "pod": ("exported_pod", "pod_name", "pod"),
    "container": ("exported_container", "container_name", "container"),
    "hpc_job": ("hpc_job",),
    "gpu_instance": ("GPU_I_ID",),
}
# What tells who scraped, stored or asked, not what was measured.
SCRAPE = {"__name__", "job", "exported_job", "endpoint", "service", "replica", "__replica__", "prometheus", "prometheus_replica",
          "thanos_replica", "receive", "tenant_id", "monitor"}  # fmt: skip
_HELD = {name for ours in ("namespace", "pod", "container") for name in LABELS[ours]}
_MACHINES = ("cpu", "node", "rack")
_PORT = re.compile(r"^\[?(?P<address>[0-9A-Fa-f:.]+?)\]?(?P<port>:\d+)?$")
_INDEX = re.compile(r"(gpu|npu|hpu|xpu|card|device|dev|nvidia|amdgpu|accel)?[-_ ]?\d{1,3}", re.IGNORECASE)


def named(labels: Mapping[str, str], meter: Meter, device: str) -> dict[str, str | None]:
    """Give the columns that labels name, of the device that the meter's own label names.

    A meter of a machine may be scraped through one exporter for many machines: its ``instance`` is then the
    exporter's address, so the device's label goes before it. A board without a UUID is known by its device's label,
    with its host where that only counts the boards of one.
    """
    found = {ours: first(labels, theirs) for ours, theirs in LABELS.items()}
    if meter.level in _MACHINES:
        found["hostname"] = first(labels, HOST) or device
    if found["hostname"]:
        found["hostname"] = host(found["hostname"])
    if meter.level == "gpu" and not found["uuid"]:
        counted = _INDEX.fullmatch(device) and found["hostname"]
        found["uuid"] = f"{found['hostname']}/{device}" if counted else device
    return found


def identity(labels: Mapping[str, str], metric: str, meter: Meter, found: Mapping[str, str | None]) -> str:
    """Give the same text for series that measure the same: a second scrape, a replica of the server, a moved exporter.

    Labels that tell parts apart (socket, zone, mode, outlet) stay. Exporters that measure the machine they name are one
    whatever their address; a declared meter's ``instance`` may be one of two PDUs that feed a machine, so it stays.
    """
    left = set(labels) - SCRAPE - _HELD
    if meter.level == "pod":
        whose = [found["namespace"], found["pod"], found["container"]]
    else:
        whose = [re.split("[:.]", found["hostname"] or "")[0].lower()]
    left -= set(meter.device)
    if not meter.is_declared:
        left -= {*HOST, *LABELS["hostname"]}
    parts = [metric, meter.level, *whose, sorted((name, labels[name]) for name in left)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def first(labels: Mapping[str, str], names: Iterable[str]) -> str | None:
    """Give the first of these labels that is filled."""
    return next((labels[name] for name in names if labels.get(name)), None)


def host(name: str) -> str:
    """Give a host's name as it is, an address in one piece and without its port: names are cut at dots and colons.

    >>> host("10.0.0.7:9100"), host("[fd00::7]:9100"), host("n1.example.org:9100")
    ('ip-10-0-0-7', 'ip-fd00--7', 'n1.example.org:9100')
    """
    for text in (name, match.group("address") if (match := _PORT.match(name)) else ""):
        try:
            return "ip-" + re.sub(r"[.:]", "-", ipaddress.ip_address(text).compressed)
        except ValueError:
            continue
    return name
