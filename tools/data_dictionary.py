"""Write docs/data-dictionary.md from the descriptions that stand beside the dbt models.

Run it after a change of a published model; ``--check`` compares instead of writing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
PUBLIC_FOLDERS = {
    "marts": "dbt_project/models/marts",
    "reports": "dbt_project/models/reports",
}
TARGET = "docs/data-dictionary.md"
GROUPS = (
    ("fct_", "Facts", "What happened, what it emitted and who carries it."),
    ("bridge_", "Bridges", "The ways from a figure to its documents and factors."),
    ("dim_", "Dimensions", "What the facts' identifiers stand for."),
    ("rpt_", "Reports", "Sums of the above, ready to be read."),
    ("", "About the file", "What the file says of itself."),
)


@dataclass(frozen=True)
class Column:
    """A published column as its YAML describes it."""

    name: str
    data_type: str
    description: str


@dataclass(frozen=True)
class Model:
    """A published table or view as its YAML describes it; the description gives its grain."""

    name: str
    description: str
    columns: tuple[Column, ...]


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())


def read_models(root: Path) -> list[Model]:
    """Read every model that the YAML files of the public folders describe, by name."""
    models = []
    for file in _files(root, ".yml"):
        for entry in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("models") or []:
            columns = tuple(
                Column(_text(c["name"]), _text(c.get("data_type")).lower(), _text(c.get("description")))
                for c in entry.get("columns") or []
            )
            models.append(Model(entry["name"], _text(entry.get("description")), columns))
    return sorted(models, key=lambda model: model.name)


def problems(root: Path) -> list[str]:
    """Name what a reader of the dictionary would miss: models, types or descriptions not there."""
    models = read_models(root)
    described = {model.name for model in models}
    found = [
        f"{file.relative_to(root)}: no YAML beside it describes this model"
        for file in _files(root, ".sql")
        if file.stem not in described
    ]
    for model in models:
        if not model.description:
            found.append(f"{model.name}: no description (say the grain: one row per ...)")
        if not model.columns:
            found.append(f"{model.name}: no columns described")
        for column in model.columns:
            for field in ("data_type", "description"):
                if not getattr(column, field):
                    found.append(f"{model.name}.{column.name}: no {field}")
    return found


def _files(root: Path, suffix: str) -> Iterator[Path]:
    for folder in PUBLIC_FOLDERS.values():
        yield from sorted((root / folder).rglob(f"*{suffix}"))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _model_lines(model: Model) -> list[str]:
    rows = [f"| `{c.name}` | {_cell(c.data_type)} | {_cell(c.description)} |" for c in model.columns]
    return [
        f"### {model.name}",
        "",
        model.description,
        "",
        "| column | type | what it is |",
        "|---|---|---|",
        *rows,
        "",
    ]


def render(models: list[Model]) -> str:
    """Give the dictionary's Markdown: one section per kind of table, one table per model."""
    lines = [
        "# Data dictionary",
        "",
        "What stands in a published file, table by table. Generated from `dbt_project/models` by",
        "`make docs`: edit the descriptions there, not here.",
        "",
    ]
    left = list(models)
    for prefix, title, purpose in GROUPS:
        members = [model for model in left if model.name.startswith(prefix)]
        left = [model for model in left if model not in members]
        if members:
            lines += [f"## {title}", "", purpose, ""]
        for model in members:
            lines += _model_lines(model)
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: list[str] | None = None, root: Path = REPOSITORY) -> int:
    """Write the dictionary, or with ``--check`` say whether it is complete and up to date."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the file instead of writing it")
    check = parser.parse_args(arguments).check
    found = problems(root)
    target, text = root / TARGET, render(read_models(root))
    if check and (not target.exists() or target.read_text(encoding="utf-8") != text):
        found.append(f"{TARGET}: not what the models say; run make docs")
    if not check:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
