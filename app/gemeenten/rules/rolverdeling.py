"""Which roles may stand on one account: who manages accounts reads no signals (design, opening table)."""

from collections.abc import Collection

from app.gemeenten.rules.rollen import Rol

_LEEST_SIGNALEN = frozenset({Rol.AF, Rol.TEAMLEIDER})


def role_fault(rollen: Collection[Rol], domein: str | None) -> str | None:
    """What is wrong with these roles together, in Dutch, or None."""
    if Rol.SYSTEEM in rollen:
        return "bevat de rol van de dienst zelf; die is niet voor accounts"
    if len(set(rollen)) != len(rollen):
        return "noemt een rol twee keer"
    if Rol.BEHEERDER in rollen and not _LEEST_SIGNALEN.isdisjoint(rollen):
        return "combineert beheerder met een rol die signalen ziet; verdeel die over twee accounts"
    if Rol.AF in rollen and domein is None:
        return "bevat aandachtsfunctionaris zonder domein; kies zorg of veiligheid"
    if Rol.AF not in rollen and domein is not None:
        return "hoort niet bij een domein; een domein is alleen voor een aandachtsfunctionaris"
    return None
