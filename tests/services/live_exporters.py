"""Exporters that run: a node of two boards whose watts are known, scraped by a real Prometheus as the documentation says."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .processes import Server, free_port
from .prometheus_server import ready

DOCS = Path(__file__).parents[2] / "docs/sources/prometheus"
HOST = "gpu-node-1"
# W: a busy board and an idle one, the processor's zones, a pod's part of it, the whole machine.
BOARDS = {"GPU-busy": 612.5, "GPU-idle": 71.25}
PACKAGE, DRAM, CORE, POD, MACHINE = 180.0, 35.0, 120.0, 44.0, 1_040.0
SCRAPE_SECONDS, RULE_SECONDS = 1, 5


class Exporters:
    """Text of each exporter now; counters have counted since they were made."""

    def __init__(self) -> None:
        self.began = time.time() - 1_000

    def _joules(self, watts: float) -> float:
        return watts * (time.time() - self.began)

    def dcgm(self) -> str:
        """dcgm-exporter: the idle board's pod is there and empty."""
        lines = []
        for gpu, (uuid, watts) in enumerate(BOARDS.items()):
            pod = ("train-0", "docai") if uuid == "GPU-busy" else ("", "")
            labels = (
                f'gpu="{gpu}",UUID="{uuid}",pci_bus_id="00000000:{gpu}",device="nvidia{gpu}",modelName="NVIDIA H100",'
                f'Hostname="{HOST}",DCGM_FI_DRIVER_VERSION="550",container="main",namespace="{pod[1]}",pod="{pod[0]}"'
            )
            lines += [
                f"DCGM_FI_DEV_POWER_USAGE{{{labels}}} {watts}",
                f"DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{{{labels}}} {self._joules(watts) * 1e3:.0f}",
                f"DCGM_FI_DEV_GPU_TEMP{{{labels}}} 61",
            ]
        return "\n".join([*sorted(lines), ""])

    def kepler(self) -> str:
        """Kepler: core is inside package."""
        lines = [
            f'kepler_node_cpu_joules_total{{node_name="{HOST}",path="/sys/{zone}",zone="{zone}"}} {self._joules(watts)}'
            for zone, watts in (("package", PACKAGE), ("dram", DRAM), ("core", CORE))
        ]
        pod = 'pod_id="7f",pod_name="train-0",pod_namespace="docai",state="running",zone="package"'
        lines.append(f'kepler_pod_cpu_joules_total{{node_name="{HOST}",{pod}}} {self._joules(POD)}')
        return "\n".join([*lines, f'kepler_node_cpu_usage_ratio{{node_name="{HOST}"}} 0.5', ""])

    def ipmi(self) -> str:
        """ipmi_exporter: names no machine, the scrape's target does."""
        return f"ipmi_dcmi_power_consumption_watts {MACHINE}\nipmi_up 1\n"

    def labels(self) -> str:
        """kube-state-metrics."""
        return 'kube_pod_labels{namespace="docai",pod="train-0",uid="7f",label_footing_project="P-1"} 1\n'


@contextmanager
def served(text: Callable[[], str]) -> Iterator[str]:
    """Serve one exporter on a port of its own; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = text().encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        httpd.server_close()


def documented(addresses: dict[str, str]) -> tuple[str, str]:
    """The documentation's scrape configuration and rules: other addresses, seconds in the place of minutes, nothing else."""
    scrape, rules = (DOCS / "scrape.yml").read_text(), (DOCS / "rules.yml").read_text()
    for example, address in addresses.items():
        assert scrape.count(f"[{example}]") + scrape.count(f"replacement: {example}") == 1, example
        scrape = scrape.replace(f"[{example}]", f"['{address}']")
        scrape = scrape.replace(f"replacement: {example}", f"replacement: {address}")
    scrape = (
        re.sub(r"(scrape_interval:) \d+m", rf"\1 {SCRAPE_SECONDS}s", scrape) + "\nrule_files: [rules.yml]\n"
    )
    rules = re.sub(r"(interval:) \d+m", rf"\1 {RULE_SECONDS}s", rules)
    return scrape, rules.replace("[5m]", f"[{RULE_SECONDS}s]")


@contextmanager
def scraped(directory: Path) -> Iterator[str]:
    """A Prometheus that scrapes the exporters; give its base URL."""
    exporters = Exporters()
    with ExitStack() as stack:
        addresses = {
            "gpu-node-1:9400": stack.enter_context(served(exporters.dcgm)),
            "gpu-node-1:28282": stack.enter_context(served(exporters.kepler)),
            "ipmi-exporter:9290": stack.enter_context(served(exporters.ipmi)),
            "kube-state-metrics:8080": stack.enter_context(served(exporters.labels)),
        }
        scrape, rules = documented(addresses)
        (directory / "prometheus.yml").write_text(scrape)
        (directory / "rules.yml").write_text(rules)
        port = free_port()
        server = Server(
            [
                "prometheus", f"--config.file={directory / 'prometheus.yml'}", f"--storage.tsdb.path={directory / 'data'}",
                f"--web.listen-address=127.0.0.1:{port}",
                # A sample is not repeated for five minutes: scrapes come each second.
                f"--query.lookback-delta={RULE_SECONDS}s",
            ],
            directory / "prometheus.log",
            cwd=directory,
        )  # fmt: skip
        url = f"http://127.0.0.1:{port}"
        try:
            server.wait_until(lambda: ready(url))
            yield url
        finally:
            server.stop()
