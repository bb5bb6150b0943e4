"""The sealed document of a hand-over: only what was shared, for one recipient, for a time (DAT-03)."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import update
from sqlmodel import col, select

from app.core.runtime import Runtime
from app.core.tables import Auditregel, Bestand, Datasleutel
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Norm, Partner
from app.signalen.rules.pakketten import may_go_along, password
from app.signalen.tables import Overdracht, SignaalBevinding
from app.signalen.tasks import erase_ended_packages
from tests.support.service import Service
from tests.support.signaalstappen import Walk, share, store_partners
from tests.support.signalen import Field, hit

TEKST = "Matrassen achter de keuken."


@pytest.fixture
def partners(runtime: Runtime, field: Field) -> dict[str, str]:  # noqa: ARG001 - the municipality must be stored
    with runtime.system_unit("test") as uow:
        uow.session.add(
            Norm(sleutel="PAKKET_OPHALEN_MAXIMAAL", waarde=2, eenheid="", geldig_vanaf=date(2020, 1, 1), bron="test")
        )
    return store_partners(runtime, Partnersoort.POLITIE, Partnersoort.ARBEIDSINSPECTIE, Partnersoort.ZORGCOORDINATOR)


class Handed:
    """A signal that was handed over with a sealed document."""

    def __init__(self, service: Service, walk: Walk, partner: str, *velden: str, grond: str) -> None:
        self.service = service
        item = {**share(partner, grond, *velden), "kanaal": "verzegeld-document"}
        answer = walk.step("uitzetten", {"overdrachten": [item]})
        if answer.status_code == 202:
            assert walk.decide(answer.json()["verzoek"]).json()["status"] == "akkoord"
        rows = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]
        self.row: dict[str, Any] = next(row for row in rows if row["partnerId"] == partner)

    def act(self, name: str, sub: str = "af") -> httpx.Response:
        """One act on the hand-over, at its present version."""
        url = f"/overdrachten/{self.row['id']}"
        etag = self.service.as_("af").get(url).headers["ETag"]
        return self.service.as_(sub).post(f"{url}/_{name}", headers={"If-Match": etag})


def _text(pdf: bytes, wachtwoord: str) -> str:
    reader = PdfReader(BytesIO(pdf), password=wachtwoord)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def walk(service: Service, field: Field, partners: dict[str, str], runtime: Runtime) -> Walk:  # noqa: ARG001 - stored
    walk = Walk(service, field.objects["HOR"], nietPluis=True, tekst=TEKST)
    found = field.control([hit("ARB-26"), hit("IDE-03"), hit("HUI-21")])
    with runtime.system_unit("test") as uow:
        for link in uow.session.exec(select(SignaalBevinding).where(SignaalBevinding.signaal_id == found.id)).all():
            uow.session.add(SignaalBevinding(signaal_id=UUID(walk.id), bevinding_id=link.bevinding_id))
    return walk.triaged().care()


@pytest.mark.requirement("DAT-03")
def test_it_holds_what_was_shared_and_opens_with_its_password_only(
    walk: Walk, service: Service, partners: dict[str, str]
) -> None:
    velden = ("adres-vorm-urgentie", "antwoorden-vertrouwelijk")
    handed = Handed(service, walk, partners["arbeidsinspectie"], *velden, grond="publieke-taak-opsporing")
    answer = handed.act("verzegelen")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    pdf = service.anonymous().get(made["adres"])
    assert (pdf.status_code, pdf.headers["cache-control"]) == (200, "no-store")
    assert hashlib.sha256(pdf.content).hexdigest() == made["sha256"]
    sealed = PdfReader(BytesIO(pdf.content))
    assert sealed.is_encrypted
    how: Any = sealed.trailer["/Encrypt"]
    assert (how["/R"], how["/CF"]["/StdCF"]["/CFM"]) == (6, "/AESV3")
    for guess in ("", made["wachtwoord"][:-1], handed.row["kenmerk"]):
        assert not sealed.decrypt(guess)
    told = _text(pdf.content, made["wachtwoord"])
    for expected in (handed.row["kenmerk"], "arbeidsinspectie", "Voorbeeldstraat 3", "arbeid", "ARB-26"):
        assert expected in told
    # Not shared, not for this kind of partner (IDE), and never (HUI-21).
    for hidden in (TEKST, "111222333", "Plek 3", "IDE-03", "HUI-21", "Niet-pluisgevoel"):
        assert hidden not in told


@pytest.mark.requirement("DAT-03")
def test_a_share_without_a_ground_that_fits_is_refused(
    walk: Walk, service: Service, partners: dict[str, str], field: Field
) -> None:
    del field
    without = {**share(partners["politie-mensenhandel"]), "kanaal": "verzegeld-document"}
    without.pop("grond")
    assert walk.step("uitzetten", {"overdrachten": [without]}).status_code == 400
    wrong = {**share(partners["politie-mensenhandel"], "convenant"), "kanaal": "verzegeld-document"}
    assert walk.step("uitzetten", {"overdrachten": [wrong]}).status_code == 409
    assert len(service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"]) == 1


def test_it_is_fetched_so_often_logged_and_then_gone_for_good(
    walk: Walk, service: Service, partners: dict[str, str], runtime: Runtime
) -> None:
    handed = Handed(
        service, walk, partners["politie-mensenhandel"], "feitelijke-tekst", grond="publieke-taak-opsporing"
    )
    made = handed.act("verzegelen").json()
    assert handed.act("verzegelen").status_code == 409
    assert made["keren"] == 2
    first = service.anonymous().get(made["adres"])
    assert TEKST in _text(first.content, made["wachtwoord"])
    assert service.anonymous().get(made["adres"]).status_code == 200
    assert service.anonymous().get(made["adres"]).status_code == 404
    with runtime.system_unit("test") as uow:
        logged = uow.session.exec(select(Auditregel.object_id).where(Auditregel.actie == "pakketten_ophalen")).all()
        assert logged == [handed.row["id"]] * 2
        row = uow.session.get_one(Overdracht, UUID(handed.row["id"]))
        assert (row.pakket_id, row.pakket_sleutelhash, row.pakket_hash) == (None, None, made["sha256"])
        assert uow.session.exec(select(Bestand)).all() == []
        secret, kept = made["adres"].rpartition("/")[2], str(uow.session.connection().exec_driver_sql(
            "select * from overdrachten").mappings().all())  # fmt: skip
        assert secret not in kept
        assert made["wachtwoord"] not in kept
    assert handed.act("verzegelen").status_code == 201
    reports = service.as_("beheerder").get("/vernietigingsverslagen").json()["resultaten"]
    assert [row["soort"] for row in reports] == ["verzegeld-document"]


@pytest.mark.parametrize("how", ["expired", "swept", "withdrawn"])
def test_a_document_past_its_time_is_not_told_from_one_that_never_was(
    walk: Walk, service: Service, partners: dict[str, str], runtime: Runtime, how: str
) -> None:
    handed = Handed(
        service, walk, partners["politie-mensenhandel"], "adres-vorm-urgentie", grond="publieke-taak-opsporing"
    )
    made = handed.act("verzegelen").json()
    assert datetime.fromisoformat(made["verlooptOp"]) > datetime.now(UTC) + timedelta(hours=71)
    if how == "withdrawn":
        assert handed.act("pakketintrekken").status_code == 204
        assert handed.act("pakketintrekken").status_code == 409
    else:
        with runtime.system_unit("test") as uow:
            keys = len(uow.session.exec(select(Datasleutel)).all())
            past = uow.now - timedelta(seconds=1)
            uow.session.execute(update(Overdracht).where(col(Overdracht.pakket_id).is_not(None)).values(pakket_verloopt_op=past))  # fmt: skip
    if how == "swept":
        erase_ended_packages(runtime.system_unit)
        with runtime.system_unit("test") as uow:
            assert uow.session.exec(select(Bestand)).all() == []
            assert len(uow.session.exec(select(Datasleutel)).all()) == keys - 1
    gone = service.anonymous().get(made["adres"])
    never = service.anonymous().get("/v1/pakketten/" + "a" * 43)
    told = [{**answer.json(), "instance": None} for answer in (gone, never)]
    assert gone.status_code == 404
    assert told[0] == told[1]


def test_only_for_its_channel_and_while_the_agreement_holds(
    walk: Walk, service: Service, partners: dict[str, str], runtime: Runtime
) -> None:
    care = service.as_("af").get(f"/overdrachten?signaalId={walk.id}").json()["resultaten"][0]
    url = f"/overdrachten/{care['id']}/_verzegelen"
    assert service.as_("af").post(url, headers={"If-Match": '"1"'}).status_code == 409
    assert service.as_("buur-af").post(url, headers={"If-Match": '"1"'}).status_code == 404
    handed = Handed(
        service, walk, partners["politie-mensenhandel"], "adres-vorm-urgentie", grond="publieke-taak-opsporing"
    )
    with runtime.system_unit("test") as uow:
        yesterday = uow.today - timedelta(days=1)
        uow.session.execute(update(Partner).values(geldig_tot=yesterday))
    refused = handed.act("verzegelen")
    assert (refused.status_code, refused.json()["detail"]) == (409, "De afspraak met deze partner geldt niet meer.")


def test_what_never_goes_along_and_how_a_password_looks() -> None:
    assert may_go_along("politie-mensenhandel", "IDE-03")
    assert not may_go_along("politie-mensenhandel", "HUI-21")
    assert not may_go_along("arbeidsinspectie", "IDE-03")
    assert password(lambda letters: letters[0]) == "aaaaa-aaaaa-aaaaa-aaaaa-aaaaa"


@pytest.mark.requirement("DAT-06")
def test_a_police_report_cannot_be_uploaded_only_referred_to(walk: Walk, service: Service, field: Field) -> None:
    report = {"bestand": ("rapportage.pdf", b"%PDF-1.7 politie", "application/pdf")}
    for path in ("/signalen", f"/signalen/{walk.id}/_verrijken", "/overdrachten", "/maatregelen"):
        assert service.as_("af").post(path, files=report).status_code in {405, 415}, path
        raw = service.as_("af").post(path, content=b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
        assert raw.status_code in {405, 415}, path
    # A decision keeps the reference of the rapportage, and has no field for what stands in it.
    described = service.anonymous().get("/v1/openapi.json").json()
    uploads = {
        path
        for path, methods in described["paths"].items()
        for method in methods.values()
        if "multipart/form-data" in method.get("requestBody", {}).get("content", {})
    }
    assert uploads == {"/importen", "/risicogebieden/_inlezen"}
    assert "kenmerk" in described["components"]["schemas"]["MaatregelCreate"]["properties"]
    del field


def test_an_address_that_is_no_object_stands_in_the_document(
    service: Service, field: Field, partners: dict[str, str]
) -> None:
    """What the desk knows is a postcode and a number; without it the recipient could not go anywhere."""
    walk = Walk(service, field.objects["HOR"], objectId=None, adres={"postcode": "9999ZX", "huisnummer": 31})
    walk.triaged(vormen=["seksueel"]).care()
    handed = Handed(service, walk, partners["politie-mensenhandel"], "adres-vorm-urgentie", grond="vitaal-belang")
    made = handed.act("verzegelen").json()
    told = _text(service.anonymous().get(made["adres"]).content, made["wachtwoord"])
    for expected in ("9999ZX 31", "Vitaal belang", "seksueel"):
        assert expected in told
