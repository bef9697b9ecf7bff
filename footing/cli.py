"""The ``footing`` command: ``python -m footing <command>``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from footing import periods, pipeline
from footing.config import ConfigError
from footing.paths import Paths


def main(arguments: list[str] | None = None) -> int:
    """Run one command; faults that a person can mend end in one line and exit code 2."""
    from footing.build import BuildFailed
    from footing.demo import DemoFailed
    from footing.locks import Busy
    from footing.publish import NotAudited

    given = _parser().parse_args(arguments)
    try:
        _run(given)
    except (
        ConfigError, pipeline.AuditFailed, pipeline.Unreadable, BuildFailed, Busy, NotAudited, DemoFailed,
    ) as fault:  # fmt: skip
        print(f"footing: {fault}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="footing", description="Close the books of an organization's AI emissions."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run-demo", help="ingest and close the bundled organization through the DAGs")
    commands.add_parser("type", help="check the configuration and read what landed, without a build")
    for name, what in (
        ("close", "build, audit, publish and report a month, without Airflow"),
        ("rebuild", "the same after throwing away all that is made from landing and configuration"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("period", type=_month, help="the month, YYYY-MM")
    summary = commands.add_parser("summary", help="print the summary of the published file")
    summary.add_argument("--file", type=Path, help="another published file than the current one")
    commands.add_parser("airflow-env", help="print the settings of a local Airflow, for eval in a shell")
    return parser


def _month(text: str) -> str:
    try:
        return periods.checked(text, "not a month")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _run(given: argparse.Namespace) -> None:
    paths = Paths.from_env()
    if given.command == "run-demo":
        from footing import demo

        demo.run()
    elif given.command == "type":
        pipeline.read_landed()
    elif given.command == "rebuild":
        pipeline.forget_made()
        _close(given.period)
    elif given.command == "close":
        _close(given.period)
    elif given.command == "airflow-env":
        from footing import airflow_local

        print(airflow_local.as_shell(airflow_local.settings(paths, airflow_local.PORT)))
    else:
        pipeline.summary(str(given.file or paths.current.resolve()))


def _close(period: str) -> None:
    pipeline.build(period)
    pipeline.audit()
    published = pipeline.publish_build(period)
    pipeline.report(published)
    pipeline.summary(published)


if __name__ == "__main__":
    sys.exit(main())
