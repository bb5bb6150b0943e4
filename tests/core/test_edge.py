"""The edge of the service over real HTTP."""

from tests.support.service import Service


def test_every_answer_carries_version_and_security_headers(service: Service) -> None:
    for path, status in (
        ("/gezondheid", 200),
        ("/gereedheid", 200),
        ("/v1/openapi.json", 200),
        ("/v1/bestaat-niet", 404),
        ("/v1/objecten/", 404),
    ):
        answer = service.anonymous().get(path)
        assert answer.status_code == status, path
        assert answer.headers["api-version"] == "0.1.0"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
