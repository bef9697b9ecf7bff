"""What bills of electricity, heat and cooling share: the days they cover, and whether they take something back."""

from __future__ import annotations

import datetime as dt

from connectors._batches import RowError
from connectors._mapped_csv import Fields

TRUE_WORDS = {"1", "true", "yes", "oui", "o", "y", "avoir", "credit note", "credit"}


def is_credit(fields: Fields) -> bool:
    """Whether the line takes an earlier one back."""
    return (fields.text("is_credit_note") or "").lower() in TRUE_WORDS


def days(fields: Fields, inclusive: bool) -> tuple[dt.date, dt.date]:
    """First day of the line and first day after it.

    Raises
    ------
    RowError
        When an end is missing, or the end is not after the start.
    """
    first, last = fields.date("period_from"), fields.date("period_to")
    if first is None or last is None:
        raise RowError(
            "period_from", "", "a bill needs both ends of its period", "fill them in at the source"
        )
    after = last + dt.timedelta(days=1) if inclusive else last
    if after <= first:
        raise RowError(
            "period_to", last, f"is not after period_from {first}", "correct the dates, or options.period_to"
        )
    return first, after


def check_sign(field: str, value: float, credit: bool) -> None:
    """Refuse a negative quantity that is no credit note, and a credit note that is not negative."""
    if (value < 0) != credit and value != 0:
        raise RowError(field, value, "only a credit note may be negative, and it must be",
                       "mark the line as a credit note (is_credit_note) or correct its sign")  # fmt: skip
