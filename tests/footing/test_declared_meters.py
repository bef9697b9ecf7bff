"""Meters that a source declares: boards stay apart, machines keep their names however they are scraped."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors._series import host
from tests.footing.test_prometheus_rollup import board, hours, rolled

GPU = {"kind": "power", "level": "gpu"}
NODE = {"kind": "power", "level": "node"}
MINUTE = {60: 3_600.0}


def of_node(labels: dict[str, str], **told: Any) -> str:
    """The host of a declared node meter's one row."""
    meters = {labels["__name__"]: {**NODE, **told}}
    [row] = rolled("meter_hours", [(labels, MINUTE)], meters=meters)
    return str(row["hostname"])


def test_boards_without_a_uuid_are_known_by_the_declared_label() -> None:
    # 720 W and 360 W over a minute: 12 and 6 Wh, of two boards.
    series = [
        ({"__name__": "accelerator_watts", "serial": serial, "instance": "n1:9400"}, {60: watts})
        for serial, watts in (("PX-11", 720.0), ("PX-12", 360.0))
    ]
    rows = rolled("gpu_hours", series, meters={"accelerator_watts": {**GPU, "label": "serial"}})
    assert hours(rows, "uuid") == {(0, "PX-11"): pytest.approx(0.012), (0, "PX-12"): pytest.approx(0.006)}
    assert {row["hostname"] for row in rows} == {"n1:9400"}


def test_a_label_that_counts_the_boards_of_a_host_says_whose() -> None:
    series = [
        ({"__name__": "amd_watts", "gpu_id": gpu, "hostname": name}, {60: 360.0})
        for name in ("n1", "n2")
        for gpu in ("0", "1")
    ]
    rows = rolled("gpu_hours", series, meters={"amd_watts": {**GPU, "label": "gpu_id"}})
    assert {row["uuid"] for row in rows} == {"n1/0", "n1/1", "n2/0", "n2/1"}
    assert sum(row["kwh"] for row in rows) == pytest.approx(0.024)


def test_a_declared_board_that_has_a_uuid_keeps_it() -> None:
    name = "footing:gpu_power_watts:avg5m"
    [row] = rolled("gpu_hours", [(board(name), {60: 360.0})], meters={name: {**GPU, "label": "UUID"}})
    assert row["uuid"] == "GPU-1"


def test_a_pdus_outlet_is_its_machine_and_not_the_exporter_that_asked_the_pdu() -> None:
    outlet = {"__name__": "outlet_watts", "instance": "10.1.0.9:161", "machine": "gpu-07.example.org"}
    assert of_node(outlet, label="machine") == "gpu-07.example.org"
    assert of_node({**outlet, "Hostname": "gpu-08"}, label="machine") == "gpu-08"
    # The exporter's own pod runs on another node.
    assert of_node({**outlet, "node": "monitoring-1"}, label="machine") == "gpu-07.example.org"


def test_addresses_are_hosts_of_their_own() -> None:
    series = [
        ({"__name__": "ipmi_dcmi_power_consumption_watts", "instance": instance}, MINUTE)
        for instance in ("10.0.0.7:9290", "10.0.1.7:9290", "[fd00::7]:9290", "n1.example.org:9290")
    ]
    found = {row["hostname"] for row in rolled("meter_hours", series)}
    assert found == {"ip-10-0-0-7", "ip-10-0-1-7", "ip-fd00--7", "n1.example.org:9290"}


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), st.integers(1, 65_535))
def test_an_address_is_the_same_host_with_and_without_a_port_and_no_cut_changes_it(address, port) -> None:
    bracketed = f"[{address}]" if address.version == 6 else str(address)
    assert host(f"{bracketed}:{port}") == host(bracketed) == host(str(address))
    assert not set(host(str(address))) & set(".:")


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z]{2,5})?(:[0-9]{2,5})?", fullmatch=True))
def test_names_stay_as_they_are(name) -> None:
    assert host(name) == name
