"""Objects of a bucket: listed page by page, and copied so that an interruption costs only what is missing."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from connectors._http import SourceError

CHUNK = 1 << 20
ATTEMPTS = 6


@dataclass(frozen=True)
class Stored:
    """An object as a listing shows it."""

    key: str
    etag: str
    modified: dt.datetime


def listed(client: Any, bucket: str, prefix: str) -> Iterator[Stored]:
    """Give all objects below a prefix, by key."""
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", []):
            yield Stored(entry["Key"], entry["ETag"], entry["LastModified"])


def copy(client: Any, bucket: str, key: str, out: BinaryIO,
         sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
    """Copy an object's bytes into ``out``; after an interruption go on from where it stopped.

    A body shorter than its stated length is an interruption. The rest is asked for with the first answer's ETag:
    when the object was replaced meanwhile, the copy starts anew, never half old, half new.

    Raises
    ------
    SourceError
        After six attempts; the object is named, nothing half copied counts.
    """
    from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError

    etag, problem = "", ""
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(min(2.0**attempt, 20.0))
        rest = {"Range": f"bytes={out.tell()}-", "IfMatch": etag} if out.tell() else {}
        try:
            answer = client.get_object(Bucket=bucket, Key=key, **rest)
            if answer["ResponseMetadata"]["HTTPStatusCode"] != 206:
                _start_anew(out)
            etag = answer["ETag"]
            while chunk := answer["Body"].read(CHUNK):
                out.write(chunk)
        except (HTTPClientError, IncompleteReadError) as error:
            problem = f"the body broke off ({type(error).__name__})"
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 412:
                raise
            problem = "it was replaced while it was read"
            _start_anew(out)
        else:
            return
    raise SourceError(f"s3://{bucket}/{key}: gave up after {ATTEMPTS} attempts: {problem}; ask again later")


def _start_anew(out: BinaryIO) -> None:
    out.seek(0)
    out.truncate()
