"""What Azure's connectors share: a credential of an Airflow connection."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from connectors._http import SourceError
from connectors.base import Secrets

HOST = "https://management.azure.com"
SCOPE = f"{HOST}/.default"


@dataclass(frozen=True, repr=False)
class Handed:
    """A token that somebody else obtained; it is used as long as the server takes it."""

    token: str

    def get_token(self, *scopes: str, **options: Any) -> Any:
        """Give the token, as azure-identity's credentials do."""
        from azure.core.credentials import AccessToken

        return AccessToken(self.token, int(time.time()) + 3600)


def credential(secrets: Secrets, source_id: str) -> Any:
    """Give a service principal's credential, a token handed in (a password without a login), or the environment's.

    ``extra.tenant_id`` (or Airflow's ``tenantId``) names the tenant, ``extra.authority`` another cloud's sign-in.

    Raises
    ------
    SourceError
        When a service principal comes without its tenant, or with one that cannot be.
    """
    if secrets.password and not secrets.login:
        return Handed(secrets.password)
    from azure.identity import ClientSecretCredential, DefaultAzureCredential

    if not secrets.login:
        return DefaultAzureCredential()
    tenant = secrets.extra.get("tenant_id") or secrets.extra.get("tenantId")
    if not tenant:
        raise SourceError(
            f"{source_id}: the connection has a client id but no extra.tenant_id; see docs/sources/azure.md"
        )
    authority = secrets.extra.get("authority")
    # Entra ID's directory of authorities knows the public clouds alone.
    elsewhere: dict[str, Any] = (
        {"authority": str(authority), "disable_instance_discovery": True} if authority else {}
    )
    try:
        return ClientSecretCredential(str(tenant), secrets.login, secrets.password, **elsewhere)
    except ValueError:
        raise SourceError(
            f"{source_id}: the connection's extra.tenant_id, extra.authority or client secret cannot be right; "
            "see docs/sources/azure.md"
        ) from None
