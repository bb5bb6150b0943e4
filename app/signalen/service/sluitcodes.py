"""The reasons to close a signal: which a municipality uses, as dated versions, with the terms that hold today (RTE-22, DAT-15)."""

from uuid import UUID

from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import region_of
from app.gemeenten.service.normen import norm_table
from app.signalen.rules.sluitcodes import DUBBEL, SLUITCODES, Sluitcode, Telling, codes_used
from app.signalen.schemas.sluitcodes import SluitcodeRead, SluitcodeversieCreate, SluitcodeversieUpdate
from app.signalen.service.versies import Versiesoort
from app.signalen.tables import Sluitcodeversie


class SluitcodeversieNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "sluitcodeversie-niet-gevonden"

    def __init__(self, detail: str = "Deze versie van de sluitcodes bestaat niet, of u mag haar niet zien.") -> None:
        super().__init__(detail)


class SluitcodeversieBezet(Conflict):
    """Another version starts on that day, or this one can no longer change."""

    code = "sluitcodeversie-bezet"


VERSIES = Versiesoort(Sluitcodeversie, SluitcodeversieNotFound, SluitcodeversieBezet)


def list_codes(uow: UnitOfWork, gemeentecode: str | None = None) -> list[SluitcodeRead]:
    """All codes in order, with what holds today in the caller's municipality or another one of his region.

    A code that is switched off stands there too: signals that were closed with it stay readable.

    Raises:
        SluitcodeversieNotFound: a municipality outside the caller's region.
    """
    own = uow.caller.gemeentecode
    code = gemeentecode or own
    if code not in {own, *uow.caller.gemeenten, *region_of(uow, own)}:
        raise SluitcodeversieNotFound("Deze gemeente bestaat niet in deze dienst, of u werkt er niet.")
    norms, used = norm_table(uow, code, uow.today), codes_of(uow, code)
    return [_read(row, norms.get(row.bewaarnorm), used=row.code in used) for row in SLUITCODES.values()]


def codes_of(uow: UnitOfWork, gemeentecode: str) -> frozenset[str]:
    """The codes that a municipality uses today; all of them until it says otherwise."""
    row = VERSIES.on_day(uow, gemeentecode, uow.today)
    return codes_used(() if row is None else row.uitgeschakeld)


def add_version(uow: UnitOfWork, data: SluitcodeversieCreate) -> Sluitcodeversie:
    """Stores which codes a municipality does without from a day on.

    Raises:
        GemeenteNotFound: the caller does not work there.
        SluitcodeversieBezet: it would start in the past, or another version starts on that day.
    """
    return VERSIES.add(uow, Sluitcodeversie(**data.model_dump()))


def change_version(
    uow: UnitOfWork, versie_id: UUID, data: SluitcodeversieUpdate, if_match: str | None
) -> Sluitcodeversie:
    """Changes a version that does not hold yet.

    Raises:
        SluitcodeversieNotFound: unknown or not readable.
        PreconditionFailed: somebody else changed it.
        SluitcodeversieBezet: it holds already.
    """
    row = VERSIES.lock_unbegun(uow, versie_id, if_match)
    row.uitgeschakeld, row.bron = data.uitgeschakeld, data.bron
    return VERSIES.changed(uow, row)


def _read(code: Sluitcode, months: float | None, *, used: bool) -> SluitcodeRead:
    elsewhere = code.telling is Telling.ELDERS
    return SluitcodeRead(
        code=code.code,
        reden=code.reden,
        telt_als=code.telling,
        nieuw_signaal=code.nieuw_signaal,
        vier_ogen=code.tweede_persoon,
        overleg_nodig=code.overleg,
        zc_consult_nodig=code.zc_datum,
        in_gebruik=used,
        vast_omdat=code.vast or None,
        kiezen=used and code.code != DUBBEL,
        bewaar_maanden=0 if elsewhere else None if months is None else int(months),
        bewaarnorm=None if elsewhere else code.bewaarnorm.value,
    )
