"""What controls hold goes by its dated term: confidential answers, choices, sealed observations, all answers, photos (DAT-15, section 12)."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from app.bevindingen.status import Bijlagestatus, Klasse
from app.bevindingen.tables import Bevinding, Bijlage
from app.controles.service.bewaartermijnen import clean_controls, clean_photos
from app.controles.tables import Antwoorden, Controle, Controlegebeurtenis
from app.core import bestanden
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.core.tables import Bestand, Datasleutel, Kenmerk
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.bewaarklok import LAATST
from app.gemeenten.tables import Vernietigingsverslag
from app.maatregelen.status import Maatregelsoort, Maatregelstatus
from app.maatregelen.tables import Maatregel, MaatregelBevinding
from app.objecten.service.bewaren import drop_reviewed
from app.objecten.status import Risicostatus
from app.objecten.tables import Object, Risicoadres
from app.signalen.tables import Signaal
from app.signalen.tasks import remove_what_may_not_stay
from tests.controles.conftest import Field, Tablet, today
from tests.objecten.stock import set_norm
from tests.support.municipality import STAD
from tests.support.service import Service

TERMS = {
    "VERTROUWELIJK_BEWAREN_MAANDEN": 12,
    "GEEN_SIGNAAL_BEWAREN_MAANDEN": 12,
    "VERZEGELD_BEWAREN_MAANDEN": 6,
    "CONTROLE_BEWAREN_MAANDEN": 60,
    "FOTO_BEWAREN_MAANDEN": 12,
    "RISICOADRES_BEWAREN_MAANDEN": 12,
    "BEWAREN_SPRONG_DAGEN": 7,
}
ANSWERS = {"HUI-02": 3, "ENT-21": "nee", "ENT-12": "nee", "ARB-02": "nee"}


@pytest.fixture(autouse=True)
def _terms(runtime: Runtime, veld: Field) -> None:  # noqa: ARG001 - the municipality must be stored
    with runtime.system_unit("test") as uow:
        for key, value in TERMS.items():
            set_norm(uow, key, value, "")
        uow.session.add(Kenmerk(naam=LAATST, waarde=uow.today.isoformat()))


def _closed(veld: Field, tablet: Tablet, answers: dict[str, object], key: str = "LOG", **keuze: str) -> UUID:
    controle = new_id()
    chosen = [tablet.event("keuze", controle, keuze)] if keuze else []
    tablet.send(tablet.event("controle-aangemaakt", controle, {"objectId": str(veld.objecten[key])}))
    veld.release(controle)
    sent = tablet.send(
        tablet.event("controle-gestart", controle, {"grond": "toestemming van een bewoner"}),
        tablet.answers(controle, answers),
        *chosen,
        tablet.event("controle-afgerond", controle),
    )
    assert all(result["status"].startswith("verwerkt") for result in sent), sent
    return controle


def _kept(uow: UnitOfWork, controle: UUID) -> str:
    """All that is stored of the answers of a control, readable."""
    row = uow.session.get_one(Antwoorden, controle)
    texts = [str(row.naleving), str(row.keuze_geen_signaal), f"punten {row.punten}"]
    if row.vertrouwelijk is not None:
        texts.append(uow.unseal(controle, "vertrouwelijk", row.vertrouwelijk))
    for event in uow.session.exec(select(Controlegebeurtenis).where(Controlegebeurtenis.controle_id == controle)).all():
        texts += [uow.unseal(controle, f"gebeurtenis.{event.id}", event.inhoud), str(event.oordeel)]
    for found in uow.session.exec(select(Bevinding).where(Bevinding.controle_id == controle)).all():
        texts += [found.item, uow.unseal(controle, f"bevinding.{found.item}", found.antwoord)]
    return " ".join(texts)


def _age(runtime: Runtime, controle: UUID, days: int) -> None:
    with runtime.system_unit("test") as uow:
        past = today() - timedelta(days=days)
        uow.session.execute(update(Controle).where(col(Controle.id) == controle).values(datum=past))


def _reports(uow: UnitOfWork) -> list[tuple[str, int]]:
    rows = uow.session.exec(select(Vernietigingsverslag).order_by(col(Vernietigingsverslag.id))).all()
    return [(row.soort, row.aantal) for row in rows]


def test_confidential_answers_go_after_a_year_and_compliance_stays(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = _closed(veld, tablet, {**ANSWERS, "IDE-20": "mat", "HUI-24": None})
    _age(runtime, controle, 360)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert "ENT-21" in _kept(uow, controle)
        old = uow.session.get_one(Datasleutel, controle).wrap
    _age(runtime, controle, 367)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        kept = _kept(uow, controle)
        assert "ENT-21" not in kept
        assert "HUI-02" in kept
        assert uow.session.get_one(Datasleutel, controle).wrap != old
        assert Klasse.VERTROUWELIJK not in uow.session.exec(select(Bevinding.klasse)).all()
        assert ("vertrouwelijke-antwoorden", 1) in _reports(uow)
        before = _reports(uow)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert _reports(uow) == before
    _age(runtime, controle, 10)
    late = tablet.send(tablet.answers(controle, {"ENT-21": "nee"}))
    assert late[0]["status"].startswith("verwerkt")
    _age(runtime, controle, 367)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert "ENT-21" not in _kept(uow, controle)


def test_the_choice_no_signal_goes_after_a_year(veld: Field, tablet: Tablet, runtime: Runtime) -> None:
    chosen = {"keuze": "geen-signaal", "reden": "Uitgelegd door de eigenaar."}
    controle = _closed(veld, tablet, {**ANSWERS, "IDE-07": "ja"}, "SEKS", **chosen)
    with runtime.system_unit("test") as uow:
        assert uow.session.get_one(Antwoorden, controle).keuze_geen_signaal
    _age(runtime, controle, 367)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert not uow.session.get_one(Antwoorden, controle).keuze_geen_signaal
        kept = _kept(uow, controle)
        assert "Uitgelegd" not in kept
        assert "geen-signaal" not in kept


def test_behind_a_signal_answers_follow_its_term_and_then_nothing_leads_to_the_place(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    controle = _closed(veld, tablet, {**ANSWERS, "ENT-12": "ja"})
    _age(runtime, controle, 900)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert "ENT-12" in _kept(uow, controle)
        closed = {"status": "gesloten", "sluitcode": "C7", "inhoud_weg_op": uow.today, "gesloten_op": uow.now}
        uow.session.execute(update(Signaal).values(**closed))
    remove_what_may_not_stay(runtime.system_unit)
    _age(runtime, controle, 10)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        kept = _kept(uow, controle)
        assert "ENT-12" not in kept
        assert "HUI-02" in kept
        signaal = uow.session.exec(select(Signaal)).one()
        assert (signaal.controle_id, signaal.object_id, signaal.automatisch_voor) == (None, None, None)
    again = tablet.send(tablet.answers(controle, {"ENT-12": "ja"}))
    assert again[0]["status"].startswith("verwerkt")
    with runtime.system_unit("test") as uow:
        assert len(uow.session.exec(select(Signaal)).all()) == 2


@pytest.mark.parametrize(("toestemming", "goes"), [("nee", True), ("ja", False)])
def test_what_was_seen_without_consent_goes_after_six_months(
    veld: Field, tablet: Tablet, runtime: Runtime, toestemming: str, goes: bool
) -> None:
    entered = {"BEV-01": "woning of bewoond deel", "BEV-03": "toestemming van een bewoner", "BEV-04": toestemming}
    controle = _closed(veld, tablet, {**entered, "HUI-02": 3, "HUI-01": 5}, "WON")
    _age(runtime, controle, 178)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert "HUI-02" in _kept(uow, controle)
    _age(runtime, controle, 190)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert ("HUI-02" not in _kept(uow, controle)) is goes
        assert uow.session.get_one(Controle, controle).status.value == "afgerond"


@pytest.mark.parametrize("measure", [False, True])
def test_all_answers_go_after_five_years_unless_a_measure_rests_on_them(
    veld: Field, tablet: Tablet, runtime: Runtime, measure: bool
) -> None:
    controle = _closed(veld, tablet, {**ANSWERS, "ARB-02": "ja"}, "SEKS")
    if measure:
        with runtime.system_unit("test") as uow:
            found = uow.session.exec(select(Bevinding.id).where(Bevinding.klasse == Klasse.NALEVING)).first()
            assert found is not None
        with runtime.system_unit("test") as uow:
            _rest(uow, veld.objecten["SEKS"], found)
    _age(runtime, controle, 1900)
    clean_controls(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        assert ("ARB-02" in _kept(uow, controle)) is measure
        assert (("controle-en-naleving", 1) in _reports(uow)) is not measure
        assert uow.session.get_one(Controle, controle).status.value == "afgerond"


def _rest(uow: UnitOfWork, object_id: UUID, bevinding_id: UUID) -> None:
    row = Maatregel(
        gemeentecode=STAD, object_id=object_id, soort=next(iter(Maatregelsoort)), grondslag="x", kenmerk="Z-1",
        status=next(iter(Maatregelstatus)), opgelegd_op=uow.today, geldt_van=uow.today, inhoud_hash="x",
    )  # fmt: skip
    uow.session.add(row)
    uow.session.flush()
    uow.session.add(MaatregelBevinding(maatregel_id=row.id, bevinding_id=bevinding_id))


def _photo(uow: UnitOfWork, controle: UUID, days: int) -> UUID:
    row = Bijlage(
        id=new_id(), gemeentecode=STAD, controle_id=controle, item="HUI-24", klasse=Klasse.VERTROUWELIJK,
        account_id=new_id(), sha256="0" * 64, grootte=4, ontvangen=4, status=Bijlagestatus.OPGESLAGEN,
        bestand_id=bestanden.store_bytes(uow, b"JPEG").id, genomen_op=uow.now - timedelta(days=days), gemaakt_op=uow.now,
    )  # fmt: skip
    uow.session.add(row)
    return row.id


def test_photos_go_after_a_year_with_their_keys_unless_a_signal_stands(
    veld: Field, tablet: Tablet, runtime: Runtime
) -> None:
    plain = _closed(veld, tablet, ANSWERS)
    behind = _closed(veld, tablet, {**ANSWERS, "ENT-12": "ja"}, "HOR")
    with runtime.system_unit("test") as uow:
        old, young, kept, stray = (
            _photo(uow, nr, days) for nr, days in ((plain, 367), (plain, 360), (behind, 900), (new_id(), 900))
        )
    clean_photos(runtime.system_unit)
    with runtime.system_unit("test") as uow:
        state = {row.id: row for row in uow.session.exec(select(Bijlage)).all()}
        assert [state[nr].status for nr in (old, stray)] == [Bijlagestatus.VERWIJDERD] * 2
        assert [state[nr].status for nr in (young, kept)] == [Bijlagestatus.OPGESLAGEN] * 2
        files = set(uow.session.exec(select(Bestand.id)).all())
        assert files == {state[young].bestand_id, state[kept].bestand_id}
        assert files <= set(uow.session.exec(select(Datasleutel.record_id)).all())
        assert _reports(uow) == [("foto", 2)]


def test_a_risk_address_without_new_facts_is_dropped_at_its_second_review(
    veld: Field, service: Service, runtime: Runtime
) -> None:
    del veld
    with runtime.system_unit("test") as uow:
        rows = []
        places = uow.session.exec(select(Object).where(Object.gemeentecode == STAD).limit(2)).all()
        for place, days in zip(places, (360, 367), strict=True):
            row = Risicoadres(
                gemeentecode=STAD, adres_id=place.adres_id, object_id=place.id, reden="veel verloop", bron="melding",
                in_beeld_op=uow.today - timedelta(days=600), herzien_op=uow.today - timedelta(days=days),
                controle_voor=uow.today,
            )  # fmt: skip
            uow.session.add(row)
            rows.append(row.id)
    with runtime.system_unit("test") as uow:
        assert drop_reviewed(uow) == 1
        assert drop_reviewed(uow) == 0
    with runtime.system_unit("test") as uow:
        young, old = (uow.session.get_one(Risicoadres, nr) for nr in rows)
        assert (young.reden, young.status) == ("veel verloop", Risicostatus.OPEN)
        assert (old.reden, old.bron, old.status) == ("verwijderd", "verwijderd", Risicostatus.VERVALLEN)
    shown = service.as_("beheerder").get("/vernietigingsverslagen").json()
    assert "veel verloop" not in json.dumps(shown)
