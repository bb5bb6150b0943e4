"""The steps of the AF over HTTP. A step that needs a second person is asked of him, and answered with 202."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.schemas import ApiInput
from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.core.unit_of_work import UnitOfWork
from app.signalen.schemas import stappen as s
from app.signalen.schemas.overdrachten import VerrijkingRead
from app.signalen.service.postvak import read_signaal
from app.signalen.service.stappen import take_step
from app.signalen.service.verrijking import enrichment_of
from app.signalen.service.vierogen import ask_second
from app.signalen.status import Actie

router = APIRouter(tags=["signalen"])
WACHT: dict[int | str, dict[str, Any]] = {
    202: {"model": s.StapUitkomst, "description": "Er is een tweede aandachtsfunctionaris om akkoord gevraagd."}
}
OOK_TWEEDE = " Als er een tweede persoon nodig is, wordt die gevraagd en staat het verzoek in het antwoord."


def _step(
    uow: UnitOfWork, signaal_id: UUID, actie: Actie, data: ApiInput, if_match: str | None, response: Response
) -> s.StapUitkomst:
    signaal, acts = take_step(uow, signaal_id, actie, data, if_match)
    request = ask_second(uow, signaal, actie, data, acts[0]) if acts else None
    if request is not None:
        response.status_code = 202
    set_etag(response, signaal.versie)
    return s.StapUitkomst(gedaan=request is None, signaal=read_signaal(uow, signaal), verzoek=request)


@router.post(
    "/signalen/{signaal_id}/_verrijken",
    operation_id="signalen_verrijken",
    summary="Beginnen met informatie verzamelen",
    description="Noteer waarvoor. Daarna ziet u wat de gemeente over de plek weet.",
)
def signalen_verrijken(
    uow: Work, signaal_id: UUID, data: s.Verrijken, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Starts the enrichment."""
    return _step(uow, signaal_id, Actie.VERRIJKEN, data, if_match, response)


@router.get(
    "/signalen/{signaal_id}/verrijking",
    operation_id="signalen_verrijking",
    summary="Wat de gemeente over de plek weet",
    description="Eerdere bevindingen over naleving, gekoppelde bedrijven en eerdere signalen.",
)
def signalen_verrijking(uow: Work, signaal_id: UUID) -> VerrijkingRead:
    """The enrichment."""
    return enrichment_of(uow, signaal_id)


