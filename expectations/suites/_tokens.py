"""Token usage, before it is used: the same shape from every source, the same claims."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A day of one model and project: ten billion tokens is far above what any organization of ours has used.
MAX_TOKENS = 10**10


def suite() -> list[Any]:
    """The suite of the typed rows."""
    again = "fetch or export the month again"
    return [
        not_empty("usage", "no token in the month: check the account and the grouping", "warning"),
        *(filled(column, again) for column in ("day", "provider", "model", "output_tokens")),
        *(between(column, 0, MAX_TOKENS, "check the unit: tokens, not thousands", "warning")
          for column in ("input_tokens", "output_tokens")),
        filled("project", "give each project its own project, workspace or team", "warning"),
    ]  # fmt: skip
