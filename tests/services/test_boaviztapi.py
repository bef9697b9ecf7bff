"""The devices of the shipped mapping, asked of a real BoaviztAPI: names compared, absurd machines refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors import boaviztapi
from connectors.base import Document, Secrets, Source
from footing.config import with_mapping

from .boaviztapi_server import install, start_boaviztapi

ROOT = Path(__file__).parents[2]
OPTIONS = with_mapping(ROOT / "config", {"mapping": "boaviztapi_devices"}, "test")
LANDED = ROOT / "examples/orselia/drops/1-history/boaviztapi/devices/2024-10"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service's address."""
    yield from start_boaviztapi(install(), tmp_path_factory.mktemp("boaviztapi"))


def asked(url: str, devices: dict[str, object]) -> dict[str, Document]:
    """The answers by device."""
    source = Source("boaviztapi", "boaviztapi", ("devices",), {"devices": devices})
    documents = list(boaviztapi.connector.fetch(source, "2026-09", Secrets(host=url)))
    assert [(d.part, d.last_part) for d in documents] == [(n + 1, len(devices)) for n in range(len(devices))]
    return {document.name.removesuffix(".json"): document for document in documents}


def read(document: Document) -> tuple[dict[str, float], list[str]]:
    """Amounts by indicator, and why the rest was refused."""
    parsed = list(boaviztapi.connector.parse(document))
    rows = [row for part in parsed for row in part.rows.to_pylist()]
    return (
        {row["indicator"]: row["amount_per_piece"] for row in rows},
        [reject.reason for part in parsed for reject in part.rejects],
    )


def test_the_landed_answers_are_those_of_the_service(url: str) -> None:
    for device, document in asked(url, OPTIONS["devices"]).items():
        landed = gzip.decompress((LANDED / f"{device}.json.gz").read_bytes())
        assert isinstance(document.data, bytes)
        assert json.loads(document.data)["impacts"] == json.loads(landed)["impacts"], device


def test_accelerators_are_known_and_whole_life(url: str) -> None:
    devices = {name: OPTIONS["devices"][name] for name in ("h100-sxm", "dell-xe8640-4xh100")}
    documents = asked(url, devices)
    board, refused = read(documents["h100-sxm"])
    server, _ = read(documents["dell-xe8640-4xh100"])
    # 575.1 kg over the whole life is what the package gave when it was first tried; a year of it is a third.
    assert board["gwp"] == pytest.approx(575.1) and not refused
    assert server["gwp"] > 4 * board["gwp"] and {"adpe", "pe", "ir", "pm", "ecotox"} <= set(server)


def test_another_processor_an_unknown_board_and_an_absurd_archetype_are_refused(url: str) -> None:
    devices = {
        "fuzzy": OPTIONS["devices"]["supermicro-421ge"],
        "unknown": {"ask": "/v1/component/gpu", "body": {"name": "H100 SXM5"}, "gpu_model": "H100"},
        "absurd": {"ask": "/v1/server/?archetype=a3-highgpu", "body": {}, "models": ["a3"]},
    }
    documents = asked(url, devices)
    for device, word in (
        ("fuzzy", "8153"),
        ("unknown", "unknown to the service"),
        ("absurd", "more than any machine"),
    ):
        rows, reasons = read(documents[device])
        assert not rows and reasons and all(word in reason for reason in reasons), device
