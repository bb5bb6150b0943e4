"""Calls to the identity provider: short, small, without redirects, only to safe addresses (OWASP API7 and API10)."""

import json
import ssl
import time
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx

TIMEOUT_S = 5.0
MAX_BYTES = 512 * 1024


class OutsideError(Exception):
    """The other side did not give what was asked; the message holds no content of its answer."""


class OutsideUnreachable(OutsideError):
    """The other side is away, slow, or answers something that is no answer."""


class OutsideRefused(OutsideError):
    """The other side answered properly and said no."""


def is_safe_url(url: str) -> bool:
    """Whether secrets may go there: https, or plain http on this very machine (the demo)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.username is not None or parts.fragment or not host:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))


def is_loopback(host: str) -> bool:
    """Whether this host name is the machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return (
        ssl.create_default_context()
    )  # the machine's own trust store: a municipality may use private PKIoverheid roots


def fetch_json(
    method: str, url: str, form: dict[str, str] | None = None, credentials: tuple[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object that this address answers.

    Args:
        method: GET or POST.
        url: where to.
        form: fields of a POST.
        credentials: user and password for HTTP Basic.

    Raises:
        OutsideUnreachable: no answer in 5 seconds, a redirect, a 5xx, more than 512 kB, or no JSON object.
        OutsideRefused: a 4xx.
    """
    if not is_safe_url(url):
        msg = "unsafe address"
        raise OutsideUnreachable(msg)
    headers = {"accept": "application/json", "accept-encoding": "identity"}
    auth = httpx.BasicAuth(*credentials) if credentials else None
    try:
        with (
            httpx.Client(trust_env=False, timeout=TIMEOUT_S, follow_redirects=False, verify=_tls()) as client,
            client.stream(method, url, data=form, headers=headers, auth=auth) as response,
        ):
            if 400 <= response.status_code < 500:
                raise OutsideRefused(str(response.status_code))
            if response.status_code != 200:
                raise OutsideUnreachable(str(response.status_code))
            document = json.loads(_read(response))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutsideUnreachable(type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        msg = "no JSON"
        raise OutsideUnreachable(msg) from error
    if not isinstance(document, dict):
        msg = "no JSON object"
        raise OutsideUnreachable(msg)
    return document


def _read(response: httpx.Response) -> bytes:
    deadline = time.monotonic() + TIMEOUT_S
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BYTES or time.monotonic() > deadline:
            msg = "too much or too slow"
            raise OutsideUnreachable(msg)
    return bytes(body)
