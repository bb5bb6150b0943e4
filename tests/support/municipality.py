"""A small municipality for tests, without a name that exists: GM9901 Voorbeeldstad, and its neighbour GM9902."""

from datetime import date, timedelta
from uuid import UUID

from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.status import Teamsoort, Wet
from app.gemeenten.tables import Aanwijzing, Account, Gemeente, Regio, Team, Teamlid

STAD, BUUR = "GM9901", "GM9902"
ACCOUNTS: dict[str, tuple[str, list[Rol], str | None]] = {
    "toezichthouder": (STAD, [Rol.TOEZICHTHOUDER], None),
    "toezichthouder-2": (STAD, [Rol.TOEZICHTHOUDER], None),
    "teamleider": (STAD, [Rol.TEAMLEIDER], None),
    "planner": (STAD, [Rol.PLANNER], None),
    "hoofdplanner": (STAD, [Rol.HOOFDPLANNER], None),
    "pandbrigade": (STAD, [Rol.PANDBRIGADE], None),
    "pandbrigade-2": (STAD, [Rol.PANDBRIGADE], None),
    "balie": (STAD, [Rol.BALIE], None),
    "af": (STAD, [Rol.AF], "veiligheid"),
    "af-zorg": (STAD, [Rol.AF], "zorg"),
    "vergunningverlener": (STAD, [Rol.VERGUNNINGVERLENER], None),
    "ketenregisseur": (STAD, [Rol.KETENREGISSEUR], None),
    "bestuur": (STAD, [Rol.BESTUUR], None),
    "beheerder": (STAD, [Rol.BEHEERDER], None),
    "politie": (STAD, [Rol.AFSTEMMER_POLITIE], None),
    "om": (STAD, [Rol.AFSTEMMER_OM], None),
    "buur-planner": (BUUR, [Rol.PLANNER], None),
    "buur-af": (BUUR, [Rol.AF], "veiligheid"),
    "buur-toezichthouder": (BUUR, [Rol.TOEZICHTHOUDER], None),
    "buur-vergunningverlener": (BUUR, [Rol.VERGUNNINGVERLENER], None),
}
TEAM_OF = {
    "toezichthouder": "toezicht",
    "toezichthouder-2": "toezicht",
    "teamleider": "toezicht",
    "pandbrigade": "pandbrigade",
    "pandbrigade-2": "pandbrigade",
    "buur-toezichthouder": "buur",
}


class Municipality:
    """Ids of what was stored."""

    def __init__(self) -> None:
        self.accounts: dict[str, UUID] = {}
        self.teams: dict[str, UUID] = {}


def store_municipality(uow: UnitOfWork) -> Municipality:
    """Stores regions, municipalities, teams, accounts and designations."""
    made = Municipality()
    session = uow.session
    session.add(Regio(code="RG99", naam="Voorbeeldregio"))
    session.flush()
    session.add(Gemeente(code=STAD, naam="Voorbeeldstad", regio_code="RG99", in_gebruik=True))
    session.add(Gemeente(code=BUUR, naam="Buurdorp", regio_code="RG99", in_gebruik=True))
    session.flush()
    for key, gemeente, soort in (
        ("toezicht", STAD, Teamsoort.PROSTITUTIE),
        ("pandbrigade", STAD, Teamsoort.PANDBRIGADE),
        ("buur", BUUR, Teamsoort.TOEZICHT),
    ):
        team = Team(gemeentecode=gemeente, naam=f"Team {key}", soort=soort)
        session.add(team)
        made.teams[key] = team.id
    session.flush()
    started = date.today() - timedelta(days=365)  # noqa: DTZ011 - any day long ago
    for sub, (gemeente, rollen, domein) in ACCOUNTS.items():
        account = Account(
            id=new_id(),
            sub=sub,
            gemeentecode=gemeente,
            functie=sub.capitalize(),
            rollen=[str(rol) for rol in rollen],
            domein=domein,
            actief_vanaf=started,
        )
        session.add(account)
        made.accounts[sub] = account.id
    session.flush()
    for sub, key in TEAM_OF.items():
        session.add(Teamlid(team_id=made.teams[key], account_id=made.accounts[sub]))
        if sub != "teamleider":
            gemeente = ACCOUNTS[sub][0]
            wetten = (Wet.HUISVESTINGSWET,) if "pandbrigade" in sub else (Wet.APV, Wet.HUISVESTINGSWET)
            for wet in wetten:
                session.add(
                    Aanwijzing(account_id=made.accounts[sub], gemeentecode=gemeente, wet=wet, geldig_vanaf=started)
                )
    return made
