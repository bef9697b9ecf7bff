"""Carbon exports in a bucket of moto's S3 server, read through boto3 behind a network that misbehaves on demand."""

from __future__ import annotations

import gzip
import io
import json
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.csv as pv
import pyarrow.parquet as pq
import pytest

from connectors import _s3, aws_carbon_export
from connectors._http import SourceError
from connectors.base import Document, NotYetPublished, ParseError, Secrets, Source
from footing.secrets import from_connection

from .fake_aws import S3Proxy
from .fake_http import Fault, serving
from .reading import assert_whole, rows_of
from .s3_server import Bucket

connector = aws_carbon_export.connector
MONTH = "2026-09"
HEADER = (
    "usage_account_id,region_code,product_code,model_version,usage_period_start,usage_period_end,"
    "total_lbm_emissions_value,total_lbm_emissions_unit,total_mbm_emissions_value,total_mbm_emissions_unit"
)
GET_DATA = r"GET /[^?]*/data/"


def table(version: str, tonnes: list[float]) -> bytes:
    """Rows of one account, one product each: the first is 000011112220."""
    lines = [
        f"00001111222{n},eu-west-3,AmazonEC2,{version},2026-09-01T00:00:00Z,2026-09-30T23:59:59Z,{t},MTCO2e,{t},MTCO2e"
        for n, t in enumerate(tonnes)
    ]
    return ("\n".join([HEADER, *lines]) + "\n").encode()


def parquet(data: bytes) -> bytes:
    """Write the same rows as Parquet, identifiers as text."""
    kinds = {"usage_account_id": "string", "usage_period_start": "string", "usage_period_end": "string"}
    read = pv.read_csv(io.BytesIO(data), convert_options=pv.ConvertOptions(column_types=kinds))
    out = io.BytesIO()
    pq.write_table(read, out)
    return out.getvalue()


@pytest.fixture
def proxy(s3_endpoint: str) -> Iterator[S3Proxy]:
    with serving(S3Proxy(endpoint=s3_endpoint)) as fake:
        yield fake


@pytest.fixture
def secrets(proxy: S3Proxy, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    connection = {
        "conn_type": "aws", "login": "AKIDEXAMPLE", "password": "not-a-real-key",
        "extra": {"region_name": "eu-west-3", "endpoint_url": proxy.url},
    }  # fmt: skip
    monkeypatch.setenv("AIRFLOW_CONN_AWS", json.dumps(connection))
    return from_connection("aws")


def fetched(bucket: Bucket, secrets: Secrets) -> list[Document]:
    """Fetch as ingest does: each file is read before the next one is asked for."""
    documents = connector.fetch(source(bucket), MONTH, secrets)
    return [replace(document, data=Path(str(document.data)).read_bytes()) for document in documents]


def source(bucket: Bucket) -> Source:
    return Source(
        "aws", "aws_carbon_export", ("carbon",), options={"bucket": bucket.name, "prefix": "exports"}
    )


def put(bucket: Bucket, version: str, name: str, body: bytes, execution: str = "", month: str = MONTH) -> str:
    folder = f"{execution}/" if execution else ""
    key = f"exports/carbon/data/model_version={version}/usage_period={month}/{folder}{name}"
    bucket.put(key, body)
    return key


def put_manifest(bucket: Bucket, version: str, execution: str, keys: list[str]) -> None:
    place = f"exports/carbon/metadata/model_version={version}/usage_period={MONTH}/{execution}/carbon-Manifest.json"
    bucket.put(place, json.dumps({"dataFiles": [f"s3://{bucket.name}/{key}" for key in keys]}).encode())


def tonnes(secrets: Secrets, bucket: Bucket) -> dict[str, float]:
    documents = fetched(bucket, secrets)
    assert_whole(documents)
    found: dict[str, float] = {}
    for row in rows_of(connector, documents):
        found[row["model_version"]] = found.get(row["model_version"], 0.0) + row["total_location_t_co2e"]
    return found


def test_both_models_come_in_csv_and_parquet_and_other_months_do_not(
    secrets: Secrets, bucket: Bucket
) -> None:
    put(bucket, "v2.0.0", "carbon-1.csv.gz", gzip.compress(table("v2.0.0", [0.5, 0.25])))
    put(bucket, "v3.0.1", "carbon-1.snappy.parquet", parquet(table("v3.0.1", [1.5, 0.75])))
    put(bucket, "v3.0.1", "carbon-2.snappy.parquet", parquet(table("v3.0.1", [1.0])))
    put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [99.0])), month="2026-08")
    # 0.5 + 0.25 and 1.5 + 0.75 + 1.0.
    assert tonnes(secrets, bucket) == pytest.approx({"v2.0.0": 0.75, "v3.0.1": 3.25})


