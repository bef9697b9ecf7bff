"""GPU boards and what each drew in each quarter hour, and for whom."""

from __future__ import annotations

import datetime as dt
import uuid
from array import array
from dataclasses import dataclass, field

from examples.orselia.story import NEW_SERVERS, SLOTS, START, rng, slot


@dataclass(frozen=True)
class Node:
    """A GPU server of four boards; ``manager`` is slurm or kubernetes."""

    site: str
    name: str
    manager: str
    model: str
    gres: str
    board_w: int
    idle_w: int
    since: dt.datetime = START


NODES = (
    Node("par1", "par1-h100-01", "slurm", "NVIDIA H100 80GB HBM3", "h100", 700, 92),
    Node("par1", "par1-h100-02", "slurm", "NVIDIA H100 80GB HBM3", "h100", 700, 92, NEW_SERVERS),
    Node("par1", "par1-a100-01", "kubernetes", "NVIDIA A100-SXM4-80GB", "a100", 400, 58),
    Node("lon1", "lon1-l40s-01", "slurm", "NVIDIA L40S", "l40s", 350, 36),
    Node("lon1", "lon1-l40s-02", "kubernetes", "NVIDIA L40S", "l40s", 350, 36, NEW_SERVERS),
)


@dataclass
class Board:
    """One GPU: watts per slot, and the holder of each slot (0: nobody)."""

    node: Node
    index: int
    uuid: str
    watts: array[int] = field(default_factory=lambda: array("H", bytes(2 * SLOTS)))
    holder: array[int] = field(default_factory=lambda: array("l", [0]) * SLOTS)
    second: dict[int, int] = field(default_factory=dict)
    """A second holder at the same instant, where a board is time-sliced."""

    @property
    def first_slot(self) -> int:
        """The board's first slot in service."""
        return max(slot(self.node.since), 0)


def boards() -> list[Board]:
    """All boards, idle."""
    made = []
    for node in NODES:
        for index in range(4):
            name = str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{node.name}.{index}.orselia.example"))
            board = Board(node, index, f"GPU-{name}")
            noise = rng("idle", board.uuid)
            for at_slot in range(board.first_slot, SLOTS):
                board.watts[at_slot] = node.idle_w + int(noise.random() * 7) - 3
            made.append(board)
    return made


def site_kwh_by_day(all_boards: list[Board], site: str) -> list[float]:
    """Board kWh of a site for each day from the first."""
    per_day = 96
    totals = [0.0] * (SLOTS // per_day)
    for board in all_boards:
        if board.node.site == site:
            for day in range(len(totals)):
                totals[day] += sum(board.watts[day * per_day : (day + 1) * per_day]) / 4000
    return totals
