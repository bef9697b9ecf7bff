"""The reader's language: English in the code, French in ``locale/fr.po``, compiled when it is first needed."""

from __future__ import annotations

import gettext
import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "fr": "Français"}
LOCALE = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Words:
    """Writes the texts of screens and reports in one language."""

    language: str

    def text(self, message: str, **values: object) -> str:
        """Translate a message and fill in its named values."""
        found = _catalogue(self.language).gettext(message)
        return found.format(**values) if values else found

    def many(self, singular: str, plural: str, number: int, **values: object) -> str:
        """Translate a message that depends on a number, which it may show as ``{number}``."""
        found = _catalogue(self.language).ngettext(singular, plural, number)
        return found.format(number=number, **values)


def mark(message: str) -> str:
    """Mark a message of a table for translation; it is translated where it is shown."""
    return message


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (LOCALE / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
