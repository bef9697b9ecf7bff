"""Answers of BoaviztAPI, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        # Never answered is no fault of the month: its devices rest on the next source in order, and the file says so.
        not_empty("answers", "start the service and ask it again", "warning"),
        filled("device", "name the file after its device"),
        filled("indicator", "ask the service again"),
        between(
            "amount_per_piece", 0, 1_000_000, "correct the configuration asked for, or leave the device out"
        ),
    ]
