"""Exporters of known watts, scraped and recorded as the documentation says: the kWh that come out are what was served."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import connectors.prometheus
from connectors.base import Secrets, Source
from footing import rollup
from footing.parquet import write_table

from . import debian, live_exporters
from .live_exporters import BOARDS, DRAM, HOST, MACHINE, PACKAGE, POD, RULE_SECONDS, SCRAPE_SECONDS
from .reading import fetched, rows_of

STEP, SCRAPED_SECONDS = 5, 25
RECORDED = ("footing:gpu_power_watts:avg5m", "footing:node_power_watts:avg5m")
POWER, COUNTER = "DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"
OPTIONS: dict[str, Any] = {
    "step_seconds": STEP,
    "queries": [
        POWER, COUNTER, "kepler_node_cpu_joules_total", "kepler_pod_cpu_joules_total", "ipmi_dcmi_power_consumption_watts",
        "kube_pod_labels", "DCGM_FI_DEV_GPU_TEMP", *RECORDED,
    ],
    "meters": {
        RECORDED[0]: {"kind": "power", "level": "gpu", "label": "UUID"},
        RECORDED[1]: {"kind": "power", "level": "node", "label": "instance"},
    },
}  # fmt: skip

Rolled = dict[str, list[dict[str, Any]]]


def asked_of_today(
    request: Callable[..., bytes], method: str, url: str, *, data: dict[str, str], **more: Any
) -> bytes:
    """Ask the server up to now, where a day would be over; what was before it began would be hundreds of empty answers."""
    now = int(time.time())
    if float(data["end"]) < now - 3_600 or float(data["start"]) > now:
        return b'{"status":"success","data":{"resultType":"matrix","result":[]}}'
    return request(method, url, data=data | {"end": str(min(int(data["end"]), now))}, **more)


@pytest.fixture(scope="module")
def rolled(tmp_path_factory: pytest.TempPathFactory) -> Rolled:
    """What the source brings of the month so far, today included, rolled up."""
    debian.require(debian.PROMETHEUS)
    connector, found = connectors.prometheus.connector, defaultdict(list)
    folder = tmp_path_factory.mktemp("live")
    schema = connector.SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    with live_exporters.scraped(folder) as url, pytest.MonkeyPatch.context() as patch:
        time.sleep(SCRAPED_SECONDS)
        tomorrow = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(
            1
        )
        patch.setattr(connectors.prometheus, "_midnight", lambda: tomorrow)
        patch.setattr(
            connectors.prometheus, "request", partial(asked_of_today, connectors.prometheus.request)
        )
        period = f"{tomorrow - dt.timedelta(1):%Y-%m}"
        documents = fetched(
            connector, Source("live", "prometheus", ("par1",), OPTIONS), period, Secrets(host=url)
        )
    for document in documents:
        rows = [{"doc_key": document.name} | row for row in rows_of(connector, [document])]
        if not rows:
            continue
        write_table(pa.Table.from_pylist(rows, schema=schema), folder / "samples.parquet")
        for name in ("gpu_hours", "meter_hours", "pod_labels"):
            rollup.run(rollup.text_of(name), folder / "samples.parquet", [], folder / "out.parquet")
            found[name] += pq.read_table(folder / "out.parquet").to_pylist()
    return found


def watts(rows: list[dict[str, Any]], *keys: str) -> dict[tuple[Any, ...], tuple[float, float]]:
    """Mean power and seconds per key."""
    sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows:
        one = sums[tuple(row[key] for key in keys)]
        one[0] += row["kwh"]
        one[1] += row["seconds_seen"]
    return {key: (kwh * 3.6e6 / seconds, seconds) for key, (kwh, seconds) in sums.items()}


# A counter is read at its last scrape, up to a second before either end.
LATE = 2 * SCRAPE_SECONDS / (SCRAPED_SECONDS - 2 * STEP)


@pytest.mark.parametrize(("metric", "tolerance"), [(POWER, 1e-6), (COUNTER, LATE), (RECORDED[0], 1e-6)])
def test_each_boards_power_comes_out_by_gauge_counter_and_recorded_series(
    rolled: Rolled, metric: str, tolerance: float
) -> None:
    found = watts(
        [row for row in rolled["gpu_hours"] if row["metric"] == metric],
        "uuid",
        "pod",
        "namespace",
        "hostname",
    )
    assert set(found) == {("GPU-busy", "train-0", "docai", HOST), ("GPU-idle", None, None, HOST)}
    for (uuid, *_), (power, seconds) in found.items():
        assert power == pytest.approx(BOARDS[uuid], rel=tolerance)
        assert SCRAPED_SECONDS - 2 * STEP <= seconds <= SCRAPED_SECONDS + 4 * STEP + RULE_SECONDS


def test_the_machines_meters_come_out_by_zone_pod_and_bmc(rolled: Rolled) -> None:
    found = watts(rolled["meter_hours"], "metric", "zone", "hostname", "namespace", "pod")
    assert {key: power for key, (power, _) in found.items()} == {
        ("kepler_node_cpu_joules_total", "package", HOST, None, None): pytest.approx(PACKAGE, rel=LATE),
        ("kepler_node_cpu_joules_total", "dram", HOST, None, None): pytest.approx(DRAM, rel=LATE),
        ("kepler_pod_cpu_joules_total", "package", HOST, "docai", "train-0"): pytest.approx(POD, rel=LATE),
        ("ipmi_dcmi_power_consumption_watts", None, HOST, None, None): pytest.approx(MACHINE),
        (RECORDED[1], None, HOST, None, None): pytest.approx(MACHINE),
    }


def test_labels_of_pods_come_and_what_the_scrape_leaves_out_does_not(rolled: Rolled) -> None:
    assert {(row["namespace"], row["pod"], row["labels"]) for row in rolled["pod_labels"]} == {
        ("docai", "train-0", '{"label_footing_project": "P-1"}')
    }
    # An unknown metric with samples would have been refused.
    assert not any(row["metric"] == "DCGM_FI_DEV_GPU_TEMP" for row in rolled["gpu_hours"])
