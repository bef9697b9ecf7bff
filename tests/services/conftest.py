"""Real servers, one of each per session, started when a test first asks for it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import debian, prometheus_server, s3_server, slurm_cluster


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: ``make test`` leaves them out, ``make test-services`` runs them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.services)


@pytest.fixture(scope="session")
def prometheus_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prometheus that holds ``prometheus_server.site_series()`` for one month."""
    debian.require(debian.PROMETHEUS)
    yield from prometheus_server.start_prometheus(tmp_path_factory.mktemp("prometheus"))


@pytest.fixture(scope="session")
def slurm() -> Iterator[slurm_cluster.Cluster]:
    """A one-node Slurm with accounting; its directory is one that other system users can reach."""
    debian.require(debian.SLURM)
    with tempfile.TemporaryDirectory(prefix="footing-slurm-") as directory:
        yield from slurm_cluster.start_slurm(Path(directory))


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An S3 endpoint on loopback."""
    yield from s3_server.start_s3(tmp_path_factory.mktemp("s3"))


@pytest.fixture
def bucket(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> s3_server.Bucket:
    """An empty bucket, reached the way an installation reaches its own: by the environment."""
    for name, value in s3_server.environment(s3_endpoint).items():
        monkeypatch.setenv(name, value)
    return s3_server.Bucket.create(s3_endpoint)
