"""A source outside, on loopback: answers what a test laid ready, right or wrong in every way that a network can be."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

Answer = Callable[[BaseHTTPRequestHandler], None]
JSON = "application/json; charset=utf-8"


class Bronserver:
    """Serves the answers of `script` in turn, the last one again and again; keeps what was asked."""

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.asked: list[tuple[str, list[tuple[str, str]], dict[str, str]]] = []
        source = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                source.asked.append((parts.path, parse_qsl(parts.query), headers))
                answer = source.script.pop(0) if len(source.script) > 1 else source.script[0]
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True  # the other side had enough of it

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - name given by http.server
                """Says nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """Says nothing: broken connections are what is tested."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def will(self, *answers: Answer) -> None:
        """Lays answers ready and forgets what was asked."""
        self.script = list(answers)
        self.asked.clear()

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()


def reply(
    document: object = None, status: int = 200, headers: Mapping[str, str] | None = None, *, body: bytes | None = None
) -> Answer:
    """An answer with a JSON document, or with these bytes."""
    content = json.dumps(document).encode() if body is None else body

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(content)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Breaks the connection before answering."""
    handler.close_connection = True
    handler.connection.close()


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Sends a header that never ends, byte by byte, so that no single read times out."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    """The same with the body."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    _drip(handler)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)
