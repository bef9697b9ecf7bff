"""MLflow runs of a month over the tracking server's REST API: what ran, for which project, and the energy it logged."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._http import SourceError, login, request
from connectors._json import answer, listed, text

API = "/api/2.0/mlflow"
PAGE_RUNS = 1_000
# Experiments per question: ids stand in the body, which servers limit.
EXPERIMENTS_AT_ONCE = 100
# What is landed of a run: all else may name its user (user_id, artifact_uri) or hold what is nobody's business.
INFO = ("run_id", "run_name", "experiment_id", "status", "start_time", "end_time", "lifecycle_stage")
TAGS = ("footing.project", "footing.lifecycle_phase", "mlflow.parentRunId", "mlflow.source.name")
# Options that name the parameter or tag with the run's number of GPUs and their model.
HARDWARE = ("gpus", "gpu_model")
STATES = ("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED")
# 10 MW for a month, in each unit that a metric may have: no run comes near.
MAXIMA = {"kWh": 1e7, "Wh": 1e10, "MJ": 3.6e7, "J": 3.6e13}
LOG_AGAIN = "correct the run where it was logged"


class Connector(base.Connector):
    """One request is one tracking server; options: ``energy_metric``, ``pue``, ``gpus``, ``gpu_model``, ``params``, ``tags``."""

    PERSONAL_FIELDS = ("user_id", "mlflow.user", "artifact_uri")
    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("run_id", pa.string()), ("run_name", pa.string()), ("experiment_id", pa.string()),
        ("experiment_name", pa.string()), ("status", pa.string()), ("lifecycle_stage", pa.string()),
        ("started_at", pa.timestamp("us")), ("ended_at", pa.timestamp("us")), ("duration_s", pa.float64()),
        ("parent_run_id", pa.string()), ("source_name", pa.string()), ("project", pa.string()),
        ("lifecycle_phase", pa.string()), ("params", pa.string()), ("tags", pa.string()),
        ("energy_metric", pa.string()), ("energy_value", pa.float64()), ("energy_unit", pa.string()),
        ("pue", pa.float64()), ("gpus", pa.float64()), ("gpu_model", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for every run that ran in the month: failed, killed and deleted ones too, they have used energy.

        Runs without an end are asked for first: one that ends meanwhile then stands in both answers and never in none.
        """
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        first, after = int(start.timestamp() * 1000), int(end.timestamp() * 1000)
        filters = (
            f"attributes.status = 'RUNNING' and attributes.start_time < {after}",
            f"attributes.end_time >= {first} and attributes.start_time < {after}",
        )
        for name in source.requests:
            server = _Server(f"{source.id} ({name})", secrets)
            names = {
                str(found["experiment_id"]): str(found.get("name", ""))
                for page in server.pages("experiments/search", {"view_type": "ALL"})
                for found in page.get("experiments", [])
            }
            ids = sorted(names)
            with tempfile.TemporaryDirectory() as folder:
                # The number of pages is known at the end alone: they wait on disk.
                waiting: list[Path] = []
                for wanted in filters:
                    for at in range(0, len(ids), EXPERIMENTS_AT_ONCE):
                        asked = ids[at : at + EXPERIMENTS_AT_ONCE]
                        body = {"experiment_ids": asked, "filter": wanted, "run_view_type": "ALL"}
                        for page in server.pages("runs/search", body):
                            path = Path(folder) / f"{len(waiting) + 1}.json"
                            named = {
                                "experiments": {one: names[one] for one in asked},
                                "runs": page.get("runs", []),
                            }
                            path.write_text(json.dumps(named), encoding="utf-8")
                            waiting.append(path)
                if not waiting:
                    raise base.NotYetPublished(f"{source.id} ({name}): the server shows no experiment yet")
                for part, path in enumerate(waiting, start=1):
                    yield base.Document(path, f"runs-{period}-{part}.json", name, part, len(waiting),
                                        source.options_for(name))  # fmt: skip

    def scrub(self, document: base.Document) -> base.Document:
        """Land the named fields of each run only, with the parameters and tags that the options name."""
        given = answer(document)
        hardware = tuple(str(document.options[name]) for name in HARDWARE if document.options.get(name))
        params = (*_wanted(document.options, "params"), *hardware)
        tags = (*TAGS, *_wanted(document.options, "tags"), *hardware)
        kept = [_kept(run, params, tags) for run in listed(document, given, "runs")]
        used = {str(run["info"].get("experiment_id")) for run in kept if run}
        experiments = _experiments(given)
        page = {
            "experiments": {key: experiments[key] for key in sorted(experiments) if key in used},
            "runs": kept,
        }
        data = json.dumps(page, ensure_ascii=False, sort_keys=True, indent=1).encode()
        return base.Document(data, document.name.removesuffix(".gz"), document.request, document.part,
                             document.last_part, document.options)  # fmt: skip

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page of runs, as it was landed or as the server gave it."""
        return batches(_runs(document), self.SCHEMA)


class _Server:
    def __init__(self, place: str, secrets: base.Secrets) -> None:
        self.place, self.url = place, f"{secrets.host.rstrip('/')}{API}"
        self.headers, self.auth = login(secrets)

    def pages(self, path: str, body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Give the pages of a search; the last is the one without ``next_page_token``."""
        token, seen = "", set()
        while True:
            paged = {**body, "max_results": PAGE_RUNS} | ({"page_token": token} if token else {})
            try:
                told = json.loads(
                    request("POST", f"{self.url}/{path}", json=paged, headers=self.headers, auth=self.auth)
                )
            except SourceError as error:
                raise SourceError(f"{self.place}: {error}") from None
            except ValueError:
                raise SourceError(
                    f"{self.place}: {path} gave no JSON; is the host the tracking server?"
                ) from None
            if not isinstance(told, dict):
                raise SourceError(f"{self.place}: {path} gave no object; is the host the tracking server?")
            yield told
            token = told.get("next_page_token", "")
            if not token:
                return
            if token in seen:
                raise SourceError(f"{self.place}: {path} gave the same page token twice; ask again later")
            seen.add(token)


