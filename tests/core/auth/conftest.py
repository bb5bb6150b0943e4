"""The demo identity provider and the service, both over real HTTP on loopback; each test has its own database."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.settings import Settings
from tests.core.auth.serving import Idp, serve_idp
from tests.support.databases import settings_for
from tests.support.service import Service


@pytest.fixture
def idp_socket() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


@pytest.fixture
def settings(database_url: str, tmp_path: Path, idp_socket: socket.socket) -> Settings:
    return settings_for(
        database_url,
        tmp_path,
        oidc_issuer=f"http://127.0.0.1:{idp_socket.getsockname()[1]}",
        oidc_client_secret="geheim: van de demo & co",
        demo_folder=tmp_path,
    )


@pytest.fixture
def idp(settings: Settings, idp_socket: socket.socket) -> Iterator[Idp]:
    with serve_idp(settings, idp_socket) as made:
        yield made


@pytest.fixture
def site(idp: Idp, service: Service) -> Service:  # noqa: ARG001 - the provider must run
    return service
