"""Azure OpenAI's tokens, before they are used."""

from __future__ import annotations

from expectations.suites._tokens import suite

__all__ = ["suite"]
