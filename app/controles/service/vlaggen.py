"""Flags of the Pandbrigade: a ratio against the dated norm, and the address in view in the same transaction (REG-09)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

from app.bevindingen.service import bijlagen
from app.controles.errors import AndereInhoud, TekstGeweigerd, VlagNotFound
from app.controles.repository import vlaggen as repository
from app.controles.rules.ontvangstbewijs import digest
from app.controles.rules.overbewoning import Verhouding, ratio
from app.controles.schemas.vlaggen import VlagCreate, VlagRead
from app.controles.service.fotoplaats import is_forbidden_at
from app.controles.status import Vlagsoort
from app.controles.tables import Vlag
from app.core.caller import Caller
from app.core.clock import AMSTERDAM, business_date
from app.core.errors import Fout
from app.core.http.paging import Paging
from app.core.text_filter import Filteroordeel, check_text, refuse_or_warn
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.service.normen import norm_value
from app.objecten.schemas.risicoadressen import RisicoadresActivering
from app.objecten.service.adressen import ensure_adres
from app.objecten.service.objecten import ensure_woning
from app.objecten.service.opzoeken import addresses_by_ids
from app.objecten.service.risicoadressen import activate_risicoadres

TOELICHTING = "toelichting"
BRON = "Pandbrigade"
FOTOROLLEN = (Rol.PANDBRIGADE, Rol.AF)
REDENEN: dict[Vlagsoort, str] = {
    Vlagsoort.ILLEGALE_BEWONING: "Melding van gebruik als woning zonder toestemming",
    Vlagsoort.OVERBEWONING: "Minder woonruimte per bewoner dan de norm",
    Vlagsoort.WOONOVERLAST: "Melding van woonoverlast",
    Vlagsoort.MALAFIDE_KAMERVERHUUR: "Melding over kamerverhuur",
}


def add_vlag(uow: UnitOfWork, data: VlagCreate) -> tuple[VlagRead, bool]:
    """Stores a flag and brings the address into view; sending it again answers the stored one.

    Overbewoning comes into view below the norm only; the other kinds always.

    Returns:
        The flag, and whether it is new.

    Raises:
        TekstGeweigerd: the explanation holds what may not be stored; it is a dwelling, so no reason helps (V11).
        AndereInhoud: the id stands for something else.
        GemeenteNotFound: the caller does not work there.
    """
    sha256 = digest(data.model_dump(mode="json"))
    known = repository.stored(uow.session, data.id)
    if known is not None:
        if known.sha256 != sha256 or repository.find(uow.session, uow.caller, data.id) is None:
            raise AndereInhoud
        return show_vlaggen(uow, [known])[0], False
    _check_text(data.toelichting)
    gemeentecode = data.gemeentecode or uow.caller.gemeentecode
    adres = ensure_adres(uow, gemeentecode, data.adres)
    norm = norm_value(uow, gemeentecode, Normsleutel.OVERBEWONING_WONING_M2, uow.today)
    verhouding = ratio(data.m2, data.personen, norm)
    vlag = Vlag(
        id=data.id,
        gemeentecode=gemeentecode,
        adres_id=adres.id,
        risicoadres_id=_bring_into_view(uow, data.soort, adres.id, verhouding),
        soort=data.soort,
        m2=data.m2,
        bedden=data.bedden,
        personen=data.personen,
        m2_per_persoon=verhouding.m2_per_persoon,
        norm_m2=norm,
        onder_norm=verhouding.onder_norm,
        onder_halve_norm=verhouding.onder_halve_norm,
        toelichting=uow.seal(data.id, TOELICHTING, data.toelichting) if data.toelichting else None,
        account_id=uow.caller.account_id,
        team_id=min(uow.caller.teams, default=None),
        gemeld_op=uow.now,
        sha256=sha256,
    )
    uow.session.add(vlag)
    uow.session.flush()
    bijlagen.adopt_of_flag(uow, vlag.id, gemeentecode, refused=is_forbidden_at(uow, adres.id))
    uow.audit("vlag", vlag.id, vlag.gemeentecode)
    return show_vlaggen(uow, [vlag])[0], True


def list_vlaggen(uow: UnitOfWork, paging: Paging) -> Sequence[Vlag]:
    """Flags that the caller may see, newest first; one more than a page."""
    return repository.page(uow.session, uow.caller, paging)


def get_vlag(uow: UnitOfWork, vlag_id: UUID) -> VlagRead:
    """One flag.

    Raises:
        VlagNotFound: unknown or not visible.
    """
    vlag = repository.find(uow.session, uow.caller, vlag_id)
    if vlag is None:
        raise VlagNotFound
    return show_vlaggen(uow, [vlag])[0]


def flagged_addresses(uow: UnitOfWork, gemeentecode: str, since: date) -> dict[UUID, date]:
    """Per address the day of the last flag since a day that gave reason to look, in one query; never its kind, numbers or words.

    It is for planning, whoever asks: who may hear that a place was flagged, `may_know_flags` says.
    """
    begin = datetime.combine(since, time(), tzinfo=AMSTERDAM).astimezone(UTC)
    found = repository.newest_per_address(uow.session, gemeentecode, begin)
    return {adres_id: business_date(moment) for adres_id, moment in found.items()}


def may_know_flags(caller: Caller) -> bool:
    """Whether a caller may hear of any address of his municipality that it was flagged; a team knows its own only (ROL-07)."""
    return caller.is_system or caller.has(*repository.GEMEENTEBREED)


def may_see_photos(uow: UnitOfWork, vlag_id: UUID) -> bool:
    """Whether the caller may see the photos of a flag: the team that made it and the AF, never a planner."""
    return uow.caller.has(*FOTOROLLEN) and repository.find(uow.session, uow.caller, vlag_id) is not None


def show_vlaggen(uow: UnitOfWork, rows: Sequence[Vlag]) -> list[VlagRead]:
    """Flags with their address; explanation and photos for the own team and the AF only."""
    adressen = addresses_by_ids(uow, {row.adres_id for row in rows})
    uow.load_data_keys(row.id for row in rows if row.toelichting is not None)
    sees = uow.caller.has(*FOTOROLLEN)
    fotos = bijlagen.stored_of_flags(uow, [row.id for row in rows]) if sees else {}
    return [
        VlagRead(
            **row.model_dump(exclude={"adres_id", TOELICHTING, "account_id", "team_id", "sha256"}),
            adres=adressen[row.adres_id],
            toelichting=_words(uow, row),
            fotos=fotos.get(row.id, []),
        )
        for row in rows
    ]


def _words(uow: UnitOfWork, row: Vlag) -> str | None:
    own_team = row.team_id is not None and row.team_id in uow.caller.teams
    if row.toelichting is None or not (own_team or uow.caller.has(Rol.AF)):
        return None
    return uow.unseal(row.id, TOELICHTING, row.toelichting)


def _bring_into_view(uow: UnitOfWork, soort: Vlagsoort, adres_id: UUID, verhouding: Verhouding) -> UUID | None:
    if soort is Vlagsoort.OVERBEWONING and not verhouding.onder_norm:
        return None
    woning = ensure_woning(uow, adres_id)
    return activate_risicoadres(uow, RisicoadresActivering(woning.id, REDENEN[soort], BRON, uow.today)).id


def _check_text(toelichting: str | None) -> None:
    hits = check_text(toelichting or "")
    if refuse_or_warn(hits, strict=True) is Filteroordeel.WEIGEREN:
        fouten = [Fout("body.toelichting", hit.melding) for hit in hits]
        raise TekstGeweigerd("De toelichting bevat gegevens die niet bewaard mogen worden; zie 'fouten'.", fouten)
