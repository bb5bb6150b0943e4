"""The audit rows over HTTP: reads of sensitive records and denials stand in them, and only the own municipality sees them."""

from tests.support.service import Service


def test_denials_and_sensitive_reads_are_listed_newest_first(service: Service) -> None:
    assert service.as_("planner").get("/auditregels").status_code == 403
    assert service.as_("buur-planner").get("/auditregels").status_code == 403
    rows = service.as_("beheerder").get("/auditregels").json()["resultaten"]
    assert [(row["actie"], row["uitkomst"], row["rollen"]) for row in rows] == [
        ("auditregels_lijst", "geweigerd", "planner")
    ]
    rows = service.as_("beheerder").get("/auditregels", params={"limiet": 1}).json()
    assert [(row["actie"], row["uitkomst"]) for row in rows["resultaten"]] == [("auditregels_lijst", "toegestaan")]
    older = service.as_("beheerder").get("/auditregels", params={"cursor": rows["volgende"], "limiet": 1}).json()
    assert older["resultaten"][0]["uitkomst"] == "geweigerd"


def test_a_cursor_that_is_no_moment_is_refused(service: Service) -> None:
    answer = service.as_("beheerder").get(
        "/auditregels", params={"cursor": "WyJ4IiwgIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJd"}
    )
    assert answer.status_code == 400
