"""Imports as a whole: upload, background work, the same file twice, a kill in the middle."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.runtime import Runtime
from app.core.tables import Bestand
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.tables import Taak
from app.objecten.rules.importrij import AfgewezenRij, Importrij
from app.objecten.service import inlezen, planbaar, risicoadressen, verwerken
from app.objecten.service.verwerken import Uitkomst, apply_rows
from app.objecten.status import Importindeling, Importstatus
from app.objecten.tables import Import, Object, Risicoadres, Vergunning
from app.objecten.tasks import import_file
from tests.objecten.bestanden import ROW, as_csv
from tests.objecten.imports import Killed, Units, counts, record_of, run, store
from tests.objecten.stock import set_norm
from tests.objecten.test_bestanden import HORECA
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

OBJECTEN, RISICO, AMSTERDAM = (
    Importindeling.OBJECTEN,
    Importindeling.RISICOADRESSEN,
    Importindeling.AMSTERDAM_HORECA,
)
RISK = {
    "straat": "Voorbeeldkade",
    "huisnummer": "5",
    "postcode": "9901 AB",
    "woonplaats": "Voorbeeldstad",
    "reden": "overbewoning",
    "bron": "melding",
    "inBeeldOp": "2026-01-05",
    "herzienOp": "05-01-2027",
}


def contents(runtime: Runtime) -> list[Any]:
    with runtime.system_unit("test", write=False) as uow:
        tables = (Object, Vergunning, Risicoadres, Taak)
        return [
            sorted(
                (row.model_dump_json(exclude={"id", "gemaakt_op"}) for row in uow.session.exec(select(table))), key=str
            )
            for table in tables
        ]


def rows_of(number: int) -> list[dict[str, str]]:
    return [
        ROW
        | {
            "objectnummer": f"O-{at:05d}",
            "huisnummer": str(at + 1),
            "type": "SEKS" if at % 2 else "HOR",
            "vergunningsoort": "seksinrichting" if at % 2 else "horeca-exploitatie",
            "vergunningnummer": f"V-{at:05d}",
            "vergunningVanaf": "2025-01-01",
            "bedrijfsplanVersie": "1" if at % 2 else "",
            "bedrijfsplanGoedgekeurdOp": "2025-02-01" if at % 2 else "",
            "laatsteBibobToets": "2024-06-01" if at % 2 else "",
            "openingstijden": "1-5 10:00-02:00, 6-7 10:00-03:00",
        }
        for at in range(number)
    ]


def test_good_rows_land_and_the_same_file_twice_changes_nothing(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    rows = [*rows_of(4), ROW | {"objectnummer": "O-9", "type": "WINKEL"}]
    first = run(runtime, as_csv(*rows).encode())
    assert (first.status, first.bestandsnaam, first.regels) == (Importstatus.KLAAR, "Lijst _1_.csv", 5)
    assert counts(first) == (4, 0, 0, 1)
    stored = contents(runtime)
    assert counts(run(runtime, as_csv(*rows).encode())) == (0, 0, 4, 1)
    assert contents(runtime) == stored
    rows[0] = rows[0] | {"naam": "Nieuwe naam"}
    rows[1] = rows[1] | {"laatsteBibobToets": "2026-02-01"}
    assert counts(run(runtime, as_csv(*rows).encode())) == (0, 2, 2, 1)
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(Bestand)).all() == []
        assert len(planbaar.planbare_objecten(uow, STAD)) == 4


@pytest.mark.parametrize("die_at", [2, 3, 4, 5, 7])
def test_a_kill_in_the_middle_loses_and_doubles_nothing(
    runtime: Runtime, municipality: Municipality, monkeypatch: pytest.MonkeyPatch, die_at: int
) -> None:
    assert municipality.accounts
    monkeypatch.setattr(inlezen, "BATCH", 2)
    rows = [*rows_of(5), ROW | {"objectnummer": "O-00002", "type": "HOT"}]
    import_id = store(runtime, as_csv(*rows).encode())
    with pytest.raises(Killed):
        import_file(Units(runtime, die_at), import_id)
    half = record_of(runtime, import_id)
    assert half.status is not Importstatus.KLAAR
    assert half.verwerkt == max(0, die_at - 4) * 2
    import_file(Units(runtime), import_id)
    whole = record_of(runtime, import_id)
    assert (whole.status, counts(whole), whole.verwerkt) == (Importstatus.KLAAR, (5, 0, 0, 1), 6)
    import_file(Units(runtime), import_id)
    assert counts(record_of(runtime, import_id)) == (5, 0, 0, 1)


def test_a_fault_in_the_service_says_so_and_sending_again_helps(
    runtime: Runtime, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert municipality.accounts
    monkeypatch.setattr(inlezen, "BATCH", 2)
    content = as_csv(*rows_of(4)).encode()
    import_id = store(runtime, content)
    real, lines = apply_rows, []

    def broken(uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> tuple[list[Uitkomst], list[AfgewezenRij]]:
        lines.append([row.regel for row in rows])
        if len(lines) == 2:
            raise ZeroDivisionError
        return real(uow, record, rows)

    monkeypatch.setattr(verwerken, "apply_rows", broken)
    with pytest.raises(ZeroDivisionError):
        import_file(Units(runtime), import_id)
    failed = record_of(runtime, import_id)
    assert (failed.status, failed.verwerkt) == (Importstatus.MISLUKT, 2)
    assert failed.melding is not None
    assert "opnieuw" in failed.melding
    assert counts(run(runtime, content)) == (2, 0, 2, 0)


def test_the_dirty_register_renewed_and_shrunk(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with runtime.system_unit("test") as uow:
        set_norm(uow, "IMPORT_VERLIES_PROCENT", 20)
    first = run(runtime, HORECA, AMSTERDAM)
    assert counts(first) == (6, 1, 0, 2)  # the renewal of the first permit adds to an object that is there
    assert first.melding is not None
    assert "aanvrager" in first.melding
    stored = contents(runtime)
    assert counts(run(runtime, HORECA, AMSTERDAM)) == (0, 0, 7, 2)
    assert contents(runtime) == stored
    document = json.loads(HORECA)
    good = [feature for at, feature in enumerate(document["features"]) if at not in {1, 6, 7}]
    good[2]["properties"]["einddatum"] = "2030-01-01"
    good[0]["properties"]["zaaknaam"] = good[3]["properties"]["zaaknaam"] = "Eetzaal Twee"
    shrunk = run(runtime, json.dumps(document | {"features": good}).encode(), AMSTERDAM)
    assert counts(shrunk) == (0, 2, 4, 0)
    assert shrunk.melding is not None
    assert "gemarkeerd: 1" in shrunk.melding
    with runtime.system_unit("test", write=False) as uow:
        gone = uow.session.exec(select(Vergunning).where(Vergunning.nummer == "9002")).one()
        assert gone.verdwenen_op is not None
        names = {row.naam for row in uow.session.exec(select(Object))}
        assert "Eetzaal Twee" in names
        assert "Eetzaal Eén" not in names


def test_risk_addresses_bring_their_task_once(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    with runtime.system_unit("test") as uow:
        set_norm(uow, "RISICOADRES_DAGEN", 14)
    run(runtime, as_csv(ROW | {"type": "BEDR", "huisnummer": "7"}).encode())
    columns = (*RISK, "type", "objectnummer")
    rows = [
        RISK,
        RISK | {"type": "BEDR", "huisnummer": "7"},
        RISK | {"huisnummer": "9", "reden": "", "herzienOp": ""},
        RISK | {"huisnummer": "11", "reden": "Prostitutie in woning"},
        RISK | {"objectnummer": "O-1", "huisnummer": "13"},
    ]
    first = run(runtime, as_csv(*rows, columns=columns).encode(), RISICO)
    assert counts(first) == (2, 0, 0, 3)
    with runtime.system_unit("test", write=False) as uow:
        assert [task.voor_datum for task in uow.session.exec(select(Taak))] == [date(2026, 1, 19)] * 2
        numbers = [row.nummer for row in uow.session.exec(select(Object).order_by(Object.nummer))]
        assert numbers == ["O-1", "WON-9901AB-5"]
    stored = contents(runtime)
    assert counts(run(runtime, as_csv(*rows, columns=columns).encode(), RISICO)) == (0, 0, 2, 3)
    assert contents(runtime) == stored
    rows[0] = RISK | {"reden": "leegstand"}
    assert counts(run(runtime, as_csv(*rows, columns=columns).encode(), RISICO)) == (0, 1, 1, 3)
    with runtime.system_unit("test") as uow:
        dwelling = uow.session.exec(select(Object).where(Object.nummer == "WON-9901AB-5")).one()
        risicoadressen.mark_risicoadres_visited(uow, dwelling.id, date(2026, 2, 1))
    # The old file says nothing new; a later day in view does.
    assert counts(run(runtime, as_csv(*rows, columns=columns).encode(), RISICO)) == (0, 0, 2, 3)
    rows[0] = RISK | {"inBeeldOp": "2026-02-02"}
    assert counts(run(runtime, as_csv(*rows, columns=columns).encode(), RISICO)) == (1, 0, 1, 3)


def test_a_half_file_keeps_what_was_good(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    text = as_csv(*rows_of(3)) + '"O-9' + ";HOR;x\r\n" * 100
    record = run(runtime, text.encode())
    assert (record.status, record.nieuw) == (Importstatus.MISLUKT, 3)
    assert record.melding is not None
    assert "vanaf regel 5" in record.melding


def test_upload_over_http(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    fields = {"indeling": "objecten", "gemeentecode": STAD, "bron": "register"}
    rows = as_csv(ROW, ROW | {"objectnummer": "", "postcode": "x"}, ROW | {"x": "", "y": "", "objectnummer": "O-2"})
    sent = planner.post("/importen", data=fields, files={"bestand": ("lijst.csv", rows.encode())})
    assert sent.status_code == 202, sent.text
    assert sent.json()["status"] == "wacht"
    url = sent.headers["location"].removeprefix("/v1")
    import_file(Units(runtime), UUID(sent.json()["id"]))
    read = planner.get(url).json()
    assert (read["status"], read["nieuw"], read["afgewezen"]) == ("klaar", 2, 1)
    pages, cursor = [], None
    for _ in range(5):
        query = {"limiet": "1"} | ({"cursor": cursor} if cursor else {})
        page = planner.get(f"{url}/afwijzingen", params=query).json()
        pages += page["resultaten"]
        cursor = page["volgende"]
        if cursor is None:
            break
    assert [(row["regel"], row["veld"], row["rijIngelezen"]) for row in pages] == [
        (3, "objectnummer", False),
        (3, "postcode", False),
        (4, "x", True),
    ]
    assert [row["id"] for row in planner.get("/importen").json()["resultaten"]] == [read["id"]]
    neighbour = service.as_("buur-planner")
    assert neighbour.get(url).status_code == 404
    assert neighbour.get(f"{url}/afwijzingen").status_code == 404
    assert neighbour.get("/importen").json()["resultaten"] == []
    refused = neighbour.post("/importen", data=fields, files={"bestand": ("lijst.csv", rows.encode())})
    assert refused.status_code == 404
    wrong = planner.post("/importen", data={"indeling": "xlsx", "gemeentecode": "0518"}, files={"bestand": ("a", b"x")})
    assert {fault["veld"] for fault in wrong.json()["fouten"]} == {
        "body.indeling",
        "body.gemeentecode",
        "body.bron",
    }
    empty = planner.post("/importen", data=fields, files={"bestand": ("leeg.csv", b" ")})
    assert (empty.status_code, empty.json()["fouten"][0]["veld"]) == (400, "bestand")
