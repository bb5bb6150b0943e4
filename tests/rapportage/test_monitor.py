"""The monitor of signals with the figures of Drenthe 2023 (MON-01, MON-02, MON-07, DAT-04)."""

from datetime import UTC, datetime
from itertools import chain, repeat

import pytest
from sqlmodel import Session

from app.core.caller import Caller
from app.core.http.schemas import ApiOutput
from app.core.identifiers import new_id
from app.core.runtime import Runtime
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.tables import Gemeente
from app.rapportage.schemas import monitor
from app.signalen.schemas.signalen import SignaalCreate
from app.signalen.service.indienen import submit_signaal
from app.signalen.status import Bronsoort, Vorm
from app.signalen.tables import Signaal
from tests.support.municipality import STAD, Municipality
from tests.support.service import Service

HERKOMST = {
    "Aa en Hunze": 0, "Assen": 11, "Emmen": 15, "Hoogeveen": 4, "Westerveld": 5, "Tynaarlo": 1, "Borger-Odoorn": 3,
    "Midden-Drenthe": 2, "Coevorden": 4, "Meppel": 7, "Noordenveld": 1, "De Wolden": 2,
}  # fmt: skip
ONBEKEND = 12
VORMEN = {Vorm.SEKSUEEL: 28, Vorm.ARBEID: 11, Vorm.CRIMINEEL: 7, Vorm.ONBEKEND: 21}
IN_2023 = datetime(2023, 5, 2, 9, tzinfo=UTC)


def submit(
    runtime: Runtime, gemeentecode: str, vormen: list[Vorm], moment: datetime = IN_2023, *, onbekend: bool = False
) -> Signaal:
    """A signal of an AF, sent at a moment; through the service, as the API does it."""
    caller = Caller(new_id(), "af-proef", gemeentecode, frozenset({gemeentecode}), frozenset({str(Rol.AF)}))
    place = {"anoniemBesproken": True} if onbekend else {"gemeentecode": gemeentecode}
    with runtime.unit(caller, "signalen_toevoegen", "test", write=True) as uow:
        uow.now = moment
        data = SignaalCreate.model_validate({"id": str(new_id()), "vormen": [str(v) for v in vormen], **place})
        made = submit_signaal(uow, data)
        row = uow.session.get(Signaal, made.ref.id)
        assert row is not None
        uow.session.expunge(row)
        return row


@pytest.fixture
def drenthe(runtime: Runtime, municipality: Municipality) -> dict[str, str]:  # noqa: ARG001 - the region must be stored
    """The twelve municipalities in the region of the ketenregisseur, and 67 signals of 2023."""
    codes = {naam: f"GM77{nr:02d}" for nr, naam in enumerate(HERKOMST, start=1)}
    with runtime.system_unit("test") as uow:
        uow.session.add_all(Gemeente(code=code, naam=naam, regio_code="RG99") for naam, code in codes.items())
    forms = chain.from_iterable(repeat(vorm, n) for vorm, n in VORMEN.items())
    for naam, times in HERKOMST.items():
        for _ in range(times):
            submit(runtime, codes[naam], [next(forms)])
    for _ in range(ONBEKEND):
        submit(runtime, codes["Emmen"], [next(forms)], onbekend=True)
    assert next(forms, None) is None
    return codes


@pytest.mark.requirement("MON-01", "MON-02", "MON-07", "DAT-04", "MON-08", "MON-09")
def test_the_figures_of_drenthe_2023(runtime: Runtime, service: Service, drenthe: dict[str, str]) -> None:
    figures = service.as_("ketenregisseur").get("/rapportages/monitor/signalen", params={"jaar": 2023}).json()
    forms = {row["vorm"]: row["aantal"] for row in figures["vormen"]}
    assert figures["nieuw"] == 67 == sum(forms.values())
    assert forms == {"seksueel": 28, "arbeid": 11, "crimineel": 7, "onbekend": 21, "orgaanverwijdering": 0}
    origins = {row["naam"]: row["aantal"] for row in figures["gemeenten"]}
    assert origins == {**HERKOMST, "Voorbeeldstad": 0, "Buurdorp": 0, "onbekend": ONBEKEND}
    assert sum(origins.values()) == 67
    assert {row["basis"] for row in figures["vormen"] + figures["gemeenten"]} == {67}
    assert any("zeggen niet hoe vaak mensenhandel voorkomt" in note for note in figures["toelichting"])
    submit(runtime, drenthe["Assen"], [Vorm.SEKSUEEL, Vorm.ARBEID])
    after = service.as_("ketenregisseur").get("/rapportages/monitor/signalen", params={"jaar": 2023}).json()
    both = {row["vorm"]: row["aantal"] for row in after["vormen"]}
    assert (after["nieuw"], both["seksueel"], both["arbeid"]) == (68, 29, 12)  # once in the total, in both forms


