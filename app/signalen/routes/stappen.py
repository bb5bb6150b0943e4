"""The steps of the AF over HTTP: one shape for all of them. A step that needs a second person is asked of him, and answered with 202."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.core.http.versions import IfMatch, set_etag
from app.core.http.work import Work
from app.signalen.schemas import stappen as s
from app.signalen.schemas.overdrachten import VerrijkingRead
from app.signalen.service.postvak import read_signaal
from app.signalen.service.stappen import STAPPEN, take_step
from app.signalen.service.verrijking import enrichment_of
from app.signalen.service.vierogen import ask_second
from app.signalen.status import Actie

router = APIRouter(tags=["signalen"])
WACHT: dict[int | str, dict[str, Any]] = {
    202: {"model": s.StapUitkomst, "description": "Er is een tweede aandachtsfunctionaris om akkoord gevraagd."}
}
OOK_TWEEDE = " Als er een tweede persoon nodig is, wordt die gevraagd en staat het verzoek in het antwoord."


@dataclass(frozen=True)
class Staproute:
    """How one step is told over HTTP; what is asked for it stands with the step itself (`STAPPEN`).

    Attributes:
        naam: of the path `/signalen/{id}/_naam` and of the operation `signalen_naam`.
        tweede: some of these steps wait for a second person.
    """

    actie: Actie
    naam: str
    summary: str
    description: str
    tweede: bool = False


STAPROUTES = (
    Staproute(
        Actie.VERRIJKEN,
        "verrijken",
        "Beginnen met informatie verzamelen",
        "Noteer waarvoor. Daarna ziet u wat de gemeente over de plek weet.",
    ),
    Staproute(
        Actie.TRIEREN,
        "trieren",
        "Een signaal beoordelen",
        "Vorm (onbekend mag), urgentie, of er mogelijk een minderjarige is, en of u de zorgcoördinator inlicht. "
        "Wat u weglaat, blijft zoals het was.",
        tweede=True,
    ),
    Staproute(
        Actie.URGENTIE_WIJZIGEN,
        "urgentie",
        "De urgentie wijzigen",
        "Verhogen gaat direct; verlagen met een tweede persoon.",
        tweede=True,
    ),
    Staproute(
        Actie.ZC_INLICHTEN,
        "zorginlichten",
        "Vastleggen dat de zorgcoördinator is ingelicht",
        "Met tijdstip en hoe; de zorgcoördinator krijgt alleen adres, vorm en urgentie.",
    ),
    Staproute(
        Actie.UITZETTEN,
        "uitzetten",
        "Een signaal overdragen aan partners",
        "Per partner de grond en wat u deelt. Alleen aan partners met een geldige afspraak.",
        tweede=True,
    ),
    Staproute(
        Actie.IN_BEHANDELING_NEMEN,
        "behandelen",
        "Een partner heeft het signaal in behandeling",
        "Met het kenmerk van de partner.",
    ),
    Staproute(
        Actie.MONITOREN,
        "monitoren",
        "Een signaal later opnieuw bekijken",
        "Kies een datum, hoogstens 90 dagen vooruit.",
    ),
    Staproute(
        Actie.SLUITEN,
        "sluiten",
        "Een signaal sluiten",
        "Met een reden uit de lijst, het overleg en de terugkoppeling.",
        tweede=True,
    ),
    Staproute(
        Actie.SAMENVOEGEN,
        "samenvoegen",
        "Een signaal samenvoegen met een ander",
        "Alleen als het om hetzelfde object of dezelfde gebeurtenis gaat. De hoogste urgentie blijft.",
    ),
    Staproute(
        Actie.OVERDRAGEN_AF,
        "overdragen",
        "Een signaal overdragen aan een andere gemeente",
        "De aandachtsfunctionaris daar krijgt een nieuw signaal met alleen adres, vorm en urgentie. Sluit het uwe daarna met C9.",
    ),
    Staproute(
        Actie.VRIJGEVEN,
        "vrijgeven",
        "Beslissen wat er met het adres mag gebeuren",
        "Markeren in de BRP, een brief en een huisbezoek: elk ja of nee. Drie keer nee haalt het adresonderzoek weg.",
    ),
    Staproute(
        Actie.HEROPENEN,
        "heropenen",
        "Een gesloten signaal heropenen",
        "Met een nieuw feit; na een jaar met een tweede persoon.",
        tweede=True,
    ),
    Staproute(
        Actie.VERWIJDEREN_VOOR_TERMIJN,
        "verwijderen",
        "De inhoud van een gesloten signaal eerder verwijderen",
        "Altijd met een tweede persoon. Het signaal blijft meetellen in de cijfers.",
        tweede=True,
    ),
    Staproute(
        Actie.AFSCHERMEN,
        "afschermen",
        "Een signaal langs de gesloten route laten gaan",
        "Als blijkt dat het over een collega of bestuurder gaat. Wie het aangaat, ziet het daarna niet meer; u zelf ook niet als het over "
        "uw domein gaat. Een andere aandachtsfunctionaris gaat ermee verder.",
    ),
    Staproute(
        Actie.BEWAREN_VASTHOUDEN,
        "vasthouden",
        "Een signaal langer bewaren",
        "De bewaartermijn staat stil tot u het signaal loslaat, bijvoorbeeld zolang er een rechtszaak loopt.",
    ),
    Staproute(
        Actie.BEWAREN_LOSLATEN,
        "loslaten",
        "Een signaal niet langer vasthouden",
        "De bewaartermijn geldt weer; is die voorbij, dan wordt de inhoud verwijderd.",
    ),
)


def _endpoint(actie: Actie) -> Callable[..., s.StapUitkomst]:
    vorm = STAPPEN[actie].vorm

    def take(
        uow: Work,
        signaal_id: UUID,
        data: vorm,  # type: ignore[valid-type]  # each step has its own shape, known when the routes are made
        response: Response,
        if_match: IfMatch = None,
    ) -> s.StapUitkomst:
        signaal, acts = take_step(uow, signaal_id, actie, data, if_match)
        request = ask_second(uow, signaal, actie, data, acts[0]) if acts else None
        if request is not None:
            response.status_code = 202
        set_etag(response, signaal.versie)
        return s.StapUitkomst(gedaan=request is None, signaal=read_signaal(uow, signaal), verzoek=request)

    return take


for _route in STAPROUTES:
    router.add_api_route(
        f"/signalen/{{signaal_id}}/_{_route.naam}",
        _endpoint(_route.actie),
        methods=["POST"],
        name=f"signalen_{_route.naam}",
        operation_id=f"signalen_{_route.naam}",
        summary=_route.summary,
        description=_route.description + (OOK_TWEEDE if _route.tweede else ""),
        responses=WACHT if _route.tweede else None,
    )


@router.get(
    "/signalen/{signaal_id}/verrijking",
    operation_id="signalen_verrijking",
    summary="Wat de gemeente over de plek weet",
    description="Eerdere bevindingen over naleving, gekoppelde bedrijven en eerdere signalen.",
)
def signalen_verrijking(uow: Work, signaal_id: UUID) -> VerrijkingRead:
    """The enrichment."""
    return enrichment_of(uow, signaal_id)
