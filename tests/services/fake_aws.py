"""AWS on loopback: a proxy before moto's S3 that misbehaves on demand, and the Sustainability API as boto3 asks it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .fake_http import Asked, Fake, Reply, as_json

SAMPLE = Path(__file__).parents[1] / "connectors/samples/aws_sustainability_2026-09.json"
# What a proxy hands on of an answer.
KEPT = ("content-type", "etag", "last-modified", "content-range", "accept-ranges")


@dataclass
class S3Proxy(Fake):
    """Hands every request on to moto; its faults are the network's and AWS's."""

    endpoint: str = ""

    def answer(self, asked: Asked) -> Reply:
        """Give moto's answer."""
        place = urlsplit(self.endpoint)
        there = HTTPConnection(str(place.hostname), place.port, timeout=30)
        there.request(asked.method, asked.path, asked.body, asked.headers)
        answer = there.getresponse()
        body = answer.read()
        headers = {name: value for name, value in answer.getheaders() if name.lower() in KEPT}
        there.close()
        return answer.status, headers, body


@dataclass
class Sustainability(Fake):
    """The month of the sample, one result a page, for those whose key is known."""

    results: list[dict[str, Any]] = field(default_factory=lambda: json.loads(SAMPLE.read_text())["Results"])
    questions: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """Answer the one route, refuse what the service refuses."""
        sent = {name.lower(): value for name, value in asked.headers.items()}
        if "Credential=AKIDEXAMPLE/" not in sent.get("authorization", ""):
            return error(
                403, "UnrecognizedClientException", "The security token included in the request is invalid."
            )
        if asked.line != "POST /v1/estimated-carbon-emissions":
            return error(404, "ResourceNotFoundException", asked.line)
        question = json.loads(asked.body)
        self.questions.append(question)
        start = int(question.get("NextToken") or 0)
        page: dict[str, Any] = {"Results": self.results[start : start + 1]}
        if start + 1 < len(self.results):
            page["NextToken"] = str(start + 1)
        return as_json(200, page)


def error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Reply:
    """Give an error as a REST-JSON service of AWS writes it."""
    body = json.dumps({"message": message}).encode()
    return status, {"Content-Type": "application/json", "x-amzn-ErrorType": code} | (headers or {}), body