def _experiments(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The names of the experiments by id, as ``fetch`` adds them; the server's own pages have none."""
    found = given.get("experiments")
    return found if isinstance(found, dict) else {}


def _wanted(options: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in options.get(name) or ())


def _pairs(run: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {pair["key"]: pair.get("value") for pair in run.get("data", {}).get(name) or []}


def _kept(run: Any, params: tuple[str, ...], tags: tuple[str, ...]) -> Any:
    try:
        data = {
            name: [{"key": key, "value": value} for key, value in _pairs(run, name).items() if key in wanted]
            for name, wanted in (("params", params), ("tags", tags))
        }
        for tag in data["tags"]:
            if tag["key"] == "mlflow.source.name":
                # The folders above a script or notebook are often someone's home.
                tag["value"] = PurePosixPath(str(tag["value"]).replace("\\", "/")).name
        metrics = run.get("data", {}).get("metrics") or []
        return {
            "info": {k: run["info"][k] for k in INFO if k in run["info"]},
            "data": {"metrics": metrics, **data},
        }
    except (TypeError, KeyError, AttributeError):
        # Not a run: nothing of it is kept but that it was there, and parsing rejects it.
        return {}


def _runs(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    units = document.options.get("energy_metric") or {}
    for metric, unit in units.items():
        if unit not in MAXIMA:
            raise base.ParseError(
                f"{document.name}: options.energy_metric: {metric} in {unit!r}; write one of {', '.join(MAXIMA)}"
            )
    given = answer(document)
    runs = listed(document, given, "runs")
    experiments = _experiments(given)
    seen: set[str] = set()
    for row, run in enumerate(runs, start=1):
        try:
            line = _run(run, units, document.options)
            if line["run_id"] in seen:
                raise RowError("run_id", line["run_id"], "stands twice in its page", "fetch it again")
            seen.add(line["run_id"])
            named = text("experiments", experiments.get(line["experiment_id"]))
            yield {"document_row": row, "experiment_name": named} | line
        except RowError as error:
            yield error.reject(row, json.dumps(run, ensure_ascii=False)[:2000])


def _run(run: Any, units: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, Any]:
    try:
        info, tags, params = run["info"], _pairs(run, "tags"), _pairs(run, "params")
        run_id, status, metrics = text("run_id", info["run_id"]), info["status"], _pairs(run, "metrics")
    except (TypeError, KeyError, AttributeError) as error:
        raise RowError(
            "info", run, f"is no run of runs/search: {error} is missing", "fetch it again"
        ) from None
    if run_id is None:
        raise RowError("run_id", run_id, "is empty", "fetch it again")
    if status not in STATES:
        raise RowError("status", status, f"is none of {', '.join(STATES)}", "fetch it again")
    started_at, ended_at = _time("start_time", info), _time("end_time", info)
    if started_at and ended_at and ended_at < started_at:
        raise RowError("end_time", ended_at, f"is before the start, {started_at}", LOG_AGAIN)
    extra = {key: tags[key] for key in sorted(_wanted(options, "tags")) if key in tags}
    own = {key: params[key] for key in sorted(_wanted(options, "params")) if key in params}
    energy = _energy(metrics, units)
    return (
        energy
        | _hardware({**tags, **params}, options, is_needed=not energy)
        | {
            "pue": number("options.pue", str(options.get("pue", 1.0)), minimum=1, maximum=5),
            "run_id": run_id,
            "run_name": text("run_name", info.get("run_name")),
            "experiment_id": text("experiment_id", info.get("experiment_id")),
            "status": status,
            "lifecycle_stage": text("lifecycle_stage", info.get("lifecycle_stage")),
            "started_at": started_at,
            "ended_at": ended_at,
            "duration_s": (ended_at - started_at).total_seconds() if started_at and ended_at else None,
            "parent_run_id": text("mlflow.parentRunId", tags.get("mlflow.parentRunId")),
            "source_name": text("mlflow.source.name", tags.get("mlflow.source.name")),
            "project": text("footing.project", tags.get("footing.project")),
            "lifecycle_phase": text("footing.lifecycle_phase", tags.get("footing.lifecycle_phase")),
            "params": json.dumps(own, ensure_ascii=False),
            "tags": json.dumps(extra, ensure_ascii=False),
        }
    )


def _time(field: str, info: Mapping[str, Any]) -> dt.datetime | None:
    milliseconds = info.get(field)
    if not milliseconds:
        return None
    try:
        return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError, OSError):
        raise RowError(field, milliseconds, "is no time in milliseconds", LOG_AGAIN) from None


def _energy(metrics: Mapping[str, Any], units: Mapping[str, str]) -> dict[str, Any]:
    logged = [metric for metric in units if metric in metrics]
    if not logged:
        return {}
    if len(logged) > 1:
        remedy = "name the one that is the run's total in options.energy_metric, or log only one"
        raise RowError("metrics", ", ".join(logged), "are two energies of one run", remedy)
    metric = logged[0]
    value = number(metric, str(metrics[metric]), minimum=0, maximum=MAXIMA[units[metric]])
    return {"energy_metric": metric, "energy_value": value, "energy_unit": units[metric]}


def _hardware(pairs: Mapping[str, Any], options: Mapping[str, Any], *, is_needed: bool) -> dict[str, Any]:
    """Give what hours × power needs; of a run that logged its energy an unreadable number is of no interest."""
    counted, model = (pairs.get(str(options.get(name))) for name in HARDWARE)
    if not is_needed:
        return {}
    return {
        "gpus": number(
            str(options.get("gpus")), None if counted is None else str(counted), minimum=0, maximum=1e6
        ),
        "gpu_model": text(str(options.get("gpu_model")), model),
    }


connector = Connector()
