"""The same small published file as the screens use."""

from tests.dashboards.conftest import published_file  # noqa: F401
