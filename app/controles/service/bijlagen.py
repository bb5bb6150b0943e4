"""Photos of a control: announcing, looking, and the receipt of a control with its photos (design section 5)."""

from uuid import UUID

from app.bevindingen.errors import PhotoRefused
from app.bevindingen.schemas.bijlagen import Bijlageaankondiging, BijlageRead
from app.bevindingen.service import bijlagen
from app.checklists.rules.content import Antwoordtype
from app.controles.repository import controles as repository
from app.controles.schemas.bijlagen import OntvangstbewijsRead
from app.controles.service.controles import get_controle
from app.controles.service.fotoplaats import catalogue_of, flag_place_of, place_of
from app.controles.service.vlaggen import may_see_photos
from app.controles.tables import Controle
from app.core.errors import Forbidden
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rechten import RECHTEN


def announce(uow: UnitOfWork, data: Bijlageaankondiging, grootte: int) -> BijlageRead:
    """Announces a photo; the same again is the same photo. It may arrive before its control: then it is confidential until that is there.

    Raises:
        OtherPhoto: the id stands for another photo.
        PhotoRefused: no photo may be taken at this item or object (V-codes), or there are too many; all reasons at once.
        Forbidden: a role that makes no flags, or no controls.
    """
    of_flag = data.vlag_id is not None
    if not uow.caller.has(*RECHTEN["vlaggen_toevoegen" if of_flag else "controles_starten"].rollen):
        raise Forbidden("Uw rol mag hier geen foto bij sturen.")
    stored = bijlagen.announced(uow, data, grootte)
    if stored is not None:
        return stored
    if of_flag:
        plaats, faults = flag_place_of(uow, data)
    else:
        controle = next(iter(repository.with_ids(uow.session, [data.over])), None)
        plaats, faults = place_of(uow, controle, data)
    if faults:
        raise PhotoRefused("Deze foto kan niet worden aangenomen; zie 'fouten'.", faults)
    return bijlagen.announce(uow, data, grootte, plaats)


def photos_of(uow: UnitOfWork, controle_id: UUID) -> list[BijlageRead]:
    """Receipts of the photos of a control that the caller may see.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    return bijlagen.of_control(uow, get_controle(uow, controle_id).id)


def image(uow: UnitOfWork, bijlage_id: UUID) -> bytes:
    """The image of a photo, for who may see its control or made its flag with his team, the AF, and who sent it.

    Raises:
        BijlageNotFound: unknown, not visible, or not stored yet.
    """
    if bijlagen.flag_of(uow, bijlage_id) is not None:
        return bijlagen.image_of(uow, bijlage_id, lambda vlag_id: may_see_photos(uow, vlag_id))
    return bijlagen.image_of(
        uow, bijlage_id, lambda controle_id: repository.find(uow.session, uow.caller, controle_id) is not None
    )


def receipt_of(uow: UnitOfWork, controle_id: UUID) -> OntvangstbewijsRead:
    """What of a control has arrived: complete, or waiting for these photos.

    Raises:
        ControleNotFound: unknown or not visible.
    """
    controle = get_controle(uow, controle_id)
    waiting = _named(uow, controle) - bijlagen.stored_of(uow, controle_id)
    return OntvangstbewijsRead(
        controle_id=controle_id,
        versie=controle.versie,
        compleet=not waiting,
        wacht_op=sorted(waiting),
        bijlagen=bijlagen.of_control(uow, controle_id),
    )


def _named(uow: UnitOfWork, controle: Controle) -> set[UUID]:
    """Photos that the answers name."""
    catalogus = catalogue_of(controle)
    named: set[UUID] = set()
    for code, value in repository.compliance_answers(uow.session, controle.id).items():
        regel = catalogus.regels.get(code) if catalogus else None
        if regel is not None and regel.item.antwoordtype is Antwoordtype.FOTO and isinstance(value, list):
            named |= {found for name in value if (found := _as_id(name)) is not None}
    return named


def _as_id(name: object) -> UUID | None:
    try:
        return UUID(str(name))
    except ValueError:
        return None