def test_when_old_files_are_kept_the_newest_execution_alone_counts(secrets: Secrets, bucket: Bucket) -> None:
    for execution, value in (("20261020T091200-aaa", 7.0), ("20261121T091200-bbb", 2.0)):
        key = put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [value])), execution)
        put_manifest(bucket, "v3.0.1", execution, [key])
    assert tonnes(secrets, bucket) == pytest.approx({"v3.0.1": 2.0})


def test_a_file_that_the_manifest_names_and_is_not_there_stops_the_month(
    secrets: Secrets, bucket: Bucket
) -> None:
    key = put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [1.0])), "20261020T091200-a")
    put_manifest(bucket, "v3.0.1", "20261020T091200-a", [key, key.replace("carbon-1", "carbon-2")])
    with pytest.raises(SourceError, match="the manifest names it and it is not there"):
        fetched(bucket, secrets)


def test_a_listing_of_more_than_a_page_is_read_to_its_end(secrets: Secrets, bucket: Bucket) -> None:
    for n in range(1005):
        bucket.put(
            f"exports/carbon/data/model_version=v1/usage_period=2019-{1 + n % 12:02d}/{n:04d}.csv.gz", b""
        )
    put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [1.5])))
    assert tonnes(secrets, bucket) == pytest.approx({"v3.0.1": 1.5})


def test_a_month_that_is_not_there_is_not_published_yet(secrets: Secrets, bucket: Bucket) -> None:
    put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [1.0])), month="2026-08")
    with pytest.raises(NotYetPublished, match="2026-09"):
        fetched(bucket, secrets)


SLOW = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(GET_DATA, 503, SLOW, {"Retry-After": "1"}, times=2)],
        [Fault(GET_DATA, 429, SLOW, {"Retry-After": "1"})],
        [Fault(r"GET /[^?]*\?", 500, b"<Error><Code>InternalError</Code></Error>", times=2)],
        [Fault(GET_DATA, cut_body_at=0)],
    ],
    ids=["slow down", "too many requests", "internal errors", "cut before its first byte"],
)
def test_what_passes_is_waited_out(
    secrets: Secrets, bucket: Bucket, proxy: S3Proxy, faults: list[Fault]
) -> None:
    put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [1.5])))
    proxy.faults = faults
    assert tonnes(secrets, bucket) == pytest.approx({"v3.0.1": 1.5})


def test_an_interrupted_download_goes_on_where_it_broke(
    secrets: Secrets, bucket: Bucket, proxy: S3Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_s3, "CHUNK", 1 << 12)
    body = table("v3.0.1", [n / 8 for n in range(10)] * 400)
    put(bucket, "v3.0.1", "carbon-1.csv", body)
    proxy.faults = [Fault(GET_DATA, cut_body_at=20_000)]
    [document] = fetched(bucket, secrets)
    asked = [
        r.headers.get("Range") for r in proxy.requests if "/data/" in r.path and "list-type" not in r.path
    ]
    assert document.open().read() == body
    assert asked[0] is None and asked[1] is not None and 0 < int(asked[1][6:-1]) <= 20_000


def test_an_expired_token_is_an_error_that_says_what_to_do_and_shows_none(
    secrets: Secrets, bucket: Bucket, proxy: S3Proxy
) -> None:
    told = b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>"
    proxy.faults = [Fault("GET", 400, told, times=99)]
    with pytest.raises(SourceError, match="credentials have expired: renew") as failure:
        fetched(bucket, secrets)
    assert secrets.password not in "".join(traceback.format_exception(failure.value))
    assert proxy.count("GET") == 1


def test_a_truncated_file_in_the_bucket_is_refused_by_the_parser(secrets: Secrets, bucket: Bucket) -> None:
    put(bucket, "v3.0.1", "carbon-1.csv.gz", gzip.compress(table("v3.0.1", [1.5]))[:-9])
    documents = fetched(bucket, secrets)
    with pytest.raises(ParseError, match="truncated|cut off|broken"):
        rows_of(connector, documents)
