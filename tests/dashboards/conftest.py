import os
from pathlib import Path

import pytest

from tests.dashboards import fixture

APP = Path(__file__).parents[2] / "dashboards" / "app.py"


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The fake published file, with the pointer beside it."""
    folder = tmp_path_factory.mktemp("data") / "published"
    folder.mkdir()
    path = fixture.write(folder / fixture.NAME)
    os.symlink(path.name, folder / "current.duckdb")
    return path


@pytest.fixture
def page(published, monkeypatch):
    """Run the dashboard: ``page(lang="fr", month="2025-08")``; ``data`` is another data folder than the fake one."""
    from streamlit.testing.v1 import AppTest

    def run(data=published.parents[1], **asked):
        monkeypatch.setenv("FOOTING_DATA", str(data))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run()

    return run
