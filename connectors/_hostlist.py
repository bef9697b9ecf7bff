"""Slurm's compact lists of host names: ``gpu[01-03,07],login1``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from connectors._batches import RowError

# More nodes than the largest machines have: a list that was garbled.
MAX_NODES = 100_000


def expand(text: str) -> list[str]:
    """Give the names of a host list in its order; leading zeros are kept, several brackets multiply.

    Raises
    ------
    RowError
        When a bracket does not close, a range runs backwards, or the list names more than 100,000 nodes.
    """
    names: list[str] = []
    for item in _items(text):
        pieces = re.split(r"\[([^\[\]]*)\]", item)
        if any("[" in piece or "]" in piece for piece in pieces):
            raise RowError("NodeList", text, "has a bracket that does not close", "run sacct again")
        choices = [
            list(_range(text, piece)) if odd else [piece]
            for piece, odd in zip(pieces, itertools.cycle((False, True)), strict=False)
        ]
        names += itertools.islice(("".join(parts) for parts in itertools.product(*choices)), MAX_NODES + 1)
        if len(names) > MAX_NODES:
            raise RowError("NodeList", text[:80], f"names more than {MAX_NODES} nodes", "run sacct again")
    return names


def _items(text: str) -> list[str]:
    # Commas inside brackets do not part names.
    return [item for item in re.split(r",(?![^\[]*\])", text.strip()) if item]


def _range(text: str, inside: str) -> Iterator[str]:
    for part in inside.split(","):
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or (dash and int(last) < int(first)):
            raise RowError("NodeList", text, f"has the range {part!r}", "run sacct again")
        if dash and int(last) - int(first) > MAX_NODES:
            raise RowError("NodeList", text[:80], f"names more than {MAX_NODES} nodes", "run sacct again")
        for number in range(int(first), int(last or first) + 1):
            yield str(number).zfill(len(first))
