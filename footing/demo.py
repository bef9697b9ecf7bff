"""``make run``: the bundled organization through the real DAGs, in one process, with progress all the way."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from footing.paths import ROOT, Paths

PERIOD, SINCE, RESTATED_SOURCE = "2026-10", "2024-10", "gcp_carbon"
DROPS = ROOT / "examples" / "orselia" / "drops"


def run() -> int:
    """Ingest all months, close the last, print the summary; give the exit code."""
    paths = Paths.from_env()
    started = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {text}", file=sys.__stdout__, flush=True)

    _airflow_home(paths)
    log = paths.data / "logs" / "run.log"
    say(f"Preparing Airflow (its own noise goes to {log})")
    with _quiet(log):
        _migrate()
        dags = _dags()
    say(f"Dropping the bundled organization's documents into {paths.inbox}")
    _drop(DROPS / "1-history", Path(paths.inbox), overwrite=False)
    for dag_id in sorted(name for name in dags if name.startswith("ingest_")):
        _run(dags[dag_id], {"period": PERIOD, "since": SINCE}, log, say)
    say("A provider restates a month: its newer file is dropped over the old one")
    _drop(DROPS / "2-restatement", Path(paths.inbox), overwrite=True)
    _run(dags[f"ingest_{RESTATED_SOURCE}"], {"period": PERIOD, "since": "2026-03"}, log, say)
    _run(dags["close"], {"period": PERIOD}, log, say)
    from footing import summary

    summary.show(paths.current.resolve(), paths)
    say("Done")
    return 0


def _airflow_home(paths: Paths) -> None:
    home = paths.data / "airflow-run"
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    }


@contextlib.contextmanager
def _quiet(log: Path) -> Iterator[None]:
    """Send everything that is printed, by whatever thread or child, to a log file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with log.open("ab") as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
        sys.__stdout__ = os.fdopen(os.dup(kept[0]), "w")
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            for descriptor in kept:
                os.close(descriptor)


def _migrate() -> None:
    from airflow.utils.db import initdb

    logging.getLogger("alembic").setLevel(logging.WARNING)
    initdb()


def _dags() -> dict[str, Any]:
    import importlib

    sys.path.insert(0, str(ROOT))
    modules = [importlib.import_module(f"dags.{name}") for name in ("ingest", "close")]
    from airflow.sdk import DAG

    return {
        value.dag_id: value for module in modules for value in vars(module).values() if isinstance(value, DAG)
    }


def _drop(origin: Path, inbox: Path, overwrite: bool) -> None:
    for path in sorted(origin.rglob("*")):
        target = inbox / path.relative_to(origin)
        if path.is_file() and (overwrite or not target.exists()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            (target.parent / "_SUCCESS").touch()


def _run(dag: Any, conf: dict[str, str], log: Path, say: Any) -> None:
    say(f"{dag.dag_id}: {dag.description}")
    for task in dag.tasks:
        # A retry would wait in real time; here a failure is shown at once.
        task.retries = 0
    with _quiet(log):
        done = dag.test(run_conf=conf)
    failed = [task for task in done.get_task_instances() if str(task.state) in ("failed", "upstream_failed")]
    if str(done.state) != "success" or failed:
        names = ", ".join(sorted({task.task_id for task in failed})) or str(done.state)
        raise SystemExit(f"{dag.dag_id} failed at {names}; the reason stands in {log}")
