"""Report of findings, Bibob file and export on request of access: compliance only, the same for a place with and without a signal."""

from uuid import UUID

from app.checklists.rules.content import Antwoordtype
from app.checklists.service import get_catalogue
from app.controles.rules.overbewoning import ratio
from app.controles.service.historie import GeweestControle, control_that_took_place, history_of_object, who_was_there
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.teams import team_names_of
from app.gemeenten.service.verwijzingen import inspector_numbers
from app.objecten.schemas.objecten import AdresRead
from app.objecten.service.dossier import papers_of_object
from app.objecten.service.objecten import get_object
from app.objecten.service.vergunningen import get_vergunning
from app.rapportage.rules.grondslag import legal_grounds
from app.rapportage.schemas.rapporten import (
    BibobDossierRead,
    InzageRead,
    Overbewoning,
    RapportObject,
    RapportRead,
)
from app.rapportage.service.naleving import (
    answers_of,
    kind_of,
    measures_at,
    pieces,
    shortcomings_of,
    team_told,
    without_codes,
)

BINNENTREDEN = ("BEV-01", "BEV-02", "BEV-03", "BEV-04", "BEV-05", "BEV-07")
"""What was entered, on which ground, with which identification. Which services came along stays out: it hints at a suspicion."""

OPPERVLAK, BEWONERS, NORM = "HUI-01", "HUI-27", "NORM_M2"
ALLES = Paging(limit=500, after=None)


def report_of_findings(uow: UnitOfWork, controle_id: UUID) -> RapportRead:
    """The report of a finished control or an attempt (RPT-01; Awb 5:11 and on).

    Raises:
        ControleNotFound: unknown, not visible, or it did not take place yet.
        ObjectNotFound: its object is not visible.
    """
    controle = control_that_took_place(uow, controle_id)
    place = get_object(uow, controle.object_id)
    uow.audit("rapport", controle.id, controle.gemeentecode)
    sealed = controle.verzegeld
    return RapportRead(
        gemeente=require_gemeente(uow, controle.gemeentecode).naam,
        object=RapportObject(nummer=place.nummer, type=place.type, naam=place.naam, adres=_on_one_line(place.adres)),
        datum=controle.datum,
        soort=kind_of(controle),
        reden=controle.reden,
        team=team_told(place.type, team_names_of(uow, [controle.team_id]), controle.team_id),
        toezichthouders=inspector_numbers(uow, who_was_there(uow, controle.id)),
        grondslagen=legal_grounds(place.type),
        binnentreden=answers_of(controle, BINNENTREDEN),
        metingen=[] if sealed else answers_of(controle, Antwoordtype.GETAL),
        overbewoning=None if sealed else _space(controle),
        bedrijfsplan_versie=controle.bedrijfsplan_versie,
        tekortkomingen=without_codes(shortcomings_of(uow, [controle])[controle.id]),
        toelichtingen=[] if sealed else answers_of(controle, _remarks(controle)),
    )


def bibob_file(uow: UnitOfWork, vergunning_id: UUID) -> BibobDossierRead:
    """What a Bibob test of a permit and its renewals may rest on (INS-08, CAD-02).

    Raises:
        VergunningNotFound: unknown or not visible.
    """
    permit = get_vergunning(uow, vergunning_id)
    papers = papers_of_object(uow, permit.object_id)
    uow.audit("bibob-dossier", vergunning_id, permit.gemeentecode)
    chain = next(
        one
        for one in papers.vergunningen
        if one.soort is permit.soort and any(part.nummer == permit.nummer for part in one.stukken)
    )
    numbers = {part.nummer for part in chain.stukken}
    rows = history_of_object(uow, permit.object_id, ALLES)[: ALLES.limit]
    return BibobDossierRead(
        peildatum=uow.today,
        object=papers.object,
        vergunning=chain,
        bedrijfsplannen=papers.bedrijfsplannen,
        bibob_toetsen=[test for test in papers.bibob_toetsen if test.vergunningnummer in numbers],
        certificaten=papers.certificaten,
        maatregelen=measures_at(uow, permit.object_id),
        controles=pieces(rows, shortcomings_of(uow, rows)),
    )


def access_export(uow: UnitOfWork, object_id: UUID) -> InzageRead:
    """What is given on a request of access (art. 15 AVG, 41 UAVG); an object with and one without a signal look alike (DAT-14).

    Planned visits, risk addresses, Bibob tests and links are not in it: about those, as about what is confidential, a lawyer
    and the AF decide, outside this file and without a mark in it.

    Raises:
        ObjectNotFound: unknown or not visible.
    """
    papers = papers_of_object(uow, object_id)
    uow.audit("inzage", object_id, papers.object.gemeentecode)
    rows = history_of_object(uow, object_id, ALLES)[: ALLES.limit]
    return InzageRead(
        peildatum=uow.today,
        object=papers.object,
        vergunningen=papers.vergunningen,
        bedrijfsplannen=papers.bedrijfsplannen,
        certificaten=papers.certificaten,
        maatregelen=measures_at(uow, object_id),
        controles=pieces(rows, shortcomings_of(uow, rows)),
    )


def _remarks(controle: GeweestControle) -> list[str]:
    """Questions for a remark on compliance; the reference of a warrant is one of entering."""
    regels = get_catalogue(controle.checklistversies).regels if controle.checklistversies else {}
    texts = (code for code, regel in regels.items() if regel.item.antwoordtype is Antwoordtype.TEKST)
    return [code for code in texts if code not in BINNENTREDEN]


def _space(controle: GeweestControle) -> Overbewoning | None:
    m2, persons = controle.antwoorden.get(OPPERVLAK), controle.antwoorden.get(BEWONERS)
    if not isinstance(m2, float) or not isinstance(persons, float):
        return None
    norm = get_catalogue(controle.checklistversies).norm_values(controle.normen).get(NORM)
    space = ratio(m2, int(persons), norm)
    return Overbewoning(
        m2=m2,
        personen=int(persons),
        m2_per_persoon=None if space.m2_per_persoon is None else round(space.m2_per_persoon, 1),
        norm_m2=norm,
        halve_norm_m2=None if norm is None else norm / 2,
        onder_norm=space.onder_norm,
        onder_halve_norm=space.onder_halve_norm,
    )


def _on_one_line(adres: AdresRead) -> str:
    addition = f"-{adres.toevoeging}" if adres.toevoeging else ""
    return f"{adres.straat} {adres.huisnummer}{adres.huisletter}{addition}, {adres.postcode} {adres.woonplaats}"