@router.post(
    "/signalen/{signaal_id}/_trieren",
    operation_id="signalen_trieren",
    summary="Een signaal beoordelen",
    description="Vorm (onbekend mag), urgentie, of er mogelijk een minderjarige is, en of u de zorgcoördinator inlicht."
    + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_trieren(
    uow: Work, signaal_id: UUID, data: s.Trieren, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Triages."""
    return _step(uow, signaal_id, Actie.TRIEREN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_urgentie",
    operation_id="signalen_urgentie",
    summary="De urgentie wijzigen",
    description="Verhogen gaat direct; verlagen met een tweede persoon." + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_urgentie(
    uow: Work, signaal_id: UUID, data: s.UrgentieWijzigen, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Changes the urgency."""
    return _step(uow, signaal_id, Actie.URGENTIE_WIJZIGEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_zorginlichten",
    operation_id="signalen_zorginlichten",
    summary="Vastleggen dat de zorgcoördinator is ingelicht",
    description="Met tijdstip en hoe; de zorgcoördinator krijgt alleen adres, vorm en urgentie.",
)
def signalen_zorginlichten(
    uow: Work, signaal_id: UUID, data: s.ZorgcoordinatorInlichten, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Informs the zorgcoördinator (RTE-04)."""
    return _step(uow, signaal_id, Actie.ZC_INLICHTEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_uitzetten",
    operation_id="signalen_uitzetten",
    summary="Een signaal overdragen aan partners",
    description="Per partner de grond en wat u deelt. Alleen aan partners met een geldige afspraak." + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_uitzetten(
    uow: Work, signaal_id: UUID, data: s.Uitzetten, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Hands over."""
    return _step(uow, signaal_id, Actie.UITZETTEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_behandelen",
    operation_id="signalen_behandelen",
    summary="Een partner heeft het signaal in behandeling",
    description="Met het kenmerk van de partner.",
)
def signalen_behandelen(
    uow: Work, signaal_id: UUID, data: s.InBehandelingNemen, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """A partner works on it."""
    return _step(uow, signaal_id, Actie.IN_BEHANDELING_NEMEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_monitoren",
    operation_id="signalen_monitoren",
    summary="Een signaal later opnieuw bekijken",
    description="Kies een datum, hoogstens 90 dagen vooruit.",
)
def signalen_monitoren(
    uow: Work, signaal_id: UUID, data: s.Monitoren, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Parks."""
    return _step(uow, signaal_id, Actie.MONITOREN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_sluiten",
    operation_id="signalen_sluiten",
    summary="Een signaal sluiten",
    description="Met een reden uit de lijst, het overleg en de terugkoppeling." + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_sluiten(
    uow: Work, signaal_id: UUID, data: s.Sluiten, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Closes."""
    return _step(uow, signaal_id, Actie.SLUITEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_samenvoegen",
    operation_id="signalen_samenvoegen",
    summary="Een signaal samenvoegen met een ander",
    description="Alleen als het om hetzelfde object of dezelfde gebeurtenis gaat. De hoogste urgentie blijft.",
)
def signalen_samenvoegen(
    uow: Work, signaal_id: UUID, data: s.Samenvoegen, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Merges."""
    return _step(uow, signaal_id, Actie.SAMENVOEGEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_overdragen",
    operation_id="signalen_overdragen",
    summary="Een signaal overdragen aan een andere gemeente",
    description="De aandachtsfunctionaris daar krijgt een nieuw signaal met alleen adres, vorm en urgentie. Sluit het uwe daarna met C9.",
)
def signalen_overdragen(
    uow: Work, signaal_id: UUID, data: s.OverdragenGemeente, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Transfers (RTE-25)."""
    return _step(uow, signaal_id, Actie.OVERDRAGEN_AF, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_heropenen",
    operation_id="signalen_heropenen",
    summary="Een gesloten signaal heropenen",
    description="Met een nieuw feit; na een jaar met een tweede persoon." + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_heropenen(
    uow: Work, signaal_id: UUID, data: s.Heropenen, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Reopens."""
    return _step(uow, signaal_id, Actie.HEROPENEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_verwijderen",
    operation_id="signalen_verwijderen",
    summary="De inhoud van een gesloten signaal eerder verwijderen",
    description="Altijd met een tweede persoon. Het signaal blijft meetellen in de cijfers." + OOK_TWEEDE,
    responses=WACHT,
)
def signalen_verwijderen(
    uow: Work, signaal_id: UUID, data: s.VoorTermijnVerwijderen, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Removes the content before its term."""
    return _step(uow, signaal_id, Actie.VERWIJDEREN_VOOR_TERMIJN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_vasthouden",
    operation_id="signalen_vasthouden",
    summary="Een signaal langer bewaren",
    description="De bewaartermijn staat stil tot u het signaal loslaat, bijvoorbeeld zolang er een rechtszaak loopt.",
)
def signalen_vasthouden(
    uow: Work, signaal_id: UUID, data: s.Vasthouden, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Holds (DAT-15)."""
    return _step(uow, signaal_id, Actie.BEWAREN_VASTHOUDEN, data, if_match, response)


@router.post(
    "/signalen/{signaal_id}/_loslaten",
    operation_id="signalen_loslaten",
    summary="Een signaal niet langer vasthouden",
    description="De bewaartermijn geldt weer; is die voorbij, dan wordt de inhoud verwijderd.",
)
def signalen_loslaten(
    uow: Work, signaal_id: UUID, data: s.Vasthouden, response: Response, if_match: IfMatch = None
) -> s.StapUitkomst:
    """Lets go."""
    return _step(uow, signaal_id, Actie.BEWAREN_LOSLATEN, data, if_match, response)
