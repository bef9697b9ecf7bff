"""A month closed while BoaviztAPI is away: on the mean of the class, or on what it answered before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors import _http
from footing import pipeline
from tests.connectors.device_documents import SERVER, answer

from . import small_site
from .fake_http import Asked, Fake, Reply, serving
from .processes import free_port
from .prometheus_server import MONTH

DATA_SET = small_site.REPOSITORY / "examples/orselia/drops/1-history/boavizta"
# No data set knows this server: BoaviztAPI's figure of 1,200 kg is the only one of its own.
DEVICES = {"r6615": SERVER | {"models": ["Dell PowerEdge R6615"]}}
REGISTER = (
    "asset_tag,device_class,manufacturer,model,quantity,in_service_date,site_id,cost_center\n"
    "T1,server,Dell,PowerEdge R6615,2,2025-01-15,par1,CC-1\n"
)


class BoaviztApi(Fake):
    """The service's answer for the one device."""

    def answer(self, asked: Asked) -> Reply:
        """Answer whatever is asked."""
        return 200, {"Content-Type": "application/json"}, answer()


def _config(folder: Path) -> None:
    columns = {name: name for name in REGISTER.splitlines()[0].split(",")}
    register = {"delimiter": ",", "date_order": "YMD", "columns": columns}
    source = small_site._source
    rules = small_site.TABLES["allocation_rules.csv"].splitlines()[0] + "\n"
    small_site._write(folder, {**small_site.TABLES, "allocation_rules.csv": rules}, [
        source("electricity", "electricity_bill", "meter", small_site.BILL_OPTIONS, None),
        source("register", "asset_register", "register", register, None) | {"via": "inbox"},
        source("boavizta", "boavizta", "lca", {}, None) | {"via": "inbox", "requests": ["dataset"]},
        source("boaviztapi", "boaviztapi", "lca", {"devices": DEVICES}, "boaviztapi") | {"requests": ["devices"]},
    ])  # fmt: skip


def _drop(inbox: Path) -> None:
    for source, request, name, text in (
        ("electricity", small_site.SITE, "bill.csv", small_site.bill_csv()),
        ("register", small_site.SITE, "register.csv", REGISTER),
        ("boavizta", "dataset", "boavizta.csv", next(DATA_SET.rglob("*.csv")).read_text(encoding="utf-8")),
    ):
        folder = inbox / source / request / MONTH
        folder.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
        (folder / "_SUCCESS").touch()


@pytest.fixture(scope="module", params=["never there", "answered before"])
def closed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """Land what is there, ask the service that is away, and close; give which case it is and the file."""
    root = tmp_path_factory.mktemp("without")
    _config(root / "config")
    _drop(root / "data" / "inbox")
    patient = {**(_http.request.__kwdefaults__ or {}), "sleep": lambda seconds: None}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_http.request, "__kwdefaults__", patient)
        for name, value in {
            "FOOTING_CONFIG": str(root / "config"),
            "FOOTING_DATA": str(root / "data"),
            "AIRFLOW_HOME": str(root / "airflow"),
        }.items():
            patch.setenv(name, value)
        for source in ("electricity", "register", "boavizta"):
            assert pipeline.land(source, MONTH)
        if request.param == "answered before":
            with serving(BoaviztApi()) as service:
                _connect(patch, service.url)
                assert len(pipeline.land("boaviztapi", MONTH)) == 1
        _connect(patch, f"http://127.0.0.1:{free_port()}")
        with pytest.raises(_http.SourceError, match="gave up after 5 attempts"):
            pipeline.land("boaviztapi", MONTH)
        pipeline.build(MONTH)
        pipeline.audit()
        yield request.param, Path(pipeline.publish_build(MONTH))
    shutil.rmtree(root, ignore_errors=True)


def _connect(patch: pytest.MonkeyPatch, url: str) -> None:
    patch.setenv("AIRFLOW_CONN_BOAVIZTAPI", f'{{"conn_type": "http", "host": "{url}"}}')


def ask(published: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(published), read_only=True) as file:
        return file.execute(query).fetchall()


def test_the_close_says_which_figure_its_devices_rest_on(closed: tuple[str, Path]) -> None:
    case, published = closed
    sources = ask(published, "select lca_source, embodied_kg_co2e from dim_asset where asset_id like '%T1'")
    warned = ask(published, "select subject, text from rpt_warnings where code = 'asset_footprint_stand_in'")
    if case == "answered before":
        assert (sources, warned) == ([("boaviztapi", 1200)], [])
        return
    [(source, kg)] = sources
    assert source == "class_average" and kg > 0
    [(subject, text)] = warned
    assert subject == "class_average/server" and text.startswith(
        "2 devices of 1 models rest on the mean of their class"
    )


def test_its_making_is_in_the_month_either_way(closed: tuple[str, Path]) -> None:
    _, published = closed
    [(posted, expected)] = ask(
        published,
        """select fsum(amount), (select 2 * embodied_kg_co2e / 72 from dim_asset where asset_id like '%T1')
        from fct_emissions where part = 'hardware' and recognition = 'amortised' and indicator = 'gwp' and is_reported
        and period_month = date '2026-09-01'""",
    )
    assert posted == pytest.approx(expected) and posted > 0
