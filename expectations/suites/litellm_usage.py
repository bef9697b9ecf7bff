"""A gateway's spend log, before it is used."""

from __future__ import annotations

from expectations.suites._tokens import suite

__all__ = ["suite"]
