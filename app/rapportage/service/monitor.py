"""The monitor of signals: new ones per form, municipality of origin and source, per year; RIEC and long-running ones apart (MON-01 to MON-09)."""

from typing import Final

from app.core.errors import Fout, InvalidInput
from app.core.http.paging import Paging
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import list_gemeenten
from app.rapportage.schemas.monitor import (
    Bronaantal,
    Gemeenteaantal,
    Jaaraantal,
    MonitorReeksRead,
    MonitorSignalenRead,
    Vormaantal,
)
from app.signalen.rules.telling import Signaaltelling
from app.signalen.service.tellen import count_long_running, count_new, count_per_year
from app.signalen.status import Bronsoort

TOELICHTING: Final = [
    "Een signaal telt één keer in het totaal en bij elke vorm die erbij hoort; de vormen samen kunnen dus meer zijn dan het totaal.",
    "Niet meegeteld: samengevoegde signalen, foutieve invoer, mensensmokkel en wat aan een andere gemeente is gegeven.",
    "Wat bij het RIEC is ingebracht en wat nog loopt uit eerdere jaren, staat apart.",
    "Dit zijn gemelde signalen. Zij zeggen niet hoe vaak mensenhandel voorkomt; meer meldingen betekent dat er meer wordt gezien.",
]
ONBEKEND: Final = "onbekend"
EIGEN_TOEZICHT: Final = (Bronsoort.TOEZICHT, Bronsoort.PANDBRIGADE)
LANGSTE_REEKS: Final = 20


def signals_of_year(uow: UnitOfWork, jaar: int) -> MonitorSignalenRead:
    """The figures of the municipalities in which the caller works: of the region for its ketenregisseur, else the own one.

    Every municipality is shown, also with nothing, and so is the origin that nobody knows; their sum is the total.
    """
    names = {gemeente.code: gemeente.naam for gemeente in list_gemeenten(uow, Paging(limit=500, after=None))}
    figures = count_new(uow, jaar, names)
    return MonitorSignalenRead(
        jaar=jaar,
        nieuw=figures.nieuw,
        vormen=[Vormaantal(vorm=vorm, aantal=n, basis=figures.nieuw) for vorm, n in figures.per_vorm.items()],
        gemeenten=[
            Gemeenteaantal(
                gemeentecode=code,
                naam=ONBEKEND if code is None else names.get(code, code),
                aantal=n,
                basis=figures.nieuw,
            )
            for code, n in figures.per_gemeente.items()
        ],
        bronnen=[Bronaantal(bron=bron, aantal=n, basis=figures.nieuw) for bron, n in figures.per_bron.items()],
        eigen_toezicht=_own(figures),
        riec=figures.riec,
        langlopend=count_long_running(uow, jaar, names),
        toelichting=TOELICHTING,
    )


def signals_per_year(uow: UnitOfWork, van: int, tot: int) -> MonitorReeksRead:
    """The figures of years beside each other, for the same municipalities as `signals_of_year` (MON-04).

    Raises:
        InvalidInput: the last year lies before the first, or there are too many.
    """
    if not van <= tot < van + LANGSTE_REEKS:
        raise InvalidInput(
            "De reeks klopt niet; zie 'fouten'.",
            [Fout("query.tot", f"kies een jaar vanaf 'van', en hoogstens {LANGSTE_REEKS} jaar")],
        )
    names = {gemeente.code: gemeente.naam for gemeente in list_gemeenten(uow, Paging(limit=500, after=None))}
    years = count_per_year(uow, van, tot, names)
    return MonitorReeksRead(
        jaren=[
            Jaaraantal(jaar=jaar, nieuw=figures.nieuw, eigen_toezicht=_own(figures), riec=figures.riec)
            for jaar, figures in years.items()
        ],
        toelichting=TOELICHTING,
    )


def _own(figures: Signaaltelling) -> int:
    return sum(figures.per_bron[bron] for bron in EIGEN_TOEZICHT)
