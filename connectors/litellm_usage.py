"""Usage of a LiteLLM-style gateway: spend logs as JSON pages or CSV, of which only tokens and labels are landed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from connectors import _tokens, base
from connectors._batches import RowError, batches
from connectors._csv import first_bytes, lines, rows
from connectors._http import SourceError, request
from connectors._json import answer, text
from connectors._periods import bounds, wait_for_its_end

PAGE_ROWS = 1_000
# All that is landed of a request. A name in LABELS is the organization's own word for who asked, never a person.
COUNTED = ("prompt_tokens", "completion_tokens")
KEPT = ("startTime", "call_type", "custom_llm_provider", "model", *COUNTED, "cache_hit")
LABELS = ("team_id", "team_alias", "organization_id", "request_tags")


class Connector(base.Connector):
    """One request is one gateway; options: ``project_field`` (``team_id`` when not given)."""

    # Whatever else a log holds is dropped too: what is landed is named in KEPT and LABELS.
    PERSONAL_FIELDS = (
        "user", "end_user", "user_id", "user_email", "api_key", "messages", "response", "proxy_server_request",
        "requester_ip_address", "metadata", "session_id", "request_id", "cache_key", "model_id",
    )  # fmt: skip
    SCHEMA = _tokens.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask the gateway for the month's log, page by page.

        The connection: host = the gateway's address, password = a key that may read spend.

        Raises
        ------
        NotYetPublished
            Before the month has ended in UTC.
        SourceError
            When the key is refused, after five attempts, or when the log grew while it was read.
        """
        wait_for_its_end(period, source.id)
        name = _tokens.one_organization(source)
        start, end = (f"{day} 00:00:00" for day in bounds(period))
        url = f"{secrets.host.rstrip('/')}/spend/logs/v2"
        page, last = 1, 1
        while page <= last:
            asked = {"start_date": start, "end_date": end, "page": page, "page_size": PAGE_ROWS, "sort_by": "startTime",
                     "sort_order": "asc"}  # fmt: skip
            try:
                body = request(
                    "GET", url, params=asked, headers={"Authorization": f"Bearer {secrets.password}"}
                )
            except SourceError as error:
                raise SourceError(f"{source.id}: {error}") from None
            told = _page(body, source.id)
            if page > 1 and told["total_pages"] != last:
                raise SourceError(f"{source.id}: the log changed while it was read; ask again")
            last = max(int(told["total_pages"]), 1)
            yield base.Document(
                body, f"spend_logs-{period}-{page}.json", name, page, last, source.options_for(name)
            )
            page += 1

    def scrub(self, document: base.Document) -> base.Document:
        """Land the named fields of each request only: no prompts, no answers, no users, no keys."""
        if _is_json(document):
            logs = [{name: log[name] for name in (*KEPT, *LABELS) if name in log} if isinstance(log, dict) else {}
                    for log in _logs(document, answer(document))]  # fmt: skip
            data = json.dumps(logs, ensure_ascii=False, indent=0).encode()
        else:
            data = _kept_columns(document)
        return base.Document(data, document.name.removesuffix(".gz"), document.request, document.part,
                             document.last_part, document.options)  # fmt: skip

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page or file of requests."""
        return batches(_rows(document), self.SCHEMA)


def _page(body: bytes, source_id: str) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("data"), list)
        or not isinstance(told.get("total_pages"), int)
    ):
        raise SourceError(f"{source_id}: the answer is no page of a spend log; is the host the gateway?")
    return told


def _is_json(document: base.Document) -> bool:
    return first_bytes(document, 64).lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{")


def _logs(document: base.Document, given: Any) -> list[Any]:
    found = given.get("data") if isinstance(given, dict) else given
    if not isinstance(found, list):
        raise base.ParseError(
            f"{document.name}: no list of requests, nor an object with a list 'data'; export it again"
        )
    return found


def _kept_columns(document: base.Document) -> bytes:
    last = ""

    def read() -> Iterator[str]:
        nonlocal last
        for line in lines(document):
            last = line
            yield line

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    kept: list[int] = []
    width = 0
    for row, fields in enumerate(csv.reader(read())):
        if row == 0:
            kept = [at for at, name in enumerate(fields) if name.strip() in (*KEPT, *LABELS)]
            width = len(fields)
        # In a row of another width cells cannot be told apart: none is kept, and the row is rejected by its width.
        writer.writerow([fields[at] for at in kept] if len(fields) == width else [""])
    # A last line without its end is how a truncated file is known: it must stay so.
    return (out.getvalue() if last.endswith(("\n", "\r")) else out.getvalue().removesuffix("\n")).encode()


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    if _is_json(document):
        found: Iterator[tuple[int, str, Any]] = (
            (row, json.dumps(log, ensure_ascii=False), log)
            for row, log in enumerate(_logs(document, answer(document)), start=1)
        )
    else:
        needed = {"startTime", "model", *COUNTED}
        # Requests alike in all that is kept are as many requests.
        found = rows(document, ",", needed, {*KEPT, *LABELS}, may_repeat=lambda _: True)
    for row, written, log in found:
        if isinstance(log, base.Reject):
            yield log
            continue
        try:
            yield {"document_row": row} | _line(document, log)
        except RowError as error:
            yield error.reject(row, written)


def _line(document: base.Document, log: Any) -> dict[str, Any]:
    if not isinstance(log, dict):
        raise RowError("data", log, "is no object", "export it again")
    model = _tokens.named("model", log.get("model"), "the gateway must log the model")
    provider = text("custom_llm_provider", log.get("custom_llm_provider")) or model.partition("/")[0]
    return {
        "day": _tokens.day_of("startTime", log.get("startTime")),
        "provider": provider.lower(),
        "model": model,
        "service": text("call_type", log.get("call_type")),
        "account": document.request,
        "project": text("project", log.get(str(document.options.get("project_field", "team_id")))),
        "tags": _tags(log.get("request_tags")),
        "input_tokens": _tokens.count("prompt_tokens", log.get("prompt_tokens")),
        "cached_input_tokens": 0,
        "output_tokens": _tokens.count("completion_tokens", log.get("completion_tokens")),
        "requests": 1,
        "is_repeat": str(log.get("cache_hit")).lower() == "true",
    }


def _tags(value: Any) -> str | None:
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError:
            value = [value]
    if not value:
        return None
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise RowError("request_tags", value, "is no list of texts", "export it again")
    return json.dumps(sorted(value), ensure_ascii=False)


connector = Connector()
