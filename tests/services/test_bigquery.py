"""The Carbon Footprint export read through Google's SDK from a server that misbehaves on demand."""

from __future__ import annotations

import traceback
from collections.abc import Iterator

import pytest
from google.auth.credentials import CredentialsWithRegionalAccessBoundary

from connectors import google_carbon_footprint
from connectors.base import NotYetPublished, Secrets, Source
from footing.secrets import from_connection

from .fake_bigquery import ROWS_PER_PAGE, BigQuery, Fault, serve
from .google_account import ACCOUNTS, MONTH, airflow_connection, statement
from .reading import assert_whole, fetched, rows_of

connector = google_carbon_footprint.connector
FIRST, SECOND = ACCOUNTS
SOURCE = Source("gcp_carbon", "google_carbon_footprint", ACCOUNTS)
LATER_PAGE = r"GET .*/queries/.*pageToken=4"


@pytest.fixture
def bigquery() -> Iterator[BigQuery]:
    """A fake that holds ten lines of one account, three of the other, and another month's."""
    other_month = statement(FIRST, 2, "2026-02")
    with serve(statement(FIRST, 10) + statement(SECOND, 3) + other_month) as fake:
        yield fake


@pytest.fixture
def secrets(bigquery: BigQuery, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    # Google's library also asks one of its own hosts, in the background, where the key may be used.
    asks_outside = "_is_regional_access_boundary_lookup_required"
    monkeypatch.setattr(CredentialsWithRegionalAccessBoundary, asks_outside, lambda _: False)
    monkeypatch.setattr(google_carbon_footprint, "PAGE_ROWS", ROWS_PER_PAGE)
    monkeypatch.setenv("AIRFLOW_CONN_GCP_CARBON", airflow_connection(bigquery.url))
    return from_connection("gcp_carbon")


def assert_all_lines_once(secrets: Secrets) -> None:
    documents = fetched(connector, SOURCE, MONTH, secrets)
    assert_whole(documents)
    rows = rows_of(connector, documents)
    got = sorted(
        (row["billing_account_id"], row["project_id"], row["total_location_kg_co2e"]) for row in rows
    )
    put_in = statement(FIRST, 10) + statement(SECOND, 3)
    assert got == sorted(
        (
            line["billing_account_id"],
            line["project"]["id"],
            line["carbon_footprint_total_kgCO2e"]["location_based"],
        )
        for line in put_in
    )


def test_all_pages_of_both_accounts_come_once(secrets: Secrets, bigquery: BigQuery) -> None:
    assert_all_lines_once(secrets)
    assert bigquery.asked(r"pageToken=8") >= 1


def test_every_scope_keeps_its_figure(secrets: Secrets) -> None:
    rows = rows_of(connector, fetched(connector, SOURCE, MONTH, secrets))
    row = next(r for r in rows if (r["billing_account_id"], r["project_id"]) == (SECOND, "fraud-3"))
    scope2 = (row["scope2_location_kg_co2e"], row["scope2_market_kg_co2e"])
    assert (row["scope1_kg_co2e"], *scope2) == (
        1.5,
        23,
        9.75,
    )
    assert (row["scope3_kg_co2e"], row["total_market_kg_co2e"]) == (7.375, 1.5 + 9.75 + 7.375)
    assert (str(row["usage_month"]), row["carbon_model_version"]) == ("2026-03-01", "14")


def test_too_many_requests_are_waited_out(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(LATER_PAGE, 429, "rateLimitExceeded", {"Retry-After": "1"}, times=2)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(LATER_PAGE) >= 3


def test_a_server_error_between_two_pages_loses_nothing(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(LATER_PAGE, 500, "internalError", times=2)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(LATER_PAGE) >= 3


def test_a_rate_limit_told_as_403_is_waited_out(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(LATER_PAGE, 403, "rateLimitExceeded", times=2)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(LATER_PAGE) >= 3


@pytest.mark.parametrize("where", [LATER_PAGE, r"POST .*/jobs"])
def test_a_connection_that_breaks_before_the_answer_is_made_again(
    secrets: Secrets, bigquery: BigQuery, where: str
) -> None:
    bigquery.faults = [Fault(where, drops=True)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(where) >= 2


def test_a_page_that_breaks_off_again_and_again_never_comes_half(
    secrets: Secrets, bigquery: BigQuery
) -> None:
    bigquery.faults = [Fault(LATER_PAGE, cut_body_at=n, nth=n) for n in (1, 2, 3)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(LATER_PAGE) >= 4


def test_a_truncated_page_is_asked_again(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(LATER_PAGE, cut_body_at=150)]
    assert_all_lines_once(secrets)
    assert bigquery.asked(LATER_PAGE) >= 2


def test_a_token_that_expires_between_two_pages_is_renewed(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(LATER_PAGE, 401, "authError")]
    assert_all_lines_once(secrets)
    assert bigquery.asked("POST /token") >= 2


def test_a_withdrawn_key_is_an_error_that_shows_no_secret(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault("POST /token", 401, "invalid_grant", times=1000)]
    with pytest.raises(Exception, match="invalid_grant") as failure:
        fetched(connector, SOURCE, MONTH, secrets)
    assert "PRIVATE KEY" not in "".join(traceback.format_exception(failure.value))
    assert "PRIVATE KEY" not in repr(secrets)


def test_a_refused_query_is_an_error_not_an_empty_month(secrets: Secrets, bigquery: BigQuery) -> None:
    bigquery.faults = [Fault(r"POST .*/(jobs|queries)", 403, "accessDenied", times=1000)]
    with pytest.raises(Exception, match="accessDenied"):
        fetched(connector, SOURCE, MONTH, secrets)


def test_the_same_statement_gets_the_same_bytes(secrets: Secrets) -> None:
    first, second = (fetched(connector, SOURCE, MONTH, secrets) for _ in range(2))
    assert [d.data for d in first] == [d.data for d in second]


def test_a_month_without_rows_is_not_published_yet(secrets: Secrets) -> None:
    with pytest.raises(NotYetPublished):
        fetched(connector, SOURCE, "2026-10", secrets)
