"""A real Prometheus that holds one month of DCGM-like power series, back-filled by promtool."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from .processes import Server, free_port, run

METRIC = "DCGM_FI_DEV_POWER_USAGE"
STEP_SECONDS = 60
MONTH = "2026-09"
MONTH_START = datetime(2026, 9, 1, tzinfo=UTC)
MONTH_END = datetime(2026, 10, 1, tzinfo=UTC)

SLURM_WATTS = 300.0
COUNTER, NODE, LABELS = (
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
    "kepler_node_cpu_joules_total",
    "kube_pod_labels",
)

# The day before and the day after the month hold samples too: a window that leaks shows in the kWh.
FIRST_DAY = MONTH_START - timedelta(days=1)
LAST_DAY = MONTH_END
COUNTER_DAY = datetime(2026, 9, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Series:
    """One labelled power series: constant watts from ``start`` to ``end`` (end not included)."""

    gpu: int
    watts: float
    start: datetime
    end: datetime
    pod: str = ""
    namespace: str = ""
    host: str = "par1-gpu-01"

    @property
    def labels(self) -> str:
        """The exposition text of its labels; an idle GPU has no pod, as with the real exporter."""
        pairs = {
            "gpu": str(self.gpu),
            "UUID": f"GPU-00000000-0000-0000-0000-00000000000{self.gpu}",
            "modelName": "NVIDIA H100 80GB HBM3",
            "Hostname": self.host,
        }
        if self.pod:
            pairs |= {"pod": self.pod, "namespace": self.namespace, "container": "main"}
        return ",".join(f'{name}="{value}"' for name, value in pairs.items())

    def kwh_within(self, start: datetime, end: datetime) -> float:
        """Energy put in between two instants."""
        seconds = (min(self.end, end) - max(self.start, start)).total_seconds()
        return max(seconds, 0.0) * self.watts / 3.6e6


def site_series() -> list[Series]:
    """Give GPU 0 idle throughout, GPU 1 idle but for two jobs, one of them across two window borders, and a board of the
    node that runs Slurm, whose exporter knows no jobs."""
    begin, end = FIRST_DAY, LAST_DAY + timedelta(days=1)
    train = (datetime(2026, 9, 3, 10, tzinfo=UTC), datetime(2026, 9, 18, 22, 30, tzinfo=UTC))
    serve = (datetime(2026, 9, 29, 6, tzinfo=UTC), datetime(2026, 10, 1, 3, tzinfo=UTC))
    return [
        Series(0, 72.0, begin, end),
        Series(1, 70.0, begin, train[0]),
        Series(1, 655.5, *train, pod="train-llm-0", namespace="docai"),
        Series(1, 70.0, train[1], serve[0]),
        Series(1, 212.25, *serve, pod="serve-7c9f", namespace="claims"),
        Series(1, 70.0, serve[1], end),
        Series(2, SLURM_WATTS, begin, end, host=f"{socket.gethostname()}:9400"),
    ]


def _day_text(series: list[Series], day: datetime) -> str:
    """OpenMetrics text of one day, sorted by series as the format demands."""
    lines = [f"# TYPE {METRIC} gauge"]
    by_labels: dict[str, list[Series]] = {}
    for one in series:
        by_labels.setdefault(one.labels, []).append(one)
    day_start, day_end = int(day.timestamp()), int((day + timedelta(days=1)).timestamp())
    for labels, pieces in sorted(by_labels.items()):
        for piece in sorted(pieces, key=lambda p: p.start):
            # A sample stands for the step that ends at its timestamp.
            first = max(day_start, int(piece.start.timestamp())) + STEP_SECONDS
            last = min(day_end, int(piece.end.timestamp()))
            lines += [f"{METRIC}{{{labels}}} {piece.watts} {t}" for t in range(first, last + 1, STEP_SECONDS)]
    return "\n".join([*lines, "# EOF", ""])


def _counters_text(day: datetime) -> str:
    """A day of a board's counter (360 W, reset at noon and midnight), a node's overlapping zones (100 W, 40 W, 150 W) and a pod's labels."""
    start = int(day.timestamp())
    times = range(start, start + 86_400 + 1, STEP_SECONDS)
    board = 'UUID="GPU-00000000-0000-0000-0000-000000000009",Hostname="par1-gpu-02"'
    lines = [f"# TYPE {COUNTER.removesuffix('_total')} unknown"]
    lines += [f"{COUNTER}{{{board}}} {360_000 * ((t - start) % 43_200)} {t}" for t in times]
    lines.append(f"# TYPE {NODE.removesuffix('_total')} counter")
    for zone, watts in (("dram", 40), ("package", 100), ("psys", 150)):
        lines += [f'{NODE}{{node_name="par1-gpu-02",zone="{zone}"}} {watts * (t - start)} {t}' for t in times]
    labels = 'namespace="docai",pod="train-llm-0",label_footing_project="P-DOCAI"'
    lines.append(f"# TYPE {LABELS} gauge")
    lines += [f"{LABELS}{{{labels}}} 1 {t}" for t in times[:60]]
    return "\n".join([*lines, "# EOF", ""])


def back_fill(directory: Path, series: list[Series]) -> Path:
    """Write the month into a Prometheus data directory, one OpenMetrics file per day.

    promtool reads its whole input once per block: day files and day-long blocks keep it fast.
    """
    data = directory / "data"
    data.mkdir()
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    for content in [_counters_text(COUNTER_DAY), *(_day_text(series, day) for day in days)]:
        text = directory / "day.om"
        text.write_text(content)
        command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=24h"]
        run([*command, str(text), str(data)])
        text.unlink()
    return data


def start_prometheus(directory: Path) -> Iterator[str]:
    """Serve the back-filled month; give the base URL, stop the server afterwards."""
    data = back_fill(directory, site_series())
    config = directory / "prometheus.yml"
    config.write_text("global: {}\n")
    port = free_port()
    server = Server(
        [
            "prometheus",
            f"--config.file={config}",
            f"--storage.tsdb.path={data}",
            "--storage.tsdb.retention.time=10y",
            f"--web.listen-address=127.0.0.1:{port}",
            # A scrape ends a series with a staleness marker; back-filled text cannot, so the server
            # would repeat the last watts for five minutes. Half a step stands in for the marker.
            f"--query.lookback-delta={STEP_SECONDS // 2}s",
        ],
        directory / "prometheus.log",
        cwd=directory,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        server.wait_until(lambda: ready(url))
        yield url
    finally:
        server.stop()


def ready(url: str) -> bool:
    """Say whether the server answers."""
    try:
        return requests.get(f"{url}/-/ready", timeout=2).status_code == 200
    except requests.ConnectionError:
        return False
