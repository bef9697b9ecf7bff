"""What is bought, in our own words: each stands in seeds/purchase_categories.csv with its factor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectors._batches import RowError

CATEGORIES = (
    "software", "saas", "cloud", "ai_api", "programming", "integration", "consulting", "research", "managed_service",
    "it_service", "training", "repair", "rental", "telecom", "mobile_telecom", "computers", "storage_devices",
    "peripherals", "network_devices", "energy", "tax", "credit",
)  # fmt: skip


def category_of(word: str | None, options: Mapping[str, Any]) -> str | None:
    """Give our category for the document's word; null stays null and is looked up by supplier.

    Raises
    ------
    RowError
        When neither ``options.categories`` nor our own list knows the word.
    """
    if word is None:
        return None
    words = {str(k).lower(): str(v) for k, v in dict(options.get("categories", {})).items()}
    category = words.get(word.lower(), word.lower())
    if category not in CATEGORIES:
        raise RowError(
            "category",
            word,
            "is no known purchase category",
            f"map it in options.categories to one of {', '.join(CATEGORIES)}",
        )
    return category
