"""Meters by the names that their exporters give them: old Kepler, Scaphandre, IPMI, PDUs."""

from __future__ import annotations

from typing import Any

import pytest

from connectors.base import ParseError
from tests.footing.test_prometheus_rollup import hours, rolled

# 360 W for a minute are 21,600 J: 6 Wh.
COUNTED = {0: 0.0, 60: 21_600.0}
SCRAPED = {"instance": "10.244.1.9:9102", "job": "kepler", "pod": "kepler-x7", "namespace": "monitoring"}


def metered(*series: tuple[dict[str, str], dict[int, float]], **options: Any) -> list[dict[str, Any]]:
    return rolled("meter_hours", list(series), **options)


def test_the_old_keplers_packages_modes_and_memory_add_up() -> None:
    old = {**SCRAPED, "exported_instance": "n1.example.org", "source": "rapl"}
    series = [
        ({"__name__": f"kepler_node_{zone}_joules_total", "package": package, "mode": mode, **old}, COUNTED)
        for zone in ("package", "dram")
        for package in ("0", "1")
        for mode in ("idle", "dynamic")
    ]
    platform = ({"__name__": "kepler_node_platform_joules_total", "mode": "dynamic", **old}, COUNTED)
    rows = metered(*series, platform)
    assert hours(rows, "metric") == {
        (0, "kepler_node_package_joules_total"): pytest.approx(0.024),
        (0, "kepler_node_dram_joules_total"): pytest.approx(0.024),
        (0, "kepler_node_platform_joules_total"): pytest.approx(0.006),
    }
    assert {(row["hostname"], row["namespace"], row["pod"]) for row in rows} == {
        ("n1.example.org", None, None)
    }
    assert {row["seconds_seen"] for row in rows} == {60.0}


def test_the_old_keplers_pods_are_those_it_names_and_not_its_own() -> None:
    series = [
        ({"__name__": "kepler_container_package_joules_total", "pod_name": "serve-1", "container_namespace": "claims",
          "container_name": container, "mode": "dynamic", **SCRAPED}, COUNTED)
        for container in ("main", "sidecar")
    ]  # fmt: skip
    rows = metered(*series)
    assert {(row["namespace"], row["pod"]) for row in rows} == {("claims", "serve-1")}
    assert sum(row["kwh"] for row in rows) == pytest.approx(0.012)


@pytest.mark.parametrize("name", ["kepler_container_gpu_joules_total", "kepler_container_other_joules_total"])
def test_what_the_old_kepler_says_of_boards_without_naming_them_is_refused_with_what_to_ask(
    name: str,
) -> None:
    pod = {"__name__": name, "pod_name": "serve-1", "container_namespace": "claims", **SCRAPED}
    with pytest.raises(ParseError, match="without naming them; ask DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"):
        metered((pod, COUNTED))


def test_a_board_of_the_old_kepler_without_a_uuid_is_refused() -> None:
    node = {"__name__": "kepler_node_gpu_joules_total", "mode": "dynamic", **SCRAPED}
    with pytest.raises(ParseError, match=r"metric\.gpu_uuid: missing"):
        rolled("gpu_hours", [(node, COUNTED)])


def test_scaphandres_gauge_and_counter_say_the_same_in_their_own_units() -> None:
    host = {"instance": "n1:8080", "job": "scaphandre"}
    rows = metered(
        ({"__name__": "scaph_host_power_microwatts", **host}, {60: 360e6}),
        ({"__name__": "scaph_host_energy_microjoules", **host}, {0: 0.0, 60: 21_600e6}),
    )
    assert {(row["metric"], row["kind"]): row["kwh"] for row in rows} == {
        ("scaph_host_power_microwatts", "power"): pytest.approx(0.006),
        ("scaph_host_energy_microjoules", "energy"): pytest.approx(0.006),
    }


def test_scaphandres_processes_are_no_known_meter() -> None:
    process = {
        "__name__": "scaph_process_power_consumption_microwatts",
        "exe": "python",
        "instance": "n1:8080",
    }
    with pytest.raises(ParseError, match=r"scaph_process_power_consumption_microwatts.*options\.meters"):
        metered((process, {60: 1e6}))


def test_a_machines_bmc_is_one_meter_and_two_pdus_that_feed_it_are_two() -> None:
    bmc = {"__name__": "ipmi_dcmi_power_consumption_watts", "instance": "n1:9290"}
    rows = metered((bmc, {60: 720.0}), ({**bmc, "instance": "n1.example.org", "job": "remote"}, {60: 720.0}))
    assert sum(row["kwh"] for row in rows) == pytest.approx(0.012)
    meters = {"outlet_watts": {"kind": "power", "level": "node", "label": "machine"}}
    feeds = [
        (
            {"__name__": "outlet_watts", "machine": "n1", "outlet": "4", "instance": pdu, "job": job},
            {60: 360.0},
        )
        for pdu in ("pdu-a", "pdu-b")
        for job in ("snmp", "snmp-again")
    ]
    rows = metered(*feeds, meters=meters)
    assert sum(row["kwh"] for row in rows) == pytest.approx(0.012)
    assert {(row["hostname"], row["seconds_seen"]) for row in rows} == {("n1", 60.0)}


def test_a_counter_with_lost_samples_yields_to_a_copy_that_has_them() -> None:
    # 6 Wh in each of ten minutes but the last, 60; the copy saw only the ends.
    values = {at * 60: at * 21_600.0 for at in range(10)} | {600: 9 * 21_600.0 + 216_000.0}
    name = {
        "__name__": "node_rapl_package_joules_total",
        "index": "0",
        "path": "/sys/p0",
        "instance": "n1:9100",
    }
    fine, coarse = (name, values), ({**name, "replica": "b"}, {0: 0.0, 600: values[600]})
    [row] = metered(coarse, fine)
    assert (row["kwh"], row["seconds_seen"]) == (pytest.approx(0.114), 600)


@pytest.mark.parametrize("name", ["gpu_hours", "meter_hours"])
def test_two_days_of_a_counter_that_share_their_border_lose_nothing_at_midnight(name: str) -> None:
    # 360 W over two days in two documents, as they are asked: 17.28 kWh, and no second of the two days is missing.
    day = 86_400
    labels = {"node_name": "n1", "zone": "package", "gpu_uuid": "G1"}
    metric = "kepler_node_gpu_joules_total" if name == "gpu_hours" else "kepler_node_cpu_joules_total"
    rows = [
        row
        for first in (0, day)
        for row in rolled(
            name,
            [({"__name__": metric, **labels}, {at: at * 360.0 for at in range(first, first + day + 1, 300)})],
            step_seconds=300,
        )
    ]
    assert sum(row["kwh"] for row in rows) == pytest.approx(17.28)
    assert {row["seconds_seen"] for row in rows} == {3600.0} and len(rows) == 48
