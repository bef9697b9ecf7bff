"""A bucket of its own for each test, on moto's S3 server."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from .processes import Server, free_port, port_open


def start_s3(directory: Path) -> Iterator[str]:
    """Run moto's server; give its endpoint URL."""
    port = free_port()
    argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = Server(argv, directory / "moto.log")
    try:
        server.wait_until(lambda: port_open(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()


def environment(endpoint: str) -> dict[str, str]:
    """Give the variables that the AWS libraries read; the server takes any key."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-3",
    }


@dataclass(frozen=True)
class Bucket:
    """A bucket as those who drop files see it: through a client that shares nothing with the library's."""

    name: str
    client: Any

    @classmethod
    def create(cls, endpoint: str) -> Bucket:
        """Make an empty bucket of a new name."""
        client = boto3.client("s3", endpoint_url=endpoint, region_name="eu-west-3")
        name = f"footing-{uuid.uuid4().hex[:12]}"
        client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-3"})
        return cls(name, client)

    def url(self, folder: str) -> str:
        """Give the URL of a folder in the bucket."""
        return f"s3://{self.name}/{folder}"

    def put(self, key: str, body: bytes) -> None:
        """Drop a file."""
        self.client.put_object(Bucket=self.name, Key=key, Body=body)

    def contents(self, prefix: str = "") -> dict[str, bytes]:
        """Give what lies below a prefix: key -> bytes."""
        listed = self.client.list_objects_v2(Bucket=self.name, Prefix=prefix).get("Contents", [])
        return {
            entry["Key"]: self.client.get_object(Bucket=self.name, Key=entry["Key"])["Body"].read()
            for entry in listed
        }
