"""Pages made on the server: Dutch, without script, escaped by default; one style sheet of our own."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent
STATIC_PATH = "/statisch"

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **words: object
) -> HTMLResponse:
    """A page of `templates/`; a word that the template needs and does not get is a mistake, never a blank.

    Args:
        template: file name.
        status: HTTP status.
        headers: of the answer.
        words: what the template shows.
    """
    return HTMLResponse(
        _environment.get_template(template).render(words), status_code=status, headers=dict(headers or {})
    )


class _Static(StaticFiles):
    """Files that may be kept by a browser for an hour; they hold nothing about anybody."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = "public, max-age=3600"
        return answer


def static_mount() -> Mount:
    """The route of the style sheet."""
    return Mount(STATIC_PATH, _Static(directory=FOLDER / "statisch"))
