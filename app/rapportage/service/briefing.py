"""The briefing sheet of an integral action: time, meeting point, roles, powers and a contact card; no signal and nothing confidential.

Addresses stand on it from the briefing on (PLN-18, RPT-03), also for who prepares the action: a sheet on paper is passed on.
"""

from uuid import UUID

from app.controles.rules.contactkaart import LIJST, OPENBARE_NUMMERS
from app.controles.service.briefing import Briefinggegevens, Briefingstop, briefing_of
from app.core.clock import AMSTERDAM, moment_of, time_of_day
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.schemas.partners import PartnerRead
from app.gemeenten.service.aanwijzingen import designated_accounts
from app.gemeenten.service.gemeenten import require_gemeente
from app.gemeenten.service.lijsten import characteristics
from app.gemeenten.service.partners import partners_valid_on
from app.gemeenten.service.piket import current_piket
from app.gemeenten.service.teams import team_members
from app.gemeenten.status import Partnersoort
from app.objecten.service.objecten import objects_by_ids
from app.rapportage.schemas.briefing import BriefingAdres, BriefingContact, BriefingDienst, BriefingRead

ZORG = frozenset({Partnersoort.ZORGCOORDINATOR, Partnersoort.ZORGCOORDINATOR_JEUGD})
TOEZICHT = "toezicht en handhaving; houdt de leiding"
RANG = {1: "Aandachtsfunctionaris met piket", 2: "Aandachtsfunctionaris, vervanger"}


def briefing_sheet(uow: UnitOfWork, actie_id: UUID) -> BriefingRead:
    """The briefing sheet of an action, for who takes part in it or prepares it.

    Raises:
        ActieNotFound: unknown or not visible.
    """
    found = briefing_of(uow, actie_id)
    actie = found.actie
    partners = {partner.id: partner for partner in partners_valid_on(uow, actie.gemeentecode, actie.datum)}
    moment = actie.adressen_vanaf
    return BriefingRead(
        gemeente=require_gemeente(uow, actie.gemeentecode).naam,
        datum=actie.datum,
        aanvang=_clock(actie.aanvang),
        verzamelpunt=actie.verzamelpunt,
        aanspreekpunt=actie.aanspreekpunt,
        diensten=_services(uow, found, partners),
        contactkaart=_contacts(uow, found, partners),
        adressen_vanaf=moment,
        adressen_vanaf_tekst="op de dag zelf"
        if moment is None
        else f"{moment.astimezone(AMSTERDAM):%d-%m-%Y om %H:%M uur}",
        adressen=_addresses(uow, found.stops or []),
    )


def _services(uow: UnitOfWork, found: Briefinggegevens, partners: dict[UUID, PartnerRead]) -> list[BriefingDienst]:
    lines = []
    for service in found.deelnemers:
        partner = partners.get(service.partner_id) if service.partner_id else None
        if service.partner_id is None:
            lines.append(BriefingDienst(dienst=service.dienst, taken=TOEZICHT, bevoegdheid=_laws(uow, found)))
        else:
            lines.append(
                BriefingDienst(
                    dienst=service.dienst,
                    taken=partner.taken if partner else "",
                    bevoegdheid=partner.grondslag if partner else "",
                )
            )
    return lines


def _laws(uow: UnitOfWork, found: Briefinggegevens) -> str:
    """The laws for which the teams are designated that day; not those of the places, which would tell what they are."""
    members = {member for team in team_members(uow, found.teams).values() for member in team}
    designated = designated_accounts(uow, found.actie.gemeentecode, found.actie.datum)
    laws = sorted({law.value for member in members for law in designated.get(member, ())})
    return f"aangewezen voor: {', '.join(laws)}" if laws else ""


def _contacts(uow: UnitOfWork, found: Briefinggegevens, partners: dict[UUID, PartnerRead]) -> list[BriefingContact]:
    actie = found.actie
    card = {naam: nummer for _, naam, nummer in OPENBARE_NUMMERS}
    for row in characteristics(uow, LIJST, actie.gemeentecode).values():
        if {"naam", "nummer"} <= row.keys():
            card[str(row["naam"])] = str(row["nummer"])
    start = moment_of(actie.datum, actie.aanvang or 0)
    for rang, naam in RANG.items():
        shift = current_piket(uow, actie.gemeentecode, start, rang)
        if shift is not None and shift.nummer:
            card[naam] = shift.nummer
    for partner in partners.values():
        if partner.soort in ZORG and partner.kanaal:
            card[partner.naam] = partner.kanaal
    return [BriefingContact(naam=naam, bereikbaar=number) for naam, number in card.items()]


def _addresses(uow: UnitOfWork, stops: list[Briefingstop]) -> list[BriefingAdres]:
    places = objects_by_ids(uow, {stop.object_id for stop in stops}) if stops else {}
    lines = []
    for number, stop in enumerate((stop for stop in stops if stop.object_id in places), 1):
        place = places[stop.object_id]
        a = place.adres
        house = f"{a.huisnummer}{a.huisletter}{'-' if a.toevoeging else ''}{a.toevoeging}"
        lines.append(
            BriefingAdres(
                volgorde=number,
                aanvang=_clock(stop.aanvang),
                naam=place.naam,
                adres=f"{a.straat} {house}, {a.postcode} {a.woonplaats}",
            )
        )
    return lines


def _clock(minute: int | None) -> str | None:
    return None if minute is None else time_of_day(minute)
