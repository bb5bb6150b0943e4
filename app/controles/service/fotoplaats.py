"""Where a photo may be taken, and whose it is; asked when one is announced and when its control is made (V5, design section 7)."""

from uuid import UUID

from app.bevindingen.schemas.bijlagen import Bijlageaankondiging, Bijlageplaats
from app.bevindingen.service import bijlagen
from app.bevindingen.status import Klasse
from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Antwoordtype, Item
from app.checklists.rules.library import ChecklistversieNotFoundError
from app.checklists.service import current_versions, get_catalogue
from app.controles.repository import vlaggen
from app.controles.tables import Controle
from app.core.clock import business_date
from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.objecten.service.objecten import objects_by_ids
from app.objecten.service.opzoeken import kinds_at
from app.objecten.status import Objecttype

MOST_PER_CONTROL, MOST_PER_FLAG = 300, 5
GEEN_FOTO = frozenset({Objecttype.SEKS, Objecttype.MASS})
GEEN_FOTOVRAAG = "bij deze vraag hoort geen foto; kies de fotovraag van de checklist"
NIET_HIER = "bij dit soort object mag hier geen foto worden gemaakt"


def place_of(uow: UnitOfWork, controle: Controle | None, data: Bijlageaankondiging) -> tuple[Bijlageplaats, list[Fout]]:
    """Where a photo of a control belongs, and all that stands against taking it there."""
    catalogus = catalogue_of(controle) if controle else _of_moment(data)
    regel = catalogus.regels.get(data.plek) if catalogus else None
    faults = [
        *_place_faults(regel.item if regel else None, _type_of(uow, controle)),
        *_number_faults(uow, data, catalogus),
    ]
    plaats = Bijlageplaats(
        gemeentecode=controle.gemeentecode if controle else uow.caller.gemeentecode,
        klasse=_class_of(catalogus if controle else None, data.plek),
    )
    return plaats, faults


def flag_place_of(uow: UnitOfWork, data: Bijlageaankondiging) -> tuple[Bijlageplaats, list[Fout]]:
    """Where a photo of a flag belongs, and all that stands against it; the flag may come after its photo (REG-09).

    Confidential whatever the ground: sender, own team and AF see it.
    """
    vlag = vlaggen.stored(uow.session, data.over)
    faults = []
    if vlag is not None and vlaggen.find(uow.session, uow.caller, vlag.id) is None:
        faults.append(Fout("vlagId", "deze vlag is niet van u of uw team"))
    elif vlag is not None and is_forbidden_at(uow, vlag.adres_id):
        faults.append(Fout("vlagId", NIET_HIER))
    if bijlagen.count_photos(uow, data.over) >= MOST_PER_FLAG:
        faults.append(Fout("vlagId", f"heeft al {MOST_PER_FLAG} foto's; trek er eerst een in"))
    return Bijlageplaats(vlag.gemeentecode if vlag else uow.caller.gemeentecode, Klasse.VERTROUWELIJK), faults


def is_forbidden_at(uow: UnitOfWork, adres_id: UUID) -> bool:
    """Whether no photo may be taken at an address: there is a sex or massage establishment (V1, V5)."""
    return not kinds_at(uow, adres_id).isdisjoint(GEEN_FOTO)


def adopt_photos(uow: UnitOfWork, controle: Controle) -> None:
    """Gives photos that came before their control its municipality and the class of their item."""
    catalogus = catalogue_of(controle)
    bijlagen.adopt(uow, controle.id, controle.gemeentecode, lambda item: _class_of(catalogus, item))


def catalogue_of(controle: Controle) -> Catalogus | None:
    """The lists that hold for a control; None when this service does not know them (yet)."""
    try:
        return get_catalogue(controle.checklistversies or current_versions(controle.datum))
    except ChecklistversieNotFoundError:
        return None


def _of_moment(data: Bijlageaankondiging) -> Catalogus | None:
    """The lists of the day on which the photo was taken, for a control that is not there yet."""
    try:
        return get_catalogue(current_versions(business_date(data.genomen_op)))
    except ChecklistversieNotFoundError:
        return None


def _class_of(catalogus: Catalogus | None, item: str) -> Klasse:
    """Confidential, unless the item is known to stand in a file (DAT-13)."""
    return Klasse.NALEVING if catalogus is not None and item in catalogus.in_dossier else Klasse.VERTROUWELIJK


def _type_of(uow: UnitOfWork, controle: Controle | None) -> Objecttype | None:
    if controle is None:
        return None
    place = objects_by_ids(uow, [controle.object_id]).get(controle.object_id)
    return None if place is None else place.type


def _place_faults(item: Item | None, objecttype: Objecttype | None) -> list[Fout]:
    """V5: photos only at the items that ask for one, never at an object type for which the item does not exist (never at SEKS)."""
    if item is None:
        return []  # a newer list than this service knows: kept, as its answers are
    if item.antwoordtype is not Antwoordtype.FOTO:
        return [Fout("item", GEEN_FOTOVRAAG)]
    if objecttype is not None and objecttype.value not in item.objecttypen:
        return [Fout("item", NIET_HIER)]
    return []


def _number_faults(uow: UnitOfWork, data: Bijlageaankondiging, catalogus: Catalogus | None) -> list[Fout]:
    faults = []
    most = catalogus.rekenregel.foto_maximum if catalogus else MOST_PER_CONTROL
    if bijlagen.count_photos(uow, data.over, data.item) >= most:
        faults.append(Fout("item", f"heeft al {most} foto's; trek er eerst een in"))
    if bijlagen.count_photos(uow, data.over) >= MOST_PER_CONTROL:
        faults.append(Fout("controleId", f"heeft al {MOST_PER_CONTROL} foto's"))
    return faults
