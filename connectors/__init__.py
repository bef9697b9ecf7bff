"""How each kind of source is fetched and read: one module per kind, each with a ``connector``."""

from __future__ import annotations

import importlib
import pkgutil

from connectors.base import Connector

NAMES = tuple(
    sorted(
        module.name
        for module in pkgutil.iter_modules(__path__)
        if module.name != "base" and module.name[0] != "_"
    )
)


def load(name: str) -> Connector:
    """Give the connector of a module named in ``config/sources.yml``.

    Raises
    ------
    ValueError
        When no such connector exists; the text lists those that do.
    """
    if name not in NAMES:
        raise ValueError(f"sources.yml: no connector '{name}'; known are {', '.join(NAMES)}")
    connector: Connector = importlib.import_module(f"connectors.{name}").connector
    return connector
