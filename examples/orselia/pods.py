"""What Kubernetes serves: claims triage grows every month, other services come and go."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from examples.orselia.machines import Board
from examples.orselia.story import MONTHS, NEW_SERVERS, TIME_SLICED, at, month_end, month_start, rng, slot

CLAIMS_START_W = 445.0
CLAIMS_GROWTH = 1.06
PAR1_SHARE = 0.52
"""Part of claims triage that par1 serves once lon1 serves too."""


@dataclass(frozen=True)
class Pod:
    """A pod as the exporter names it."""

    namespace: str
    name: str
    container: str


def run_pods(boards: list[Board]) -> dict[int, Pod]:
    """Let pods hold boards; the answer names each holder (negative numbers)."""
    pods: dict[int, Pod] = {}
    par1 = [board for board in boards if board.node.manager == "kubernetes" and board.node.site == "par1"]
    lon1 = [board for board in boards if board.node.manager == "kubernetes" and board.node.site == "lon1"]

    def hold(
        board: Board, begin: dt.datetime, end: dt.datetime, namespace: str, app: str, mean_w: float
    ) -> None:
        number = -len(pods) - 1
        letters = rng("pod", str(number))
        suffix = "".join(letters.choice("bcdfghjklmnpqrstvwxz2456789") for _ in range(14))
        pods[number] = Pod(namespace, f"{app}-{suffix[:9]}-{suffix[9:]}", app)
        _draw(board, max(slot(begin), board.first_slot), slot(end), number, mean_w)

    for n, month in enumerate(MONTHS):
        begin, end = month_start(month), month_end(month)
        total = CLAIMS_START_W * CLAIMS_GROWTH**n
        both = begin > NEW_SERVERS
        shares = (
            [(par1, total * PAR1_SHARE, 320), (lon1, total * (1 - PAR1_SHARE), 300)]
            if both
            else [(par1, total, 320)]
        )
        for site_boards, watts, most in shares:
            count = min(3, math.ceil(watts / most))
            for board in site_boards[:count]:
                hold(board, begin, end, "claims-prod", "claims-triage", watts / count)
        live = month >= "2025-09"
        if month < "2025-09":
            hold(
                par1[3],
                begin + dt.timedelta(days=4),
                begin + dt.timedelta(days=9),
                "sandbox",
                "notebook",
                150,
            )
        elif month < "2026-07":
            hold(par1[3], begin, end, "docai-prod", "docai-reader", 130 + 6 * (n - 11))
        else:
            hold(par1[3], begin, end, "assist-prod", "assist-chat", 150 + 25 * (n - 21))
        if live:
            hold(
                lon1[3],
                begin,
                begin + dt.timedelta(days=20),
                "docai-prod",
                "docai-reader",
                110 + 7 * (n - 11),
            )
            hold(
                lon1[3],
                begin + dt.timedelta(days=22),
                begin + dt.timedelta(days=26),
                "sandbox",
                "notebook",
                140,
            )
    number = -len(pods) - 1
    pods[number] = Pod("assist-dev", "assist-chat-6c9d7f5b4-q8w2z", "assist-chat")
    for index in range(slot(TIME_SLICED[0]), slot(TIME_SLICED[1])):
        par1[3].second[index] = number
    return pods


def _draw(board: Board, begin: int, end: int, number: int, mean_w: float) -> None:
    """Office hours draw more than nights, the mean over a day stays ``mean_w``."""
    noise = rng("pods", board.uuid, str(number))
    by_hour = [1 + 0.15 * math.cos((hour - 14) / 12 * math.pi) for hour in range(24)]
    for index in range(begin, end):
        watts = mean_w * by_hour[at(index).hour] + 12 * (noise.random() - 0.5)
        board.watts[index] = min(round(watts), board.node.board_w)
        board.holder[index] = number
