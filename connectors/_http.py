"""HTTP with patience: retried on 429, 5xx and broken bodies, bounded in time, silent about secrets."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from connectors.base import Secrets

ATTEMPTS = 5
TIMEOUT_SECONDS = (10, 120)


class SourceError(Exception):
    """The source answered with an error that asking again will not cure."""


def request(method: str, url: str, *, sleep: Callable[[float], None] = time.sleep,
            session: requests.Session | None = None, **arguments: Any) -> bytes:  # fmt: skip
    """Give the body of a successful answer.

    Parameters
    ----------
    sleep : callable
        Waits between attempts: what ``Retry-After`` says, else 1, 2, 4, 8 s with up to half a second on top.

    Raises
    ------
    SourceError
        On an error that will stay (4xx but 429), or after five attempts. The text holds neither query nor headers.
    """
    place = url.split("?")[0]
    client = session or requests.Session()
    problem = "no answer"
    for attempt in range(ATTEMPTS):
        wait = 2.0**attempt + random.random() / 2
        try:
            answer = client.request(method, url, timeout=TIMEOUT_SECONDS, **arguments)
            body = answer.content
        except (
            requests.ConnectionError,
            requests.Timeout,
            requests.exceptions.ChunkedEncodingError,
        ) as error:
            problem = f"connection broke ({type(error).__name__})"
        else:
            if answer.ok and _is_whole(answer.headers, answer):
                return body
            if answer.ok:
                problem = "the body was cut short"
            elif answer.status_code == 429 or answer.status_code >= 500:
                problem = f"HTTP {answer.status_code}"
                wait = _retry_after(answer.headers, wait)
            else:
                raise SourceError(f"{place}: HTTP {answer.status_code}: {_first_words(body)}")
        if attempt + 1 < ATTEMPTS:
            sleep(wait)
    raise SourceError(f"{place}: gave up after {ATTEMPTS} attempts: {problem}")


def _is_whole(headers: Mapping[str, str], answer: requests.Response) -> bool:
    stated = headers.get("Content-Length")
    return stated is None or answer.raw.tell() >= int(stated)


def _retry_after(headers: Mapping[str, str], default: float) -> float:
    try:
        return min(float(headers.get("Retry-After", default)), 300.0)
    except ValueError:
        return default


def _first_words(body: bytes) -> str:
    return " ".join(body[:300].decode("utf-8", "replace").split())


def login(secrets: Secrets) -> tuple[dict[str, str], tuple[str, str] | None]:
    """Give headers and basic authentication of a connection: a password without a login is a bearer token."""
    if secrets.password and not secrets.login:
        return {"Authorization": f"Bearer {secrets.password}"}, None
    return {}, (secrets.login, secrets.password) if secrets.login else None
