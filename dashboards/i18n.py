"""English texts and their French, from ``locale/fr.po``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "fr": "Français"}


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """All translated texts of a language; English has none."""
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as lines:
        return {str(m.id): str(m.string) for m in read_po(lines) if m.id and m.string}


def translator(language: str) -> Callable[[str], str]:
    """Give the function that turns an English text into the reader's; an unknown text stays English."""
    texts = catalogue(language)
    return lambda text: texts.get(text, text)
