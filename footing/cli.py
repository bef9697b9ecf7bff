"""The ``footing`` command: ``python -m footing.cli <command>``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from footing import pipeline
from footing.config import ConfigError
from footing.paths import Paths


def main(arguments: list[str] | None = None) -> int:
    """Run one command; faults that a person can mend end in one line and exit code 2."""
    parser = argparse.ArgumentParser(
        prog="footing", description="Close the books of an organization's AI emissions."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run-demo", help="ingest and close the bundled organization through the DAGs")
    close = commands.add_parser("close", help="build, audit, publish and report a month, without Airflow")
    close.add_argument("period", help="the month, YYYY-MM")
    summary = commands.add_parser("summary", help="print the summary of the published file")
    summary.add_argument("--file", type=Path, help="another published file than the current one")
    given = parser.parse_args(arguments)
    try:
        return _run(given)
    except ConfigError as error:
        print(f"configuration: {error}", file=sys.stderr)
        return 2


def _run(given: argparse.Namespace) -> int:
    paths = Paths.from_env()
    if given.command == "run-demo":
        from footing import demo

        return demo.run()
    if given.command == "close":
        pipeline.build(given.period)
        pipeline.audit()
        published = pipeline.publish_build(given.period)
        pipeline.report(published)
        pipeline.summary(published)
        return 0
    pipeline.summary(str(given.file or paths.current.resolve()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
