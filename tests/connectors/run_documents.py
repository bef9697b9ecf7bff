"""Small documents of the sources that tell of runs, made from a list of values: one row per value."""

import json

from connectors.base import Document

CODECARBON = (
    "timestamp,project_name,run_id,experiment_id,duration,emissions,cpu_energy,gpu_energy,ram_energy,energy_consumed,"
    "country_iso_code,codecarbon_version,tracking_mode,longitude,latitude,on_cloud,pue,wue"
)
OPTIONS = {
    "codecarbon": {"timezone": "Europe/Paris"},
    "mlflow": {"energy_metric": {"energy": "kWh"}, "params": ["n_gpus"]},
    "azure_monitor": {"top": 10},
    "opencost": {},
}
NAMES = tuple(OPTIONS)


def codecarbon_line(n, value, ended="2026-09-01T10:00:00"):
    """One row of emissions.csv; ``value`` is the GPU energy."""
    return f"{ended},é,run-{n},,60.5,0.1,1,{value},0.5,9,FRA,3.3.2,machine,2.3,48.8,N,1.0,0.0"


def _codecarbon(values):
    return "\n".join([CODECARBON, *(codecarbon_line(n, v) for n, v in enumerate(values, 1))]) + "\n"


def mlflow_run(n, value):
    """One run of runs/search that logged ``value`` kWh."""
    pairs = [{"key": "n_gpus", "value": "4"}, {"key": "password", "value": "pw"}]
    info = {"run_id": f"run-{n}", "run_uuid": f"run-{n}", "run_name": "é", "experiment_id": "1", "user_id": "bob",
            "status": "FAILED", "start_time": 1788220800000, "end_time": 1788224400000, "artifact_uri": "/home/bob"}  # fmt: skip
    tags = [{"key": "mlflow.user", "value": "bob"}, {"key": "footing.project", "value": "P-1"}]
    return {
        "info": info,
        "data": {"metrics": [{"key": "energy", "value": value}], "params": pairs, "tags": tags},
    }


def _mlflow(values):
    return json.dumps({"runs": [mlflow_run(n, v) for n, v in enumerate(values, 1)]}, ensure_ascii=False)


def azure_series(points, **labels):
    """One series with ``(minute, value)`` points; dimension names are written as given."""
    pairs = [{"name": {"value": name}, "value": value} for name, value in labels.items()]
    data = [{"timeStamp": f"2026-09-01T00:{at:02}:00Z", "total": value} for at, value in points]
    return {"metadatavalues": pairs, "data": data}


def azure_answer(*series, **more):
    """An answer with these series."""
    metric = {"id": "/s/ws/providers/Microsoft.Insights/metrics/GpuEnergyJoules", "name": {"value": "GpuEnergyJoules"},
              "timeseries": list(series), "errorCode": "Success", **more}  # fmt: skip
    return json.dumps({"cost": 0, "interval": "PT1M", "value": [metric]}, ensure_ascii=False)


def _azure_monitor(values):
    return azure_answer(azure_series(list(enumerate(values, 1)), InstanceId="é", DeviceId="0", RunId="r"))


def opencost_share(gpu_hours, day=1):
    """One namespace's share of a day."""
    window = {"start": f"2026-09-{day:02}T00:00:00Z", "end": f"2026-09-{day + 1:02}T00:00:00Z"}
    return {"name": "é", "properties": {"cluster": "é"}, "window": window, "minutes": 1440, "cpuCoreHours": 12.5,
            "gpuHours": gpu_hours, "ramByteHours": 2.4e10, "totalCost": 1.5}  # fmt: skip


def _opencost(values):
    shares = {f"ns-{n}": opencost_share(value) for n, value in enumerate(values, 1)}
    return json.dumps({"code": 200, "data": [shares, None, {}]}, ensure_ascii=False)


TEXT = {"codecarbon": _codecarbon, "mlflow": _mlflow, "azure_monitor": _azure_monitor, "opencost": _opencost}


def document(name, values=(0.25, 0.5, 0.75)):
    """A document of a connector that holds these values."""
    return Document(TEXT[name](values).encode(), f"{name}.txt", "r", options=OPTIONS[name])
