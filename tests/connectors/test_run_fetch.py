"""Asking MLflow and OpenCost over real HTTP: what is asked, who is let in, and what a wrong server is told by."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors import load
from connectors._http import SourceError
from connectors.base import NotYetPublished, Secrets, Source
from tests.connectors.run_documents import document, mlflow_run

RUNS = Source("runs", "mlflow", ("team",), {})
SHARES = Source("shares", "opencost", ("par1",), {})


@pytest.fixture
def server():
    """A local server that plays a script of answers and remembers what was asked."""
    script, asked = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            place = urlsplit(self.path)
            asked.append(
                (place.path, json.loads(body) if body else parse_qs(place.query), dict(self.headers))
            )
            answer = script.pop(0)
            payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}", script, asked
    httpd.shutdown()
    httpd.server_close()


def test_mlflow_pages_of_experiments_and_runs_are_followed_to_their_ends(server):
    url, script, asked = server
    script += [
        {"experiments": [{"experiment_id": "1", "name": "fraud"}], "next_page_token": "e2"},
        {"experiments": [{"experiment_id": "2", "name": "docs"}]},
        {"runs": [mlflow_run(1, 1)]},
        {"runs": [mlflow_run(2, 1)], "next_page_token": "r2"},
        {},
    ]
    documents = list(load("mlflow").fetch(RUNS, "2026-09", Secrets(host=f"{url}/", password="t0ken")))
    assert [(d.part, d.last_part) for d in documents] == [(1, 3), (2, 3), (3, 3)]
    assert [body.get("page_token") for _, body, _ in asked] == [None, "e2", None, None, "r2"]
    paths = [path for path, _, _ in asked]
    assert paths == [f"/api/2.0/mlflow/{kind}/search" for kind in ["experiments"] * 2 + ["runs"] * 3]
    assert asked[2][1]["filter"] == "attributes.status = 'RUNNING' and attributes.start_time < 1790812800000"
    assert asked[3][1]["filter"] == (
        "attributes.end_time >= 1788220800000 and attributes.start_time < 1790812800000"
    )
    assert asked[3][1]["experiment_ids"] == ["1", "2"]
    assert {headers["Authorization"] for _, _, headers in asked} == {"Bearer t0ken"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([b"<html>sign in</html>"], "gave no JSON"),
        ([b"[]"], "no object"),
        ([{"experiments": [{"experiment_id": "1"}], "next_page_token": "x"}] * 2, "same page token twice"),
    ],
)
def test_mlflow_a_server_that_is_none_is_told(server, answers, said):
    url, script, _ = server
    script += answers
    with pytest.raises(SourceError, match=rf"runs \(team\).*{said}") as told:
        list(load("mlflow").fetch(RUNS, "2026-09", Secrets(host=url, login="bob", password="hunter2")))
    assert "hunter2" not in str(told.value)


def test_mlflow_a_server_without_experiments_is_not_yet(server):
    url, script, _ = server
    script.append({})
    with pytest.raises(NotYetPublished):
        list(load("mlflow").fetch(RUNS, "2026-09", Secrets(host=url)))


def test_opencost_is_asked_for_the_months_days(server):
    url, script, asked = server
    script.append(document("opencost").data)
    [landed] = load("opencost").fetch(SHARES, "2026-09", Secrets(host=url, login="bob", password="pw"))
    assert landed.data == document("opencost").data and landed.request == "par1"
    [(path, query, headers)] = asked
    assert path == "/allocation" and headers["Authorization"].startswith("Basic ")
    assert {name: values[0] for name, values in query.items()} == {
        "window": "2026-09-01T00:00:00Z,2026-10-01T00:00:00Z", "aggregate": "namespace", "step": "1d",
        "includeIdle": "true", "shareIdle": "false",
    }  # fmt: skip
