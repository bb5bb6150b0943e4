"""What an identity provider may answer without doing harm: bounded, checked, fail closed (OWASP API7 and API10)."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from app.core.auth.issuer import Issuer, public_keys
from app.core.auth.outside import MAX_BYTES, OutsideError, is_safe_url


@contextmanager
def answering(status: int, body: bytes, headers: dict[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by http.server
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (200, b"<html>", {}),
        (200, b"[1]", {}),
        (200, b"[" * 100_000, {}),
        (200, b'{"a": "' + b"x" * MAX_BYTES + b'"}', {}),
        (200, json.dumps({"issuer": "https://elders.example", "jwks_uri": "https://elders.example/k"}).encode(), {}),
        (302, b"", {"Location": "http://127.0.0.1:1/"}),
        (404, b"{}", {}),
        (500, b"{}", {}),
    ],
)
def test_an_answer_that_is_none_is_refused(status: int, body: bytes, headers: dict[str, str]) -> None:
    with answering(status, body, headers) as url, pytest.raises(OutsideError):
        Issuer(url).endpoints()


def test_only_strong_signing_keys_are_taken() -> None:
    good = ECKey.generate_key("P-256", {"kid": "goed", "use": "sig"}).as_dict(private=False)
    usable = public_keys(
        {
            "keys": [
                good,
                OctKey.generate_key(256, {"kid": "geheim"}).as_dict(private=True),
                {"kty": "RSA", "kid": "zwak", "e": "AQAB", "n": RSAKey.generate_key(2048)["n"][:171]},
                ECKey.generate_key("P-256", {"kid": "enc", "use": "enc"}).as_dict(private=False),
                {"kty": "EC", "kid": "stuk", "crv": "P-256", "x": "a", "y": "b"},
                {name: value for name, value in good.items() if name != "kid"},
                "geen sleutel",
            ]
        }
    )
    assert list(usable) == ["goed"]
    assert public_keys({"keys": "x"}) == {}


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://aanmelden.example/x", True),
        ("http://localhost:8001", True),
        ("http://127.0.0.1:8001/token", True),
        ("http://[::1]:8001/token", True),
        ("http://aanmelden.example", False),
        ("http://127.0.0.1.example", False),
        ("http://localhost.example", False),
        ("http://10.0.0.1", False),
        ("http://169.254.169.254/latest", False),
        ("https://gebruiker:geheim@aanmelden.example", False),
        ("file:///etc/passwd", False),
        ("ftp://localhost", False),
        ("https://", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_where_secrets_may_go(url: str, safe: bool) -> None:
    assert is_safe_url(url) is safe
