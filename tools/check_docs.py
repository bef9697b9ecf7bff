"""Check that what the documentation says is there is there, and that files stay small and portable."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
MART_FOLDERS = ("dbt_project/models/marts/", "dbt_project/models/reports/")
DICTIONARY = "docs/data-dictionary.md"

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_MAKE = re.compile(r"(?:^|[\s;&|$])make ((?:[a-z][\w-]*)(?: [a-z][\w-]*)*)", re.MULTILINE)
_TARGET = re.compile(r"^([a-z][\w-]*):(?!=)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)

# A package index or a path of one machine in a tracked file would break the next clone.
_UNPORTABLE = (
    re.compile(r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org"),
    re.compile(r"(?<![\w.})\]-])/(?:work|tmp/bash_jobs)[/.]"),
)

# Lines per file: small enough that a file has one reason to change.
PYTHON_LINES, TEST_LINES, SQL_LINES = 300, 400, 120


def tracked_files(root: Path) -> list[str]:
    """Give the files of the repository, new ones included, ignored ones not."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted({name for name in listed if name and (root / name).is_file()})


def _read(root: Path, name: str) -> str | None:
    """Give a file's text, or nothing for what is not text."""
    try:
        return (root / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _markdown(root: Path, files: list[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        text = _read(root, name) if name.endswith(".md") else None
        if text is not None:
            yield name, text


def _slugs(text: str) -> set[str]:
    """Give the anchors that a repository host makes of a document's headings."""
    headings = (re.sub(r"[^\w\- ]", "", h.lower()) for h in _HEADING.findall(_FENCE.sub("", text)))
    return {heading.strip().replace(" ", "-") for heading in headings}


def broken_links(root: Path, files: list[str]) -> Iterator[str]:
    """Name relative links, and anchors in Markdown files, that lead nowhere."""
    for name, text in _markdown(root, files):
        prose = _CODE.sub("", _FENCE.sub("", text))
        for match in _LINK.finditer(prose):
            link = match.group(1) or match.group(2)
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (root / name).parent / path if path else root / name
            if not target.exists():
                yield f"{name}: link {link}: no such file"
            elif (
                anchor and target.suffix == ".md" and anchor not in _slugs(target.read_text(encoding="utf-8"))
            ):
                yield f"{name}: link {link}: no such heading"


def unknown_make_targets(root: Path, files: list[str]) -> Iterator[str]:
    """Name make targets that the documentation tells people to run and the Makefile lacks."""
    makefile = root / "Makefile"
    targets = set(_TARGET.findall(makefile.read_text(encoding="utf-8"))) if makefile.exists() else set()
    for name, text in _markdown(root, files):
        code = [match.group(0) for match in _FENCE.finditer(text)] + _CODE.findall(_FENCE.sub("", text))
        named = {target for piece in code for run in _MAKE.findall(piece) for target in run.split()}
        for target in sorted(named - targets):
            yield f"{name}: make {target}: the Makefile has no such target"


def undocumented_marts(root: Path, files: list[str]) -> Iterator[str]:
    """Name published models that the data dictionary does not show."""
    dictionary = root / DICTIONARY
    shown = set(_HEADING.findall(dictionary.read_text(encoding="utf-8"))) if dictionary.exists() else set()
    for name in files:
        if name.startswith(MART_FOLDERS) and name.endswith(".sql") and Path(name).stem not in shown:
            yield f"{name}: not in {DICTIONARY}; run make docs"


def undocumented_config(root: Path, files: list[str]) -> Iterator[str]:
    """Name configuration files that no documentation explains."""
    prose = "".join(
        text
        for name, text in _markdown(root, files)
        if name.startswith("docs/") or name == "config/README.md"
    )
    for name in files:
        if name.startswith("config/") and not name.endswith(".md") and Path(name).name not in prose:
            yield f"{name}: named neither in docs/ nor in config/README.md"


def unportable_text(root: Path, files: list[str]) -> Iterator[str]:
    """Name lines that hold a package index's address or a path of one machine."""
    for name in files:
        for number, line in enumerate((_read(root, name) or "").splitlines(), start=1):
            for match in filter(None, (pattern.search(line) for pattern in _UNPORTABLE)):
                yield f"{name}:{number}: {match.group(0)!r}: an address or a path of one machine"


def long_files(root: Path, files: list[str]) -> Iterator[str]:
    """Name source files beyond their limit of lines."""
    for name in files:
        if name.endswith(".py"):
            limit = TEST_LINES if name.startswith("tests/") else PYTHON_LINES
        elif name.endswith(".sql"):
            limit = SQL_LINES
        else:
            continue
        lines = len((_read(root, name) or "").splitlines())
        if lines > limit:
            yield f"{name}: {lines} lines, at most {limit}: split it by reason to change"


CHECKS = (
    broken_links,
    unknown_make_targets,
    undocumented_marts,
    undocumented_config,
    unportable_text,
    long_files,
)


def problems(root: Path) -> list[str]:
    """Run every check over the repository and give what each found."""
    files = tracked_files(root)
    return [problem for check in CHECKS for problem in check(root, files)]


def main() -> int:
    """Print every problem; give 1 when there is one."""
    found = problems(REPOSITORY)
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
