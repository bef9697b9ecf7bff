"""CodeCarbon's ``emissions.csv``, its task files and its ``.bak`` history, of any version from 2 on."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._csv import lines, rows
from connectors._files import fetch_files
from connectors._times import to_utc, zone_of

# What every version writes. Columns came (experiment_id in 2.5, water and utilization in 3) and task files leave out
# what is empty: all others are read by name where they stand.
NEEDED = {
    "timestamp", "project_name", "run_id", "duration", "emissions", "cpu_energy", "gpu_energy", "ram_energy",
    "energy_consumed", "codecarbon_version", "tracking_mode",
}  # fmt: skip
ENERGY = ("cpu_energy", "gpu_energy", "ram_energy", "energy_consumed")
MODES = ("machine", "process")
# No run holds a process for more than a year: its clock was wrong.
MAX_SECONDS = 400 * 86_400
# 10 MW for a month: a counter that wrapped.
MAX_KWH = 1e7
# No grid comes near 3 kg/kWh.
MAX_KG = 3e7
TRACK_AGAIN = "correct the file where the tracker wrote it"


class Connector(base.Connector):
    """One request is one node; see ``docs/sources/codecarbon.md``. Where a machine stands never reaches landing."""

    PERSONAL_FIELDS = ("longitude", "latitude")
    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("run_id", pa.string()), ("project_name", pa.string()),
        ("experiment_id", pa.string()), ("task_name", pa.string()), ("is_task", pa.bool_()),
        ("started_at", pa.timestamp("us")), ("ended_at", pa.timestamp("us")), ("duration_s", pa.float64()),
        ("tracking_mode", pa.string()), ("cpu_energy_kwh", pa.float64()), ("gpu_energy_kwh", pa.float64()),
        ("ram_energy_kwh", pa.float64()), ("energy_consumed_kwh", pa.float64()), ("pue", pa.float64()),
        ("emissions_kg_co2e", pa.float64()), ("codecarbon_version", pa.string()), ("cpu_is_metered", pa.bool_()),
        ("cpu_model", pa.string()), ("gpu_count", pa.int64()), ("gpu_model", pa.string()),
        ("country_iso_code", pa.string()), ("region", pa.string()), ("cloud_provider", pa.string()),
        ("cloud_region", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's files from a folder or bucket: the emissions file with its backups and task files."""
        return fetch_files(source, period, secrets)

    def scrub(self, document: base.Document) -> base.Document:
        """Empty the machine's coordinates: a laptop's are a person's."""
        written = list(lines(document))
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        personal: list[int] = []
        for row, fields in enumerate(csv.reader(written)):
            if row == 0:
                personal = [at for at, name in enumerate(fields) if name.strip() in self.PERSONAL_FIELDS]
            else:
                fields = ["" if at in personal else field for at, field in enumerate(fields)]
            writer.writerow(fields)
        text = out.getvalue()
        # A last line without its end is how a truncated file is known: it must stay so.
        data = (text if written[-1].endswith(("\n", "\r")) else text.removesuffix("\n")).encode()
        return base.Document(data, document.name.removesuffix(".gz"), document.request, document.part,
                             document.last_part, document.options)  # fmt: skip

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file. The rows of a run are running totals: the staging model takes the last one."""
        return batches(_runs(document, zone_of(document)), self.SCHEMA)


def _runs(document: base.Document, zone: ZoneInfo) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in rows(document, ",", NEEDED):
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _run(cells, zone, document.options)
        except RowError as error:
            yield error.reject(row, text)


def _run(cells: dict[str, str], zone: ZoneInfo, options: Any) -> dict[str, Any]:
    if cells["tracking_mode"] not in MODES:
        raise RowError("tracking_mode", cells["tracking_mode"], f"is none of {', '.join(MODES)}", TRACK_AGAIN)
    seconds = number("duration", _filled("duration", cells), minimum=0, maximum=MAX_SECONDS)
    assert seconds is not None
    ended_at = to_utc("timestamp", cells["timestamp"], zone, TRACK_AGAIN)
    energy = {
        f"{name}_kwh": number(name, _filled(name, cells), minimum=0, maximum=MAX_KWH) for name in ENERGY
    }
    return energy | {
        "run_id": cells["run_id"] or None,
        "project_name": cells["project_name"] or None,
        "experiment_id": cells.get("experiment_id") or None,
        "task_name": cells.get("task_name") or None,
        "is_task": "task_name" in cells,
        "started_at": ended_at - dt.timedelta(seconds=seconds),
        "ended_at": ended_at,
        "duration_s": seconds,
        "tracking_mode": cells["tracking_mode"],
        "pue": _pue(cells, options),
        "emissions_kg_co2e": number("emissions", cells["emissions"], minimum=0, maximum=MAX_KG),
        "codecarbon_version": cells["codecarbon_version"] or None,
        "cpu_is_metered": bool(options.get("cpu_is_metered", False)),
        "cpu_model": cells.get("cpu_model") or None,
        "gpu_count": whole("gpu_count", cells.get("gpu_count"), minimum=0),
        "gpu_model": cells.get("gpu_model") or None,
        "country_iso_code": cells.get("country_iso_code") or None,
        "region": cells.get("region") or None,
        "cloud_provider": cells.get("cloud_provider") or None,
        "cloud_region": cells.get("cloud_region") or None,
    }


def _filled(field: str, cells: dict[str, str]) -> str:
    if not cells[field].strip():
        raise RowError(field, "", "is empty", TRACK_AGAIN)
    return cells[field]


def _pue(cells: dict[str, str], options: Any) -> float | None:
    """The PUE that the tool multiplied its energies by; task files and old versions do not say."""
    written = cells.get("pue") or str(options.get("pue", 1.0))
    return number("pue", written, minimum=1, maximum=5)


connector = Connector()
