"""A token issuer on loopback: real discovery, real keys, real signatures; only its accounts are the test's."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import ECKey


class Issuer:
    """Serves discovery and keys, and makes access tokens."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "test", "use": "sig", "alg": "ES256"})
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pages = {
                    "/.well-known/openid-configuration": {
                        "issuer": issuer.url,
                        "jwks_uri": f"{issuer.url}/jwks",
                    },
                    "/jwks": {"keys": [issuer.key.as_dict(private=False)]},
                }
                body = json.dumps(pages.get(self.path, {})).encode()
                self.send_response(200 if self.path in pages else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by http.server
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def token(self, sub: str, audience: str = "veldwacht-api", **changes: object) -> str:
        """An access token for `sub`, valid for an hour."""
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": self.url,
            "aud": audience,
            "sub": sub,
            "iat": now,
            "exp": now + 3600,
            "client_id": "test",
            **changes,
        }
        return jwt.encode({"alg": "ES256", "typ": "at+jwt", "kid": "test"}, claims, self.key, algorithms=["ES256"])

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()
