"""Every text of screens and reports has its French."""

import ast
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from dashboards.i18n import LOCALE, Words

ROOT = Path(__file__).parents[2]


def messages():
    """Texts given to ``text``, ``mark`` and ``many`` anywhere in the two rooms."""
    for path in [*(ROOT / "dashboards").rglob("*.py"), *(ROOT / "reports").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                wanted = {"text": 1, "mark": 1, "many": 2}.get(name, 0)
                texts = [arg.value for arg in node.args[:wanted] if isinstance(arg, ast.Constant)]
                if texts and len(texts) == wanted:
                    yield texts[0] if wanted == 1 else tuple(texts)


def catalogue():
    with (LOCALE / "fr.po").open("rb") as source:
        return {message.id: message.string for message in read_po(source) if message.id}


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_message_is_translated_and_none_is_left_over():
    used = set(messages())
    assert len(used) > 60
    assert used == set(catalogue())


def test_translations_keep_their_values():
    for message, translated in catalogue().items():
        pairs = (
            zip(message, translated, strict=True) if isinstance(message, tuple) else [(message, translated)]
        )
        for original, french in pairs:
            assert french
            assert fields(original) == fields(french), original


def test_french_typography():
    for translated in catalogue().values():
        for text in [translated] if isinstance(translated, str) else translated:
            assert " :" not in text
            assert " ;" not in text
            assert " %" not in text
            assert "'" not in text


def test_french_counts_nothing_as_singular():
    words = Words("fr")
    assert words.many("{number} ledger row", "{number} ledger rows", 0) == "0 ligne du grand livre"
    assert words.many("{number} ledger row", "{number} ledger rows", 2) == "2 lignes du grand livre"
    assert Words("en").many("{number} ledger row", "{number} ledger rows", 0) == "0 ledger rows"
