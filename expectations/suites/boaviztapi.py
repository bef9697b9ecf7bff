"""Answers of BoaviztAPI, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("answers", "ask the service again"),
        filled("device", "name the file after its device"),
        filled("indicator", "ask the service again"),
        between(
            "amount_per_piece", 0, 1_000_000, "correct the configuration asked for, or leave the device out"
        ),
    ]
