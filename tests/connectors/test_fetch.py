"""Asking over real HTTP: patience with 429 and 5xx, cut bodies, windows, and silence about secrets."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from fsspec.implementations.local import LocalFileSystem

from connectors import _files, _http, load
from connectors.base import Document, NotYetPublished, ParseError, Secrets, Source

EMPTY = json.dumps({"status": "success", "data": {"resultType": "matrix", "result": []}}).encode()


@pytest.fixture
def server():
    """A local server that plays a script of answers and remembers what was asked."""
    script, asked = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked.append((form, dict(self.headers)))
            status, headers, body, stated = script.pop(0) if script else (200, {}, EMPTY, None)
            self.send_response(status)
            for key, value in headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(stated or len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}", script, asked
    httpd.shutdown()


@pytest.fixture(autouse=True)
def naps(monkeypatch):
    slept = []
    monkeypatch.setattr(_http.time, "sleep", slept.append)
    monkeypatch.setattr(
        _http.request, "__kwdefaults__", {**_http.request.__kwdefaults__, "sleep": slept.append}
    )
    return slept


SOURCE = Source("dcgm", "prometheus", ("par1",), {"query": "DCGM_FI_DEV_POWER_USAGE", "step_seconds": 900})


@pytest.mark.parametrize(("step", "windows"), [(60, 30), (900, 30), (5, 60), (1, 30 * 9)])
def test_a_month_is_asked_day_by_day_below_the_limit(server, step, windows):
    url, _, asked = server
    source = Source("dcgm", "prometheus", ("par1",), {"query": "x", "step_seconds": step})
    documents = list(load("prometheus").fetch(source, "2026-09", Secrets(host=url)))
    starts = [int(form["start"][0]) for form, _ in asked]
    ends = [int(form["end"][0]) for form, _ in asked]
    assert [d.last_part for d in documents] == [len(documents)] * len(documents) and len(documents) == windows
    assert len({d.name for d in documents}) == windows
    assert all((end - start) / step + 1 <= 10_000 for start, end in zip(starts, ends, strict=True))
    assert starts[1:] == [end + step for end in ends[:-1]], "windows neither overlap nor leave a gap"
    assert (starts[0], ends[-1]) == (1788220800 + step, 1790812800)
    assert {form["partial_response"][0] for form, _ in asked} == {"false"}


def test_a_counters_days_share_the_sample_between_them(server):
    url, _, asked = server
    options = {"query": "kepler_node_cpu_joules_total{zone='package'}", "step_seconds": 60}
    list(
        load("prometheus").fetch(Source("k", "prometheus", ("par1",), options), "2026-09", Secrets(host=url))
    )
    starts, ends = ([int(form[name][0]) for form, _ in asked] for name in ("start", "end"))
    assert starts[0] == 1788220800 and starts[1:] == ends[:-1]


def test_of_a_month_that_runs_the_days_that_are_over_are_asked(server):
    url, _, asked = server
    today = dt.datetime.now(dt.UTC)
    start = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if today.day > 1:
        documents = list(load("prometheus").fetch(SOURCE, f"{today:%Y-%m}", Secrets(host=url)))
        assert [d.last_part for d in documents] == [today.day - 1] * (today.day - 1)
        assert int(asked[-1][0]["end"][0]) == start.timestamp() + 86_400 * (today.day - 1)
    with pytest.raises(NotYetPublished, match="dcgm: no day of .* is over yet"):
        list(load("prometheus").fetch(SOURCE, f"{start + dt.timedelta(days=32):%Y-%m}", Secrets(host=url)))


def test_a_step_that_leaves_the_end_of_a_day_out_is_refused(server):
    source = Source("dcgm", "prometheus", ("par1",), {"query": "x", "step_seconds": 50_000})
    with pytest.raises(_http.SourceError, match=r"options\.step_seconds: 50000 does not divide a day"):
        list(load("prometheus").fetch(source, "2026-09", Secrets(host=server[0])))


@pytest.mark.parametrize(
    "said",
    [
        "No StoreAPIs matched for this query",
        "receive series from Addr: store-1:10901: rpc error: code = Unavailable desc = connection refused",
        'fetch series for {cluster="a"} store-2: context deadline exceeded',
        "remote_read: remote server http://long-term/read returned HTTP status 503",
    ],
)
def test_a_part_of_an_answer_is_refused_when_fetched_and_when_read(server, said):
    url, script, _ = server
    body = json.dumps(
        json.loads(EMPTY) | {"warnings": ["something else", said]}, separators=(",", ":")
    ).encode()
    script += [(200, {}, body, None)]
    with pytest.raises(_http.SourceError, match=r"dcgm \(par1, 2026-09-01\): the answer is a part only"):
        list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url)))
    with pytest.raises(ParseError, match="q.json, field warnings: the answer is a part only"):
        list(load("prometheus").parse(Document(body, "q.json", "par1", options={"step_seconds": 900})))


def test_other_warnings_pass(server):
    url, script, _ = server
    told = {"warnings": ["PromQL warning: bad bucket label"], "infos": ["PromQL info: might be no counter"]}
    body = json.dumps(json.loads(EMPTY) | told).encode()
    script += [(200, {}, body, None)]
    documents = list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url)))
    assert documents[0].data == body and not list(load("prometheus").parse(documents[0]))


def test_patience_with_429_500_and_a_cut_body(server, naps):
    url, script, asked = server
    script += [
        (429, {"Retry-After": "7"}, b"slow down", None),
        (503, {}, b"busy", None),
        (200, {}, EMPTY[:20], len(EMPTY)),
        (200, {}, EMPTY, None),
    ]
    documents = list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url)))
    assert len(asked) == 3 + 30 and documents[0].data == EMPTY
    assert naps[0] == 7.0 and all(nap > 0 for nap in naps)


def test_a_lasting_error_names_the_source_and_no_secret(server):
    url, script, _ = server
    script += [(400, {}, b'{"status":"error","error":"bad query"}', None)]
    with pytest.raises(_http.SourceError) as told:
        list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url, login="bob", password="hunter2")))
    assert (
        "dcgm (par1" in str(told.value)
        and "bad query" in str(told.value)
        and "hunter2" not in str(told.value)
    )


def test_it_gives_up_in_the_end(server):
    url, script, asked = server
    script += [(500, {}, b"", None)] * 9
    with pytest.raises(_http.SourceError, match="gave up after 5"):
        list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url)))
    assert len(asked) == 5


def test_login_tenant_and_bearer_are_sent(server):
    url, _, asked = server
    list(
        load("prometheus").fetch(
            SOURCE, "2026-09", Secrets(host=url, password="t0ken", extra={"tenant": "ai"})
        )
    )
    list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url, login="bob", password="pw")))
    assert asked[0][1]["Authorization"] == "Bearer t0ken" and asked[0][1]["X-Scope-OrgID"] == "ai"
    assert asked[-1][1]["Authorization"].startswith("Basic ")
    extra = {"tenant": "ai", "tenant_header": "THANOS-TENANT"}
    list(load("prometheus").fetch(SOURCE, "2026-09", Secrets(host=url, extra=extra)))
    assert asked[-1][1]["THANOS-TENANT"] == "ai" and "X-Scope-OrgID" not in asked[-1][1]


def test_secrets_never_show_themselves():
    assert "hunter2" not in repr(Secrets(host="h", password="hunter2"))


def test_files_of_a_folder_are_one_delivery_and_none_is_not_yet(tmp_path):
    folder = tmp_path / "par1" / "2026-09"
    folder.mkdir(parents=True)
    (folder / "b.csv").write_text("2")
    (folder / "a.csv").write_text("1")
    source = Source("electricity", "electricity_bill", ("par1",), {})
    documents = list(load("electricity_bill").fetch(source, "2026-09", Secrets(extra={"url": str(tmp_path)})))
    assert [(d.name, d.part, d.last_part) for d in documents] == [("a.csv", 1, 2), ("b.csv", 2, 2)]
    with pytest.raises(NotYetPublished):
        list(load("electricity_bill").fetch(source, "2026-10", Secrets(extra={"url": str(tmp_path)})))


def test_options_path_says_where_a_month_stands_and_only_data_is_taken(tmp_path):
    folder = tmp_path / "azure" / "20260901-20260930" / "run"
    folder.mkdir(parents=True)
    for name in ("part_0.csv.gz", "part_1.CSV", "manifest.json", "_SUCCESS", "notes.txt"):
        (folder / name).write_bytes(b"1")
    source = Source(
        "b", "focus", ("azure",), {"path": "{request}/{first:%Y%m%d}-{last:%Y%m%d}/**", "provider": "azure"}
    )
    documents = list(load("focus").fetch(source, "2026-09", Secrets(host=str(tmp_path))))
    assert [(d.name, d.part, d.last_part) for d in documents] == [
        ("part_0.csv.gz", 1, 2),
        ("part_1.CSV", 2, 2),
    ]
    assert documents[0].options == {"provider": "azure"}, "the place is no matter of reading"
    with pytest.raises(NotYetPublished, match="20261001-20261031"):
        list(load("focus").fetch(source, "2026-10", Secrets(host=str(tmp_path))))


def test_a_file_shorter_than_the_store_says_is_refused(tmp_path, monkeypatch):
    (tmp_path / "acc" / "2026-09").mkdir(parents=True)
    (tmp_path / "acc" / "2026-09" / "a.csv").write_bytes(b"12345")
    info = LocalFileSystem.info
    monkeypatch.setattr(LocalFileSystem, "info", lambda self, path: info(self, path) | {"size": 9})
    with pytest.raises(_files.CutOff, match="5 of 9 bytes"):
        list(load("focus").fetch(Source("b", "focus", ("acc",), {}), "2026-09", Secrets(host=str(tmp_path))))
