"""The result of one check, without Great Expectations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One check on one batch: what was claimed, how severe a failure is, what was found, and what to do."""

    source_id: str | None
    door: str
    suite: str
    check_id: str
    description: str
    severity: str
    success: bool
    rows_checked: int
    rows_failed: int
    observed: str
    remedy: str
