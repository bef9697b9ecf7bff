"""Patience around the official SDKs that have none of their own, and around downloads that break off."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import requests

from connectors._http import ATTEMPTS, TIMEOUT_SECONDS, SourceError

# What came after the last whole chunk is asked for again.
CHUNK_BYTES = 1 << 13
LONGEST_WAIT_SECONDS = 300.0
BROKEN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)

Answer = TypeVar("Answer")


class Again(Exception):
    """A call failed in a way that passes; ``wait`` is what the server asked for, in seconds."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


def patiently(ask: Callable[[], Answer], place: str) -> Answer:
    """Call until it succeeds: ``ask`` raises ``Again`` for what passes, ``SourceError`` for what stays.

    Waits what the server asked for, at most five minutes, else 1, 2, 4, 8 s with up to half a second on top.

    Raises
    ------
    SourceError
        After five attempts; names ``place`` and the last problem.
    """
    problem = "no answer"
    for attempt in range(ATTEMPTS):
        try:
            return ask()
        except Again as error:
            problem = str(error)
            wait = error.wait if error.wait is not None else 2.0**attempt + random.random() / 2
        if attempt + 1 < ATTEMPTS:
            time.sleep(min(wait, LONGEST_WAIT_SECONDS))
    raise SourceError(f"{place}: gave up after {ATTEMPTS} attempts: {problem}")


def failure(status: int, headers: Mapping[str, str], said: str, place: str) -> Exception:
    """Give the error of an answer's status: ``Again`` on 429 and 5xx, else ``SourceError``."""
    if status == 429 or status >= 500:
        stated = headers.get("Retry-After", "")
        return Again(f"HTTP {status}", float(stated) if stated.isdigit() else None)
    return SourceError(f"{place}: HTTP {status}: {' '.join(said[:300].split())}")


def download(url: str) -> bytes:
    """Give a file whole; a transfer that breaks off is taken up where it broke.

    The rest is asked for only where the server named the file's state (a strong ``ETag``, else ``Last-Modified``):
    a file that changed meanwhile comes again from its start, never half old, half new.

    Raises
    ------
    SourceError
        On an error that will stay, or after five attempts. The text holds no query: it may be the link's signature.
    """
    place = url.split("?")[0]
    held = bytearray()
    state = ""

    def ask() -> bytes:
        nonlocal state
        headers = {"Accept-Encoding": "identity"}
        if held and state:
            headers |= {"Range": f"bytes={len(held)}-", "If-Range": state}
        try:
            with requests.get(url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
                if not answer.ok:
                    raise failure(answer.status_code, answer.headers, answer.text, place)
                if answer.status_code != 206:
                    held.clear()
                state = _state(answer.headers)
                for chunk in answer.iter_content(CHUNK_BYTES):
                    held.extend(chunk)
        except BROKEN as error:
            # Not chained: the library's text holds the link.
            raise Again(f"the transfer broke off after {len(held)} bytes ({type(error).__name__})") from None
        return bytes(held)

    return patiently(ask, place)


def _state(headers: Mapping[str, str]) -> str:
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")
