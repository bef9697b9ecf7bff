"""Clients of AWS from an Airflow connection, and their errors in words that name a remedy and no secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from connectors import base
from connectors._http import SourceError

ATTEMPTS = 5
POLICY = "docs/sources/aws.md"
REMEDIES = {
    "the credentials have expired: renew the connection's key pair or extra.aws_session_token, or name a role in "
    "extra.role_arn": {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"},
    "AWS does not know the key pair: correct login and password of the connection": {
        "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch",
        "InvalidToken", "AuthFailure",
    },
    f"the identity may not ask this: give it the policy of {POLICY}": {
        "AccessDenied", "AccessDeniedException", "AllAccessDisabled", "403",
    },
    "no such bucket: correct options.bucket of the source": {"NoSuchBucket", "PermanentRedirect"},
}  # fmt: skip


def client(service: str, secrets: base.Secrets) -> Any:
    """Give a boto3 client that retries throttling and 5xx (botocore's standard mode, five attempts).

    Parameters
    ----------
    secrets : Secrets
        ``login`` and ``password`` are a key pair; without them the environment's own identity is used. ``extra``:
        ``region_name``, ``endpoint_url``, ``aws_session_token``, ``role_arn`` (taken on by STS) with ``external_id``
        and ``sts_endpoint_url``.
    """
    import boto3
    from botocore.config import Config

    extra = secrets.extra
    config = Config(
        retries={"mode": "standard", "max_attempts": ATTEMPTS}, connect_timeout=10, read_timeout=120
    )
    session = boto3.Session(
        aws_access_key_id=secrets.login or None, aws_secret_access_key=secrets.password or None,
        aws_session_token=extra.get("aws_session_token"), region_name=extra.get("region_name"),
    )  # fmt: skip
    if role := extra.get("role_arn"):
        sts = session.client("sts", config=config, endpoint_url=extra.get("sts_endpoint_url"))
        more = {"ExternalId": str(extra["external_id"])} if extra.get("external_id") else {}
        taken = sts.assume_role(RoleArn=str(role), RoleSessionName="footing", **more)["Credentials"]
        session = boto3.Session(
            aws_access_key_id=taken["AccessKeyId"], aws_secret_access_key=taken["SecretAccessKey"],
            aws_session_token=taken["SessionToken"], region_name=extra.get("region_name"),
        )  # fmt: skip
    return session.client(service, config=config, endpoint_url=extra.get("endpoint_url"))  # type: ignore[call-overload]


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn botocore's errors into ones that name the place, AWS's error code and what to do.

    Raises
    ------
    SourceError
        In place of any error of botocore. AWS's own words stand in it only where they cannot hold credentials.
    """
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

    try:
        yield
    except ClientError as error:
        told = error.response.get("Error", {})
        code = str(told.get("Code", "unknown"))
        remedy = next((text for text, codes in REMEDIES.items() if code in codes), None)
        words = remedy or str(told.get("Message", ""))[:300]
        raise SourceError(f"{place}: {error.operation_name} gave {code}: {words}") from None
    except (NoCredentialsError, PartialCredentialsError):
        raise SourceError(
            f"{place}: no credentials: fill login and password of the connection, or run under an AWS role"
        ) from None
    except BotoCoreError as error:
        raise SourceError(f"{place}: {type(error).__name__}: {str(error)[:300]}") from None
