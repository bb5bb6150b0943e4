"""Previews, recognition, rejected rows that are mended and sent again, a source that loses much, deletion and terms."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from app.core.formules import guard, unguard
from app.core.runtime import Runtime
from app.core.tables import Auditregel, Bestand
from app.objecten.service import inlezen
from app.objecten.status import Importindeling, Importstatus
from app.objecten.tables import AfgewezenInvoer, Import, Importverdwijning, Object, Vergunning
from app.objecten.tasks import clean_up_imports, import_file
from tests.objecten.bestanden import ROW, as_csv
from tests.objecten.imports import Killed, Units, counts, record_of, run, store
from tests.objecten.stock import set_norm
from tests.objecten.test_bestanden import HORECA
from tests.objecten.test_importen import AMSTERDAM, RISICO, RISK, contents, rows_of
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service


@pytest.mark.parametrize("stood", [False, True])
def test_a_preview_counts_as_the_real_run_and_stores_nothing(
    runtime: Runtime, municipality: Municipality, monkeypatch: pytest.MonkeyPatch, stood: bool
) -> None:
    """Later rows depend on earlier ones, also across batches: the same object, address, permit and point."""
    assert municipality.accounts
    monkeypatch.setattr(inlezen, "BATCH", 2)
    if stood:
        run(runtime, as_csv(*rows_of(2)).encode())
    rows = [
        *rows_of(4),
        ROW | {"objectnummer": "O-00001", "huisnummer": "2", "type": "SEKS", "vergunningnummer": "V-X"}
        | {"vergunningsoort": "seksinrichting", "vergunningVanaf": "2025-01-01"},
        ROW | {"objectnummer": "O-8", "huisnummer": "80", "x": "", "y": ""},
        ROW | {"objectnummer": "O-9", "huisnummer": "80", "type": "BEDR"},
        ROW | {"objectnummer": "O-00000", "type": "HOT"},
        ROW | {"objectnummer": "O-10", "type": "WINKEL"},
    ]  # fmt: skip
    content = as_csv(*rows).encode()
    before = contents(runtime)
    preview = run(runtime, content, proef=True)
    assert (preview.status, preview.proef) == (Importstatus.KLAAR, True)
    assert contents(runtime) == before
    real = run(runtime, content)
    assert counts(preview) == counts(real)
    assert (real.regels, real.afgewezen) == (9, 2)
    again = run(runtime, content, proef=True)
    assert counts(again) == counts(run(runtime, content))
    assert counts(again)[0:2] == (0, 0)


def test_a_preview_of_risk_addresses_and_of_a_register(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    rows = as_csv(RISK, RISK | {"huisnummer": "6"}, RISK | {"reden": "leegstand"}, columns=(*RISK, "type")).encode()
    for content, kind in ((rows, RISICO), (HORECA, AMSTERDAM)):
        before = contents(runtime)
        preview = run(runtime, content, kind, proef=True)
        assert contents(runtime) == before
        assert counts(preview) == counts(run(runtime, content, kind))


def test_a_preview_that_was_killed_starts_anew(
    runtime: Runtime, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert municipality.accounts
    monkeypatch.setattr(inlezen, "BATCH", 2)
    import_id = store(runtime, as_csv(*rows_of(5), ROW | {"type": "X"}).encode(), proef=True)
    with pytest.raises(Killed):
        import_file(Units(runtime, 6), import_id)
    assert record_of(runtime, import_id).verwerkt == 4
    import_file(Units(runtime), import_id)
    assert counts(record_of(runtime, import_id)) == (5, 0, 0, 1)
    with runtime.system_unit("test", write=False) as uow:
        assert len(uow.session.exec(select(AfgewezenInvoer)).all()) == 1


def test_preview_shown_and_made_real_over_http(service: Service, runtime: Runtime) -> None:
    run(runtime, as_csv(*rows_of(1)).encode())
    planner = service.as_("planner")
    rows = [rows_of(1)[0] | {"naam": "Andere naam"}, rows_of(2)[1]]
    fields = {"gemeentecode": STAD, "bron": "register", "proef": "true", "peildatum": "2026-01-02"}
    sent = planner.post("/importen", data=fields, files={"bestand": ("a.csv", as_csv(*rows).encode())})
    assert sent.status_code == 202, sent.text
    assert (sent.json()["fase"], sent.json()["indeling"], sent.headers["retry-after"]) == ("wacht", None, "2")
    url = f"/importen/{sent.json()['id']}"
    assert planner.post(f"{url}/_doorvoeren").status_code == 409
    import_file(Units(runtime), _id(sent.json()))
    read = planner.get(url).json()
    assert (read["indeling"], read["nieuw"], read["gewijzigd"], read["fase"]) == (Importindeling.OBJECTEN, 1, 1, None)
    assert read["rijenPerSeconde"] > 0
    changed, new = read["voorbeeld"]
    assert (changed["regel"], changed["uitkomst"], changed["objectNummer"]) == (2, "gewijzigd", "O-00000")
    assert changed["velden"] == [{"veld": "naam", "oud": "Café ’t Höekje", "nieuw": "Andere naam"}]
    assert new["uitkomst"] == "nieuw"
    assert {"veld": "vergunningnummer", "oud": None, "nieuw": "V-00001"} in new["velden"]
    hidden = service.as_("beheerder").get(url).json()["voorbeeld"]
    assert [(row["objectNummer"], row["velden"]) for row in hidden] == [(None, []), (None, [])]
    assert service.as_("buur-planner").post(f"{url}/_doorvoeren").status_code == 404
    for _ in range(2):
        assert planner.post(f"{url}/_doorvoeren").status_code == 202
    import_file(Units(runtime), _id(read))
    real = planner.get(url).json()
    assert (real["proef"], real["nieuw"], real["gewijzigd"], real["voorbeeld"]) == (False, 1, 1, [])
    assert planner.post(f"{url}/_doorvoeren").json()["status"] == "klaar"
    stored = {row["nummer"]: row for row in planner.get("/objecten").json()["resultaten"]}
    assert stored["O-00000"]["importId"] == stored["O-00001"]["importId"] == real["id"]
    assert (stored["O-00000"]["naam"], stored["O-00000"]["bron"]) == ("Andere naam", "register")
    assert (real["peildatum"], real["licentie"]) == ("2026-01-02", None)


def test_an_unknown_layout_names_the_nearest(runtime: Runtime, municipality: Municipality) -> None:
    assert municipality.accounts
    columns = tuple(name for name in RISK if name != "reden")
    text = as_csv({name: RISK[name] for name in columns}, columns=columns)
    record = run(runtime, text.encode(), None)
    assert record.status is Importstatus.MISLUKT
    assert record.melding is not None
    assert "reden" in record.melding.rpartition("ontbreken")[2]
    assert RISICO.value in record.melding
    register = run(runtime, HORECA, None)
    assert (register.indeling, register.licentie) == (AMSTERDAM, "CC0-1.0")


def test_rejected_rows_are_mended_and_sent_again(service: Service, runtime: Runtime) -> None:
    wrong = {"objectnummer": "O-2", "huisnummer": "3", "postcode": "geheim!", "capaciteit": "veel"}
    rows = [ROW, ROW | wrong | {"naam": "=SOM(A1)"}, ROW | {"objectnummer": "O-3", "type": "WINKEL", "naam": '-5;"x"'}]
    import_id = store(runtime, as_csv(*rows).encode())
    url = f"/importen/{import_id}/afgewezen-rijen"
    assert service.as_("planner").get(url).status_code == 409
    import_file(Units(runtime), import_id)
    got = service.as_("planner").get(url)
    assert got.status_code == 200, got.text
    assert got.content.startswith("\ufeff".encode())
    mended = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [(row["veldwachtRegel"], row["naam"], row["postcode"]) for row in mended] == [
        ("3", "'=SOM(A1)", "geheim!"),
        ("4", '\'-5;"x"', "9901 AB"),
    ]
    assert all(name in mended[0]["veldwachtReden"] for name in ("postcode", "capaciteit"))
    with runtime.system_unit("test", write=False) as uow:
        assert any(str(import_id) == row.object_id for row in uow.session.exec(_audited("afgewezen_rijen_ophalen")))
        assert not any(b"geheim" in row.waarden.blob for row in uow.session.exec(select(AfgewezenInvoer)))
    mended[0] |= {"postcode": "9901 AB", "capaciteit": "4"}
    mended[1] |= {"type": "BEDR", "huisnummer": "8"}
    names = tuple(mended[0])
    done = run(runtime, as_csv(*mended, columns=names).encode("utf-8-sig"))
    assert counts(done) == (2, 0, 0, 0)
    assert done.melding is None
    with runtime.system_unit("test", write=False) as uow:
        assert {row.naam for row in uow.session.exec(select(Object))} == {ROW["naam"], "=SOM(A1)", '-5;"x"'}
    assert service.as_("buur-planner").get(url).status_code == 404
    risk = run(runtime, as_csv(RISK | {"reden": ""}).encode(), RISICO)
    statuses = [service.as_(who).get(f"/importen/{risk.id}/afgewezen-rijen").status_code
                for who in ("planner", "vergunningverlener", "beheerder")]  # fmt: skip
    assert statuses == [200, 403, 403]


@pytest.mark.parametrize("value", ["", "a", "=1", "'=1", "''@x", "'t Hoekje", "-5", "+31", "\tx", "'"])
def test_guarding_a_formula_is_undone(value: str) -> None:
    assert unguard(guard(value)) == value
    assert guard(value)[:1] not in {"=", "+", "-", "@", "\t"}


def _register(*places: int) -> bytes:
    document: dict[str, Any] = json.loads(HORECA)
    good = [feature for at, feature in enumerate(document["features"]) if at not in {6, 7}]
    return json.dumps(document | {"features": [good[at] for at in places]}).encode()


def _gone(runtime: Runtime) -> int:
    with runtime.system_unit("test", write=False) as uow:
        return len([row for row in uow.session.exec(select(Vergunning)) if row.verdwenen_op is not None])


def test_a_source_that_loses_much_is_confirmed_first(service: Service, runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        set_norm(uow, "IMPORT_VERLIES_PROCENT", 20)
    whole = run(runtime, _register(*range(7)), AMSTERDAM)
    total = whole.nieuw + whole.gewijzigd
    preview = run(runtime, _register(0, 2, 3), AMSTERDAM, proef=True)
    assert (_gone(runtime), preview.te_bevestigen) == (0, 0)
    assert preview.melding is not None
    assert "bevestigd" in preview.melding
    shrunk = run(runtime, _register(0, 2, 3), AMSTERDAM)
    lost = total - 3
    assert (_gone(runtime), shrunk.te_bevestigen) == (0, lost)
    planner = service.as_("planner")
    assert planner.post(f"/importen/{whole.id}/_bevestigen").status_code == 409
    for _ in range(2):
        assert planner.post(f"/importen/{shrunk.id}/_bevestigen").status_code == 200
        assert _gone(runtime) == lost
    run(runtime, _register(*range(7)), AMSTERDAM)
    assert _gone(runtime) == 0
    late = run(runtime, _register(0, 2, 3), AMSTERDAM)
    run(runtime, _register(*range(7)), AMSTERDAM)
    assert planner.post(f"/importen/{late.id}/_bevestigen").status_code == 409
    assert _gone(runtime) == 0


def test_a_report_is_deleted_and_a_term_passes(service: Service, runtime: Runtime) -> None:
    planner = service.as_("planner")
    content = as_csv(ROW, ROW | {"objectnummer": "O-2", "type": "X"}).encode()
    done, kept, preview = run(runtime, content), run(runtime, content), run(runtime, content, proef=True)
    assert kept.melding is not None
    assert "al eerder ingelezen" in kept.melding
    waiting = store(runtime, content)
    assert planner.delete(f"/importen/{waiting}").status_code == 409
    for _ in range(2):
        assert planner.delete(f"/importen/{done.id}").status_code == 204
    assert str(done.id) not in {row["id"] for row in planner.get("/importen").json()["resultaten"]}
    assert planner.get(f"/importen/{done.id}").json()["verwijderdOp"] is not None
    assert planner.get(f"/importen/{done.id}/afwijzingen").json()["resultaten"] == []
    with runtime.system_unit("test") as uow:
        assert len(uow.session.exec(select(AfgewezenInvoer)).all()) == 2
        for row in uow.session.exec(select(Import)):
            if row.opruimen_op is not None:
                term = timedelta(hours=24) if row.proef else timedelta(days=30)
                assert row.klaar_op is not None
                assert row.opruimen_op - row.klaar_op == term
                row.opruimen_op = uow.now
    clean_up_imports(Units(runtime))
    with runtime.system_unit("test", write=False) as uow:
        assert uow.session.exec(select(AfgewezenInvoer)).all() == []
        assert uow.session.exec(select(Importverdwijning)).all() == []
        assert len(uow.session.exec(select(Bestand)).all()) == 1  # of the one that waits
        assert len(uow.session.exec(select(Object)).all()) == 1
    assert planner.get(f"/importen/{kept.id}/afgewezen-rijen").status_code == 409
    assert len(planner.get(f"/importen/{kept.id}/afwijzingen").json()["resultaten"]) == 1
    assert planner.post(f"/importen/{preview.id}/_doorvoeren").status_code == 409


def _id(body: dict[str, Any]) -> UUID:
    return UUID(body["id"])


def _audited(action: str) -> Any:  # noqa: ANN401 - a statement
    return select(Auditregel).where(Auditregel.actie == action)
