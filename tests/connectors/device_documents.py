"""Registers, orders and answers of BoaviztAPI for the tests, each small enough to be read."""

import json
from pathlib import Path

from connectors import load
from connectors.base import Document
from footing.config import with_mapping

CONFIG = Path(__file__).parents[2] / "config"


def mapped(name, **options):
    """The options of a shipped mapping, with the test's own on top."""
    return with_mapping(CONFIG, {"mapping": name, **options}, "test")


def read(connector, text, options, name="export.csv"):
    """The rows and rejects of a text."""
    data = text if isinstance(text, bytes) else text.encode()
    parsed = list(load(connector).parse(Document(data, name, "r", options=options)))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


def answer(gwp=1200.0, cpu="Intel Xeon Gold 6134", status="COMPLETED", ram_units=12, capacity=32, **impacts):
    """An answer in the form of POST /v1/server/ with verbose, shortened."""
    figure = {"value": gwp, "min": gwp / 2, "max": gwp * 2, "warnings": ["End of life is not included"]}
    return json.dumps({
        "impacts": {"gwp": {"unit": "kgCO2eq", "embedded": figure, "use": {"value": 9e9, "min": 9e9, "max": 9e9}}, **impacts},
        "verbose": {
            "CPU-1": {"name": {"value": cpu, "status": status}},
            "RAM-1": {"units": {"value": ram_units}, "capacity": {"value": capacity}},
        },
    }).encode()  # fmt: skip


SERVER = {
    "ask": "/v1/server/",
    "models": ["Dell PowerEdge R740"],
    "body": {"configuration": {"cpu": {"units": 2, "name": "Xeon Gold 6134"}}},
}
