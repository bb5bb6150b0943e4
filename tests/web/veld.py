"""A day of work for a team of its own: two inspectors, a team leader, twelve places of every type, one of them integral."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.bevindingen.service.bevindingen import seal_answer
from app.bevindingen.status import Barriere, Klasse
from app.bevindingen.tables import Bevinding
from app.controles.service.planning import ActiePlan, ControlePlan, plan_acties, plan_controles
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import business_date
from app.core.columns import SealedText
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.status import Teamsoort, Wet
from app.gemeenten.tables import Aanwijzing, Account, Team, Teamlid
from app.maatregelen.status import Maatregelsoort, Maatregelstatus
from app.maatregelen.tables import Maatregel
from app.objecten.status import Objecttype, Vergunningsoort, Vergunningstatus
from app.objecten.tables import Adres, Object, Vergunning
from demo.gebieden import CENTRE
from demo.gemeente import CODE

TYPES = ("HOR", "SEKS", "BEDR", "MASS", "LOG", "HOT", "WON", "HOR", "SEKS", "BEDR", "LOG", "HOR")
PERMITS = {
    Objecttype.SEKS: Vergunningsoort.SEKSINRICHTING,
    Objecttype.MASS: Vergunningsoort.MASSAGE,
    Objecttype.HOR: Vergunningsoort.HORECA,
    Objecttype.LOG: Vergunningsoort.LOGIES,
}
FIRST, STEP = 9 * 60, 40
EARLIER = 10
"""Which of the places was controlled and closed before."""


def store_day(uow: UnitOfWork, nummer: int, partners: list[UUID]) -> dict[str, Any]:
    """Stores team, accounts, places and controls of today; answers what a test needs to know of them."""
    today = business_date(uow.now)
    team = Team(gemeentecode=CODE, naam=f"Proefteam {nummer}", soort=Teamsoort.TOEZICHT)
    uow.session.add(team)
    uow.session.flush()
    accounts = {
        f"veld-{nummer}-a": [Rol.TOEZICHTHOUDER],
        f"veld-{nummer}-b": [Rol.TOEZICHTHOUDER],
        f"veld-{nummer}-teamleider": [Rol.TEAMLEIDER],
    }
    ids = {sub: _account(uow, sub, rollen, team.id) for sub, rollen in accounts.items()}
    plan = ActiePlan(
        gemeentecode=CODE, datum=today, verzamelpunt="Parkeerplaats Proefkade", aanvang=1, partner_ids=partners
    )
    actie = plan_acties(uow, [plan])[0]
    plekken = [_place(uow, nummer, place, Objecttype(soort)) for place, soort in enumerate(TYPES, start=1)]
    plans = [
        ControlePlan(
            object_id=plek.id,
            team_id=team.id,
            datum=today,
            aanvang=FIRST + STEP * place,
            volgorde=place,
            aanleiding=Aanleiding.INTEGRALE_ACTIE if place == len(plekken) else Aanleiding.NORM,
            actie_id=actie if place == len(plekken) else None,
            integraal=place == len(plekken),
        )
        for place, plek in enumerate(plekken, start=1)
    ]
    made = plan_controles(uow, plans)
    for controle in made:
        uow.session.get_one(Controle, controle).status = Controlestatus.VRIJGEGEVEN
    _earlier(uow, plekken[EARLIER])
    later = [
        ControlePlan(
            object_id=plekken[0].id,
            team_id=team.id,
            datum=today + timedelta(days=1),
            aanvang=FIRST,
            volgorde=1,
            aanleiding=Aanleiding.NORM,
        ),
        *_action_of_tomorrow(uow, plekken[2], team.id, partners),
    ]
    for controle in plan_controles(uow, later):
        uow.session.get_one(Controle, controle).status = Controlestatus.VRIJGEGEVEN
    return {
        "teamId": str(team.id),
        "accounts": {sub: str(account) for sub, account in ids.items()},
        "datum": today.isoformat(),
        "controles": [
            {"id": str(controle), "type": str(plek.type), "naam": plek.naam, "objectId": str(plek.id)}
            for controle, plek in zip(made, plekken, strict=True)
        ],
    }


def _action_of_tomorrow(uow: UnitOfWork, plek: Object, team_id: UUID, partners: list[UUID]) -> list[ControlePlan]:
    """An integral action in the evening of tomorrow: its address is not told today, whenever the tests run (PLN-18)."""
    tomorrow = business_date(uow.now) + timedelta(days=1)
    plan = ActiePlan(
        gemeentecode=CODE, datum=tomorrow, verzamelpunt="Station Proefkade", aanvang=23 * 60, partner_ids=partners
    )
    actie = plan_acties(uow, [plan])[0]
    return [
        ControlePlan(
            object_id=plek.id,
            team_id=team_id,
            datum=tomorrow,
            aanvang=23 * 60,
            volgorde=2,
            aanleiding=Aanleiding.INTEGRALE_ACTIE,
            actie_id=actie,
            integraal=True,
        )
    ]


def _earlier(uow: UnitOfWork, plek: Object) -> None:
    """What an earlier control established there and must be looked at again, and a closure that opens a question (PLN-12, DAT-13)."""
    then = uow.now - timedelta(days=90)
    found = Bevinding(
        gemeentecode=CODE,
        object_id=plek.id,
        controle_id=new_id(),
        barriere=Barriere.HUISVESTING,
        item="HUI-10",
        checklistversie="HUI-1",
        klasse=Klasse.NALEVING,
        gewicht="N",
        antwoord=SealedText(b""),
        vastgesteld_op=then,
        hersteltermijn=business_date(uow.now) + timedelta(days=7),
    )
    found.antwoord = seal_answer(uow, found, "ja")
    uow.session.add(found)
    uow.session.add(
        Maatregel(
            gemeentecode=CODE,
            object_id=plek.id,
            soort=Maatregelsoort.SLUITING,
            grondslag="gemeentewet-174",
            status=Maatregelstatus.BEEINDIGD,
            opgelegd_op=then.date(),
            geldt_van=then.date(),
            geldt_tot=then.date() + timedelta(days=30),
            kenmerk="PROEF-1",
            inhoud_hash="-",
        )
    )


def end_account(uow: UnitOfWork, sub: str) -> None:
    """An account that the municipality ended since yesterday."""
    account = uow.session.exec(select(Account).where(col(Account.sub) == sub)).one()
    account.actief_tot = business_date(uow.now) - timedelta(days=1)


def _account(uow: UnitOfWork, sub: str, rollen: list[Rol], team_id: UUID) -> UUID:
    started = business_date(uow.now).replace(year=2024, day=1)
    account = Account(
        id=new_id(), sub=sub, gemeentecode=CODE, functie=sub, rollen=[str(rol) for rol in rollen], actief_vanaf=started
    )
    uow.session.add(account)
    uow.session.flush()
    uow.session.add(Teamlid(team_id=team_id, account_id=account.id))
    uow.session.add_all(
        Aanwijzing(account_id=account.id, gemeentecode=CODE, wet=wet, geldig_vanaf=started) for wet in Wet
    )
    return account.id


def _place(uow: UnitOfWork, nummer: int, place: int, soort: Objecttype) -> Object:
    x, y = CENTRE[0] + 40 * place, CENTRE[1] + 25 * nummer
    adres = Adres(
        gemeentecode=CODE, straat="Proefkade", huisnummer=100 * nummer + place, postcode="1001AB", woonplaats="Veldwachtstad",
        x=x, y=y,
    )  # fmt: skip
    uow.session.add(adres)
    uow.session.flush()
    plek = Object(
        gemeentecode=CODE,
        nummer=f"P{nummer}-{place}",
        type=soort,
        naam=f"Proefplek {nummer}.{place}",
        adres_id=adres.id,
        bron="verzonnen",
    )
    uow.session.add(plek)
    uow.session.flush()
    if soort in PERMITS:
        uow.session.add(
            Vergunning(
                gemeentecode=CODE,
                object_id=plek.id,
                soort=PERMITS[soort],
                status=Vergunningstatus.VERLEEND,
                nummer=f"V-{nummer}-{place}",
                geldig_vanaf=business_date(uow.now).replace(year=2024, day=1),
                bron="verzonnen",
            )
        )
    return plek