@pytest.mark.requirement("MON-03", "MON-04")
def test_sources_and_years_stand_beside_each_other(
    runtime: Runtime,
    service: Service,
    municipality: Municipality,  # noqa: ARG001 - as above
) -> None:
    rows = [submit(runtime, STAD, [Vorm.ARBEID], IN_2023.replace(year=year)) for year in (2021, 2023, 2023, 2023, 2023)]
    submit(runtime, STAD, [Vorm.ARBEID], datetime(2023, 12, 31, 23, 30, tzinfo=UTC))  # 2024 in the Netherlands
    sources = (Bronsoort.TOEZICHT, Bronsoort.POLITIE, Bronsoort.PANDBRIGADE, Bronsoort.ZORG, Bronsoort.TOEZICHT)
    with runtime.database.session(write=True) as session:
        for source, row in zip(sources, rows, strict=True):
            stored = session.get(Signaal, row.id)
            assert stored is not None
            stored.bron = source
        _close(session, rows[-1], "C5")
        session.commit()
    one = service.as_("bestuur").get("/rapportages/monitor/signalen", params={"jaar": 2023}).json()
    told = {row["bron"]: (row["aantal"], row["basis"]) for row in one["bronnen"]}
    assert set(told) == set(Bronsoort)
    assert (told["politie"], told["pandbrigade"], told["toezicht"], told["mma"]) == ((1, 3), (1, 3), (0, 3), (0, 3))
    assert (one["nieuw"], one["eigenToezicht"], one["riec"]) == (3, 1, 1)
    series = service.as_("bestuur").get("/rapportages/monitor/signalen/reeks", params={"van": 2020, "tot": 2024}).json()
    assert [(row["jaar"], row["nieuw"], row["riec"]) for row in series["jaren"]] == [
        (2020, 0, 0),
        (2021, 1, 0),
        (2022, 0, 0),
        (2023, 3, 1),
        (2024, 1, 0),
    ]
    for van, tot in ((2024, 2023), (2001, 2021)):
        wrong = service.as_("af").get("/rapportages/monitor/signalen/reeks", params={"van": van, "tot": tot})
        assert wrong.status_code == 400


@pytest.mark.requirement("MON-05")
def test_what_does_not_count_stands_apart(runtime: Runtime, service: Service, municipality: Municipality) -> None:  # noqa: ARG001 - as above
    """Closing codes of meldroute section 10; a year begins and ends at Dutch midnight."""
    codes = (None, "C1", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C13", "C14")
    rows = [(code, submit(runtime, STAD, [Vorm.ARBEID])) for code in codes]
    submit(runtime, STAD, [], datetime(2022, 12, 31, 22, 59, tzinfo=UTC))
    submit(runtime, STAD, [], datetime(2022, 12, 31, 23, 0, tzinfo=UTC))  # new year's day in the Netherlands
    with runtime.database.session(write=True) as session:
        for code, row in rows:
            if code is not None:
                _close(session, row, code)
        session.commit()
    for sub in ("af", "bestuur"):
        figures = service.as_(sub).get("/rapportages/monitor/signalen", params={"jaar": 2023}).json()
        assert (figures["nieuw"], figures["riec"], figures["langlopend"]) == (6, 2, 1)
        assert {row["naam"]: row["aantal"] for row in figures["gemeenten"]} == {"Voorbeeldstad": 6, "onbekend": 0}
    for sub in ("planner", "teamleider", "beheerder", "toezichthouder"):
        assert service.as_(sub).get("/rapportages/monitor/signalen", params={"jaar": 2023}).status_code == 403


@pytest.mark.requirement("MON-11")
def test_no_figure_crosses_two_dimensions() -> None:
    """Of form, municipality, source and year a row of the monitor names one."""
    dimensions = ("vorm", "gemeentecode", "bron", "jaar")
    shapes = [shape for shape in vars(monitor).values() if isinstance(shape, type) and issubclass(shape, ApiOutput)]
    rows = [shape for shape in shapes if {"aantal", "nieuw"} & set(shape.model_fields)]
    assert len(rows) >= 5
    assert [shape for shape in rows if sum(name in shape.model_fields for name in dimensions) > 1] == []


def _close(session: Session, row: Signaal, code: str) -> None:
    stored = session.get(Signaal, row.id)
    assert stored is not None
    stored.status, stored.sluitcode = type(stored.status)("gesloten"), code
