"""What does not fit together in a municipality profile."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from app.core.errors import Fout
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.profiel import GemeenteProfiel


def profile_faults(profile: GemeenteProfiel, areas: Mapping[str, object]) -> list[Fout]:
    """What does not fit together, all at once: double keys, references to nothing, shifts at one moment."""
    keys: dict[str, list[str]] = {
        "teams": [team.sleutel for team in profile.teams],
        "partners": [partner.sleutel for partner in profile.partners],
        "accounts": [account.sub for account in profile.accounts],
        "piketdiensten": [shift.sleutel for shift in profile.piketdiensten],
        "normen": [f"{norm.sleutel} {norm.geldig_vanaf}" for norm in profile.normen],
        "lijsten": [f"{value.lijst} {value.code}" for value in profile.lijsten],
    }
    faults = [
        Fout(part, f"noemt '{key}' vaker dan eens")
        for part, values in keys.items()
        for key, number in Counter(values).items()
        if number > 1
    ]
    faults += [
        Fout(f"gebieden.{index}.bestand", "is niet gevonden")
        for index, part in enumerate(profile.gebieden)
        if part.bestand not in areas
    ]
    faults += [
        Fout(f"accounts.{index}.teams", f"noemt team '{team}', dat niet in het profiel staat")
        for index, account in enumerate(profile.accounts)
        for team in account.teams
        if team not in keys["teams"]
    ]
    return faults + _roster_faults(profile)


def _roster_faults(profile: GemeenteProfiel) -> list[Fout]:
    on_call = {account.sub for account in profile.accounts if Rol.AF in account.rollen}
    faults = [
        Fout(f"piketdiensten.{index}.account", "is geen aandachtsfunctionaris uit het profiel")
        for index, shift in enumerate(profile.piketdiensten)
        if shift.account not in on_call
    ]
    for rang in (1, 2):
        shifts = sorted((s for s in profile.piketdiensten if s.rang == rang), key=lambda shift: shift.van)
        faults += [
            Fout(f"piketdiensten.{later.sleutel}", f"valt samen met '{earlier.sleutel}'")
            for earlier, later in pairwise(shifts)
            if later.van < earlier.tot
        ]
    return faults
