"""Airflow connections as connectors see them; the only place that reads one."""

from __future__ import annotations

from connectors.base import Secrets


def from_connection(connection_id: str | None) -> Secrets:
    """Read an Airflow connection (also from ``AIRFLOW_CONN_…``); an empty one where none is named.

    Raises
    ------
    airflow.sdk.exceptions.AirflowNotFoundException
        When the connection is not defined.
    """
    if connection_id is None:
        return Secrets()
    from airflow.sdk import Connection

    found = Connection.get(connection_id)
    return Secrets(
        host=found.host or "", login=found.login or "", password=found.password or "", port=found.port,
        schema=found.schema or "", extra=found.extra_dejson,
    )  # fmt: skip
