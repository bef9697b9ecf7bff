"""Keys and values of tags in their many shapes, cut down to the keys that matter, as canonical JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

BROKEN = "not a JSON object or a list of keys and values"


def fold(key: object) -> str:
    """Fold a tag's key: lower case, no spaces, hyphens and underscores, no ``user:`` before it.

    >>> fold(" user:Cost-Center") == fold("cost_center") == fold("CostCenter")
    True
    """
    return re.sub(r"[\s_-]+", "", str(key).lower().strip().removeprefix("user:"))


def labels(array: pa.Array, wanted: Mapping[str, str]) -> tuple[pa.Array, pa.Array]:
    """Give the wanted keys of each row as canonical JSON text (null when none), and what is wrong with its tags.

    Parameters
    ----------
    array : pyarrow.Array
        JSON text (an object, or a list of ``{"key": …, "value": …}``), or Arrow maps or lists of key/value structs.
    wanted : mapping
        Folded key -> name in the result.
    """
    keys = tuple(sorted(wanted.items()))
    if pa.types.is_null(array.type):
        return (pa.nulls(len(array), pa.string()),) * 2
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        picked = [_canonical(_pairs(entry), keys) if entry else None for entry in _narrowed(array, wanted)]
        return pa.array(picked, pa.string()), pa.nulls(len(array), pa.string())
    coded = pc.dictionary_encode(array)
    read = [_of_text(text, keys) for text in coded.dictionary.to_pylist()]
    return tuple(
        pa.array([pair[place] for pair in read], pa.string()).take(coded.indices) for place in (0, 1)
    )


@lru_cache(maxsize=20_000)
def _of_text(text: str, keys: tuple[tuple[str, str], ...]) -> tuple[str | None, str | None]:
    try:
        pairs = list(_pairs(json.loads(text)))
    except (ValueError, TypeError, RecursionError):
        return None, BROKEN
    return _canonical(pairs, keys), None


def _pairs(entry: Any) -> Iterator[tuple[object, object]]:
    """Give the keys and values of an object, or of a list of key/value pairs in either shape.

    Raises
    ------
    TypeError
        When it is neither.
    """
    if isinstance(entry, Mapping):
        yield from entry.items()
        return
    if not isinstance(entry, list):
        raise TypeError(BROKEN)
    for item in entry:
        if isinstance(item, Mapping):
            lowered = {str(name).lower(): value for name, value in item.items()}
            if "key" not in lowered:
                raise TypeError(BROKEN)
            yield lowered["key"], lowered.get("value")
        elif isinstance(item, tuple) and len(item) == 2:
            yield item
        else:
            raise TypeError(BROKEN)


def _canonical(pairs: Iterable[tuple[object, object]], keys: tuple[tuple[str, str], ...]) -> str | None:
    """Write the wanted pairs sorted; of a key in several spellings the first spelling by code points counts."""
    wanted = dict(keys)
    found: dict[str, str] = {}
    for key, value in sorted(pairs, key=lambda pair: str(pair[0])):
        name = wanted.get(fold(key))
        if name and value is not None and str(value).strip():
            found.setdefault(name, str(value).strip())
    return json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if found else None


def _narrowed(array: pa.Array, wanted: Mapping[str, str]) -> list[list[tuple[object, object]]]:
    """Give each row's wanted pairs of an Arrow map or list of structs: most tags never become Python objects."""
    if pa.types.is_map(array.type):
        array = array.cast(
            pa.list_(pa.struct([("key", array.type.key_type), ("value", array.type.item_type)]))
        )
    flat = pc.list_flatten(array)
    names = {field.name.lower(): field.name for field in flat.type}
    keys = pc.cast(flat.field(names["key"]), pa.string())
    coded = pc.dictionary_encode(keys)
    matters = pa.array([fold(key) in wanted for key in coded.dictionary.to_pylist()]).take(coded.indices)
    rows: list[list[tuple[object, object]]] = [[] for _ in range(len(array))]
    columns = (pc.list_parent_indices(array), keys, flat.field(names["value"]))
    for row, key, value in zip(*(column.filter(matters).to_pylist() for column in columns), strict=True):
        rows[row].append((key, value))
    return rows
