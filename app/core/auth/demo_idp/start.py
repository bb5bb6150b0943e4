"""Starts the demo identity provider, on this machine only and never beside production data."""

from urllib.parse import urlsplit

import uvicorn

from app.core.auth.demo_idp.provider import AccountList, DemoRefused, create_demo_idp
from app.core.auth.outside import is_loopback
from app.core.db import Database
from app.core.settings import Settings, Stempel
from app.core.stamp import read_stamp

HOST = "127.0.0.1"


def check_demo(settings: Settings, database: Database) -> None:
    """Refuses where a provider without passwords would be a hole.

    Raises:
        DemoRefused: production settings, a database that is not stamped demo, or an issuer address that is not this machine.
    """
    if settings.stempel != Stempel.DEMO or read_stamp(database) != Stempel.DEMO:
        raise DemoRefused(
            "De demo-aanmelddienst start niet: deze database of instelling is niet voor een demo. Gebruik de aanmelddienst van de gemeente."
        )
    parts = urlsplit(settings.oidc_issuer)
    if parts.scheme != "http" or not is_loopback(parts.hostname or "") or parts.port is None:
        raise DemoRefused(
            "De demo-aanmelddienst start niet: VELDWACHT_OIDC_ISSUER moet op deze computer staan, bijvoorbeeld http://localhost:8001."
        )


def run_demo_idp(settings: Settings, database: Database, accounts: AccountList) -> None:
    """Serves the demo identity provider until it is stopped, bound to loopback.

    Raises:
        DemoRefused: see `check_demo`.
    """
    check_demo(settings, database)
    port = urlsplit(settings.oidc_issuer).port or 0
    app = create_demo_idp(settings, accounts)
    uvicorn.run(app, host=HOST, port=port, access_log=False, server_header=False, proxy_headers=False, log_config=None)
