"""The reasons to close a signal, with the terms that hold in the caller's municipality today (RTE-22, DAT-15)."""

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.normen import norm_table
from app.signalen.rules.sluitcodes import SLUITCODES, Sluitcode, Telling
from app.signalen.schemas.sluitcodes import SluitcodeRead
from app.signalen.service.samenvoegen import DUBBEL


def list_codes(uow: UnitOfWork) -> list[SluitcodeRead]:
    """All codes in order. Their terms are dated norms, which the manager sets; what closing asks is the same everywhere."""
    norms = norm_table(uow, uow.caller.gemeentecode, uow.today)
    return [_read(code, norms.get(code.bewaarnorm)) for code in SLUITCODES.values()]


def _read(code: Sluitcode, months: float | None) -> SluitcodeRead:
    elsewhere = code.telling is Telling.ELDERS
    return SluitcodeRead(
        code=code.code,
        reden=code.reden,
        telt_als=code.telling,
        nieuw_signaal=code.nieuw_signaal,
        vier_ogen=code.tweede_persoon,
        overleg_nodig=code.overleg,
        zc_consult_nodig=code.zc_datum,
        kiezen=code.code != DUBBEL,
        bewaar_maanden=0 if elsewhere else None if months is None else int(months),
        bewaarnorm=None if elsewhere else code.bewaarnorm.value,
    )
