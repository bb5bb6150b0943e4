"""Loads a municipality from its profile (design section 7, running it). A repeat changes nothing: what stands is the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from app.core.errors import Conflict, InvalidInput
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.adapters import bestanden
from app.gemeenten.repository import accounts as account_repository
from app.gemeenten.repository import gemeenten as repository
from app.gemeenten.repository import teams as team_repository
from app.gemeenten.schemas.profiel import GemeenteProfiel, LijstRegel, NormSeeds
from app.gemeenten.service import gebieden, lijsten, normen, partners
from app.gemeenten.service.opslaan import Row, add_missing
from app.gemeenten.service.profielfouten import profile_faults
from app.gemeenten.tables import Aanwijzing, Account, Gemeente, Partner, Piketdienst, Regio, Team, Teamlid

_NAMESPACE = UUID("6f1c5a0e-8d0b-5c58-9f3d-5b6f0d3e7a11")


class InvalidProfiel(InvalidInput):
    """A profile whose parts do not fit together; `fouten` names each."""

    code = "profiel-ongeldig"


class ProfielBotst(Conflict):
    """Subjects of the profile belong to accounts of another municipality."""

    code = "profiel-botst"


@dataclass
class Resultaat:
    """What loading did.

    Attributes:
        toegevoegd: stored records per kind; empty on a repeat.
        afwijkend: records that stand with other content than the profile says; they were left alone.
    """

    toegevoegd: dict[str, int] = field(default_factory=dict)
    afwijkend: list[str] = field(default_factory=list)

    def note(self, kind: str, number: int) -> None:
        """Counts stored records."""
        if number:
            self.toegevoegd[kind] = self.toegevoegd.get(kind, 0) + number


def stable_id(gemeentecode: str, kind: str, key: str) -> UUID:
    """The id of a record of a profile: the same key gives the same id each time."""
    return uuid5(_NAMESPACE, f"{gemeentecode}/{kind}/{key}")


def seed_national(uow: UnitOfWork, norm_seeds: NormSeeds, list_values: Sequence[LijstRegel]) -> Resultaat:
    """Stores the national norms and the values of shared lists, before any municipality. A repeat changes nothing."""
    result = Resultaat()
    result.note("normen", normen.seed_norms(uow, normen.NATIONAL, norm_seeds.landelijk))
    result.note("lijsten", lijsten.seed_list_values(uow, "", list_values))
    return result


def load_files(uow: UnitOfWork, profile_file: Path, content: Path) -> Resultaat:
    """Stores a municipality from its profile file, with the national norms and lists of the content folder. A repeat changes nothing.

    Args:
        uow: the unit of work, of the service itself.
        profile_file: the YAML file; the areas files that it names stand beside it.
        content: the folder with the norms and lists (`bestanden.read_seeds`).

    Raises:
        UnreadableFile: a file is absent or has faults; nothing is stored.
        InvalidProfiel and others: see `load_profile`.
    """
    profile = bestanden.read_profile(profile_file)
    seeds, list_values = bestanden.read_seeds(content)
    areas = {
        part.bestand: bestanden.read_areas(profile_file.parent / part.bestand)
        for part in profile.gebieden
        if (profile_file.parent / part.bestand).is_file()
    }
    seed_national(uow, seeds, list_values)
    return load_profile(uow, profile, areas, seeds)


def load_profile(
    uow: UnitOfWork,
    profile: GemeenteProfiel,
    areas: Mapping[str, Mapping[str, Any]] | None = None,
    norm_seeds: NormSeeds | None = None,
) -> Resultaat:
    """Stores what the profile says and is not there yet.

    Args:
        uow: the unit of work, of the service itself.
        profile: the profile.
        areas: the GeoJSON documents by the file name under which the profile refers to them.
        norm_seeds: first values of norms; those of this municipality are taken where the profile has no row with the same key and start.

    Raises:
        InvalidProfiel: parts that do not fit together; nothing is stored.
        ProfielBotst: a subject belongs to an account of another municipality.
        NormOverlap, InvalidGebieden, GebiedenStaanVast: see `seed_norms` and `store_areas`.
    """
    faults = profile_faults(profile, areas or {})
    if faults:
        raise InvalidProfiel("Het profiel klopt niet; zie 'fouten'.", faults)
    result = Resultaat()
    code = profile.gemeente.code
    _load_gemeente(uow, profile, result)
    seeds = norm_seeds.gemeenten.get(code, []) if norm_seeds else []
    own = {(row.sleutel, row.geldig_vanaf) for row in profile.normen}
    rows = [*profile.normen, *(row for row in seeds if (row.sleutel, row.geldig_vanaf) not in own)]
    result.note("normen", normen.seed_norms(uow, code, rows))
    result.note("lijsten", lijsten.seed_list_values(uow, code, profile.lijsten))
    for part in profile.gebieden:
        stored = gebieden.store_areas(uow, code, part.jaar, (areas or {})[part.bestand], part.bron)
        result.note("gebieden", stored.toegevoegd)
    _load_teams_and_accounts(uow, profile, result)
    _load_partners(uow, profile, result)
    _load_roster(uow, profile, result)
    uow.audit("Gemeente", code, code, "profiel_laden")
    return result


def _load_gemeente(uow: UnitOfWork, profile: GemeenteProfiel, result: Resultaat) -> None:
    if repository.stored_regio(uow.session, profile.regio.code) is None:
        uow.session.add(Regio(code=profile.regio.code, naam=profile.regio.naam))
        uow.session.flush()
        result.note("regio's", 1)
    stored = repository.stored_gemeente(uow.session, profile.gemeente.code)
    if stored is None:
        gemeente = Gemeente(code=profile.gemeente.code, naam=profile.gemeente.naam, regio_code=profile.regio.code)
        uow.session.add(gemeente)
        uow.session.flush()
        result.note("gemeenten", 1)
    elif (stored.naam, stored.regio_code) != (profile.gemeente.naam, profile.regio.code):
        result.afwijkend.append(f"gemeente {stored.code}")


def _load_teams_and_accounts(uow: UnitOfWork, profile: GemeenteProfiel, result: Resultaat) -> None:
    code = profile.gemeente.code
    teams = {
        team.sleutel: Team(
            id=stable_id(code, "team", team.sleutel), gemeentecode=code, naam=team.naam, soort=team.soort
        )
        for team in profile.teams
    }
    new_teams = _add(uow, result, "teams", teams)
    _refuse_foreign_subs(uow, code, [account.sub for account in profile.accounts])
    accounts = {
        account.sub: Account(
            id=stable_id(code, "account", account.sub),
            gemeentecode=code,
            rollen=[rol.value for rol in account.rollen],
            **account.model_dump(exclude={"teams", "aanwijzingen", "rollen"}),
        )
        for account in profile.accounts
    }
    new_accounts = _add(uow, result, "accounts", accounts)
    # Memberships are loaded with the team or account they came with; later ones are the manager's to change.
    fresh = {team.id for team in new_teams} | {account.id for account in new_accounts}
    wanted = [(teams[key].id, accounts[a.sub].id) for a in profile.accounts for key in dict.fromkeys(a.teams)]
    standing = {
        (member.team_id, member.account_id)
        for member in team_repository.memberships(uow.session, team_ids=[team.id for team in teams.values()])
    }
    members = [
        Teamlid(team_id=team_id, account_id=account_id)
        for team_id, account_id in wanted
        if (team_id, account_id) not in standing and not fresh.isdisjoint((team_id, account_id))
    ]
    uow.session.add_all(members)
    uow.session.flush()
    result.note("teamleden", len(members))
    designations = {
        f"{account.sub}/{row.wet}/{row.geldig_vanaf}": Aanwijzing(
            id=stable_id(code, "aanwijzing", f"{account.sub}/{row.wet}/{row.geldig_vanaf}"),
            account_id=accounts[account.sub].id,
            gemeentecode=code,
            **row.model_dump(),
        )
        for account in profile.accounts
        for row in account.aanwijzingen
    }
    _add(uow, result, "aanwijzingen", designations)


def _refuse_foreign_subs(uow: UnitOfWork, gemeentecode: str, subs: Sequence[str]) -> None:
    taken = [
        account.sub
        for account in account_repository.accounts_with_subs(uow.session, subs)
        if account.id != stable_id(gemeentecode, "account", account.sub)
    ]
    if taken:
        raise ProfielBotst(f"Deze kenmerken horen al bij andere accounts: {', '.join(sorted(taken)[:10])}.")


def _load_partners(uow: UnitOfWork, profile: GemeenteProfiel, result: Resultaat) -> None:
    code = profile.gemeente.code
    rows = {
        row.sleutel: Partner(
            id=stable_id(code, "partner", row.sleutel),
            gemeentecode=code,
            zoektekst=partners.searchable(uow, row.soort, row.naam, row.aliassen),
            **row.model_dump(exclude={"sleutel"}),
        )
        for row in profile.partners
    }
    _add(uow, result, "partners", rows)


def _load_roster(uow: UnitOfWork, profile: GemeenteProfiel, result: Resultaat) -> None:
    code = profile.gemeente.code
    rows = {
        row.sleutel: Piketdienst(
            id=stable_id(code, "piketdienst", row.sleutel),
            gemeentecode=code,
            account_id=stable_id(code, "account", row.account),
            **row.model_dump(exclude={"sleutel", "account"}),
        )
        for row in profile.piketdiensten
    }
    _add(uow, result, "piketdiensten", rows)


def _add(uow: UnitOfWork, result: Resultaat, kind: str, rows: Mapping[str, Row]) -> list[Row]:
    """Stores what is missing and notes what differs, under the keys of the profile."""
    missing, differing = add_missing(uow, list(rows.values()))
    result.note(kind, len(missing))
    names = {id(row): key for key, row in rows.items()}
    result.afwijkend += [f"{kind} {names[id(row)]}" for row in differing]
    return missing
