"""Which roles may stand on one account: who manages accounts reads no signals (design, opening table)."""

from collections.abc import Collection

from app.gemeenten.rules.rollen import AFSTEMMERS, Rol

_LEEST_SIGNALEN = frozenset({Rol.AF, Rol.TEAMLEIDER})


def role_fault(rollen: Collection[Rol], domein: str | None) -> str | None:
    """What is wrong with these roles together, in Dutch, or None."""
    faults = (
        (Rol.SYSTEEM in rollen, "bevat de rol van de dienst zelf; die is niet voor accounts"),
        (len(set(rollen)) != len(rollen), "noemt een rol twee keer"),
        (
            Rol.BEHEERDER in rollen and not _LEEST_SIGNALEN.isdisjoint(rollen),
            "combineert beheerder met een rol die signalen ziet; verdeel die over twee accounts",
        ),
        (
            not AFSTEMMERS.isdisjoint(rollen) and len(rollen) > 1,
            "combineert een afstemmer van politie of OM met een andere rol; dat account doet alleen dit",
        ),
        (
            Rol.AF in rollen and domein is None,
            "bevat aandachtsfunctionaris zonder domein; kies zorg of veiligheid",
        ),
        (
            Rol.AF not in rollen and domein is not None,
            "hoort niet bij een domein; een domein is alleen voor een aandachtsfunctionaris",
        ),
    )
    return next((text for wrong, text in faults if wrong), None)
