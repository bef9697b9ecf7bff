"""Azure's Carbon Optimization through its SDK: signed in, one call at a time, its errors told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from connectors._http import TIMEOUT_SECONDS, SourceError
from connectors._patience import Again, failure, patiently
from connectors.base import Secrets

ROLE = "Carbon Optimization Reader"


class Carbon:
    """The operations that Footing uses; each gives the answer's text as it came.

    ``login`` and ``password`` of the connection are a service principal's client id and secret, ``extra.tenantId`` its
    tenant; without them the environment's identity counts. ``host`` names another Azure cloud, ``extra.authority`` its
    sign-in. Only HTTPS is spoken.

    Raises
    ------
    SourceError
        When the connection cannot work.
    """

    def __init__(self, secrets: Secrets, source_id: str) -> None:
        from azure.mgmt.carbonoptimization import CarbonOptimizationMgmtClient

        host = secrets.host.rstrip("/")
        if host and "://" not in host:
            host = f"https://{host}"
        if host and not host.startswith("https://"):
            raise SourceError(f"{source_id}: the connection's host must begin with https://, or be left out")
        connect, read = TIMEOUT_SECONDS
        elsewhere: dict[str, Any] = (
            {"base_url": host, "credential_scopes": [f"{host}/.default"]} if host else {}
        )
        self._client = CarbonOptimizationMgmtClient(
            _credential(secrets, source_id), retry_total=0, connection_timeout=connect, read_timeout=read, **elsewhere
        )  # fmt: skip
        self._source_id = source_id

    def available(self) -> Mapping[str, Any]:
        """Give ``startDate`` and ``endDate``: the first days of the first and last month that Azure holds."""
        found: Mapping[str, Any] = json.loads(
            self._ask(self._client.carbon_service.query_carbon_emission_data_available_date_range)
        )
        return found

    def report(self, query: Mapping[str, Any]) -> str:
        """Give one page of a report."""
        operation = self._client.carbon_service.query_carbon_emission_reports
        return self._ask(lambda **hooks: operation(dict(query), **hooks))

    def _ask(self, operation: Callable[..., Any]) -> str:
        return patiently(lambda: self._once(operation), self._source_id)

    def _once(self, operation: Callable[..., Any]) -> str:
        from azure.core.exceptions import AzureError, ClientAuthenticationError

        came: list[Any] = []
        try:
            # The SDK's objects would drop what they don't know.
            text: str = operation(
                raw_response_hook=lambda given: came.append(given.http_response),
                cls=lambda given, *_: given.http_response.text(),
            )
            return text
        except (AzureError, ValueError) as error:
            status = came[-1].status_code if came else 0
            # Not chained: the SDK's text may hold the request.
            if status in (401, 403) or isinstance(error, ClientAuthenticationError):
                raise SourceError(
                    f"{self._source_id}: Azure refuses the service principal (HTTP {status or 'sign-in'}); its secret has "
                    f"expired, it is unknown to the tenant, or it lacks the role {ROLE}: see docs/sources/azure.md"
                ) from None
            if status >= 400:
                raise failure(status, came[-1].headers, _said(came[-1]), self._source_id) from None
            raise Again(f"connection broke ({type(error).__name__})") from None


def _said(response: Any) -> str:
    try:
        return str(response.text())
    except ValueError:
        return ""


def _credential(secrets: Secrets, source_id: str) -> Any:
    from azure.identity import ClientSecretCredential, DefaultAzureCredential

    if not secrets.login:
        return DefaultAzureCredential()
    tenant = secrets.extra.get("tenantId") or secrets.extra.get("tenant_id")
    if not tenant or not secrets.password:
        raise SourceError(
            f"{source_id}: the connection needs login = client id, password = client secret and extra.tenantId"
        )
    authority = secrets.extra.get("authority")
    elsewhere: dict[str, Any] = (
        {"authority": str(authority), "disable_instance_discovery": True} if authority else {}
    )
    try:
        return ClientSecretCredential(str(tenant), secrets.login, secrets.password, **elsewhere)
    except ValueError:
        raise SourceError(
            f"{source_id}: extra.tenantId or extra.authority is not one that Entra ID knows"
        ) from None
