"""``make run``: the bundled organization through the real DAGs, in one process, with progress all the way."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from footing.paths import ROOT, Paths
from footing.storage import Store

PERIOD, SINCE = "2026-10", "2024-10"
RESTATED = {"gcp_carbon": "2026-03", "aws_carbon": "2026-07"}
DROPS = ROOT / "examples" / "orselia" / "drops"
Say = Callable[[str], None]


class DemoFailed(Exception):
    """A DAG of the run failed; the text names its tasks and where the reason stands."""


def run() -> None:
    """Ingest all months, close the last, print the summary.

    Raises
    ------
    DemoFailed
        When a DAG fails.
    """
    paths = Paths.from_env()
    started = time.monotonic()
    log = paths.data / "logs" / "run.log"

    # A copy of the terminal, which stays while everything else is sent to the log.
    terminal = os.fdopen(os.dup(1), "w")

    def say(text: str) -> None:
        print(f"{time.monotonic() - started:6.1f} s  {text}", file=terminal, flush=True)

    say(f"Preparing Airflow (what it prints goes to {log})")
    _airflow_home(paths)
    with _quiet(log):
        _migrate()
        dags = _dags()
    _tell_steps(dags["close"], say)
    inbox = Store(paths.inbox)
    say(f"Dropping the bundled organization's documents into {paths.inbox}")
    _drop(DROPS / "1-history", inbox, overwrite=False)
    for dag_id in sorted(name for name in dags if name.startswith("ingest_")):
        _run(dags[dag_id], {"period": PERIOD, "since": SINCE}, log, say)
    say(f"Providers restate {' and '.join(RESTATED.values())}: newer files are dropped over the old ones")
    _drop(DROPS / "2-restatement", inbox, overwrite=True)
    for source_id, since in RESTATED.items():
        _run(dags[f"ingest_{source_id}"], {"period": PERIOD, "since": since}, log, say)
    _run(dags["close"], {"period": PERIOD}, log, say)
    from footing import summary

    summary.show(paths.current.resolve(), paths)
    say("Done")


def _airflow_home(paths: Paths) -> None:
    # Not the folder of `make airflow`: test runs leave rows behind that a scheduler would trip over.
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
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for number, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, number)
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

    found = {
        value.dag_id: value for module in modules for value in vars(module).values() if isinstance(value, DAG)
    }
    for dag in found.values():
        for task in dag.tasks:
            # A test run would wait for retries in real time; here a fault should be seen at once.
            task.retries = 0
    return found


def _tell_steps(dag: Any, say: Say) -> None:
    """Say when each task of the close has ended: it is the longest run, and a silent one."""
    for task in dag.tasks:
        task.on_success_callback = [lambda context: say(f"  {context['ti'].task_id} done")]


def _drop(origin: Path, inbox: Store, overwrite: bool) -> None:
    for path in sorted(origin.rglob("*")):
        target = path.relative_to(origin)
        if path.is_file() and (overwrite or not inbox.exists(str(target))):
            inbox.write(str(target), [path.read_bytes()])
            inbox.write(str(target.parent / "_SUCCESS"), [b""])


def _run(dag: Any, conf: dict[str, str], log: Path, say: Say) -> None:
    say(f"{dag.dag_id}: {dag.description}")
    with _quiet(log):
        done = dag.test(run_conf=conf)
        failed = [
            task for task in done.get_task_instances() if str(task.state) in ("failed", "upstream_failed")
        ]
    if str(done.state) != "success" or failed:
        names = ", ".join(sorted({task.task_id for task in failed})) or str(done.state)
        raise DemoFailed(f"{dag.dag_id} failed at {names}; the reason stands in {log}")
