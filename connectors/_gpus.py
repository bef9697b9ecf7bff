"""Accelerators named inside the text of a server: how many, and which."""

from __future__ import annotations

import functools
import re

# The names that makers print, longest first, so that L40S is not read as L4.
NAMES = (
    "GB300", "GB200", "GH200", "B300", "B200", "H200", "H100", "H800", "A800", "A100", "L40S", "L40", "L20", "L4",
    "A40", "A30", "A16", "A10G", "A10", "V100S", "V100", "P100", "P40", "T4", "MI355X", "MI350X", "MI325X", "MI300X",
    "MI300A", "MI250X", "MI250", "MI210",
)  # fmt: skip
_NAME = rf"(?P<name>{'|'.join(NAMES)})(?![A-Za-z0-9])"
_MAKER = r"(?:(?:NVIDIA|AMD|TESLA|INSTINCT|HGX|GPU)[\s-]+)*"
# "8x H100", "4 × NVIDIA L40S"; "HGX H100 8-GPU", "A100 SXM4 x4"; the name alone.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![A-Za-z0-9])(?P<count>\d{{1,2}})\s*[x×*]\s*{_MAKER}{_NAME}",
        rf"(?<![A-Za-z0-9]){_NAME}[^;,/+]*?[\s(](?:[x×*]\s*(?P<count>\d{{1,2}})|(?P<gpus>\d{{1,2}})[\s-]*GPUs?)(?![A-Za-z0-9])",
        rf"(?<![A-Za-z0-9])(?P<gpus>\d{{1,2}})[\s-]*GPUs?\s+{_MAKER}{_NAME}",
        rf"(?<![A-Za-z0-9]){_NAME}",
    )
)


@functools.lru_cache(maxsize=1 << 12)
def find(text: str) -> tuple[str | None, int | None]:
    """Give the accelerator's name and how many the text says; the count is null where it says none."""
    for pattern in _PATTERNS:
        if match := pattern.search(text):
            found = match.groupdict()
            count = found.get("count") or found.get("gpus")
            return found["name"].upper(), int(count) if count and int(count) else None
    return None, None
