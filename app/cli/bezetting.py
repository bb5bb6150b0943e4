"""Who works in a demo: trainings, leave, and a series of meetings, through the public API. A repeat does no harm."""

from datetime import date, timedelta

from app.cli.geschiedenis import known_id
from app.cli.klant import Klant
from app.cli.vertellen import vertel
from demo.gemeente import CODE, ROLLEN

SOORTEN = ("woonfraude", "identiteit", "uitbuiting", "huisvesting", "arbeid")
"""What a lead is trained in, and what is known of housing and labour (TRN-04)."""
LOOPT_AF, GELDIG = 300, 700
"""Days for which the last inspector's training in identity still holds, and all others."""
VERLOF_OVER, VERLOF = 40, 6
DRIELUIK = "Drieluik Markermeer"
LEDEN = ("Aandachtsfunctionaris veiligheid", "Aandachtsfunctionaris zorg", "Ketenregisseur")


def crews(manager: Klant) -> dict[str, list[str]]:
    """Accounts of the inspectors per team key, the lead first."""
    people = {row["functie"]: row["id"] for row in manager.alles("/accounts", limiet=200)}
    found: dict[str, list[str]] = {}
    for _sub, functie, rollen, team, _domein, _kan in ROLLEN:
        if "toezichthouder" in rollen and team is not None:
            found.setdefault(team, []).append(people[functie])
    return found


def train(manager: Klant, teams: dict[str, list[str]], today: date) -> None:
    """A valid training of every kind for everybody; one of them ends within the year."""
    everybody = [account for team in teams.values() for account in team]
    for account in everybody:
        for soort in SOORTEN:
            days = LOOPT_AF if (account, soort) == (everybody[-2], "identiteit") else GELDIG
            training = {
                "id": str(known_id("opleiding", account, soort)),
                "accountId": account,
                "gemeentecode": CODE,
                "soort": soort,
                "aanbieder": "verzonnen opleider",
                "geldigVanaf": (today - timedelta(days=400)).isoformat(),
                "geldigTot": (today + timedelta(days=days)).isoformat(),
            }
            manager.stuur("/opleidingen", training, (200, 201))
    vertel(f"  {len(everybody) * len(SOORTEN)} opleidingen van {len(everybody)} toezichthouders vastgelegd")


def give_leave(planner: Klant, account: str, today: date) -> None:
    """A week of leave of one inspector, some weeks from now."""
    first = today + timedelta(days=VERLOF_OVER)
    leave = {"id": str(known_id("verlof", account)), "accountId": account}
    planner.stuur(
        "/verlofperioden",
        leave | {"van": first.isoformat(), "tot": (first + timedelta(days=VERLOF)).isoformat()},
        (200, 201),
    )


def plan_meetings(manager: Klant, today: date) -> None:
    """The meeting of municipality, care and police, every two weeks from the next Tuesday (CAD-07)."""
    people = {row["functie"]: row["id"] for row in manager.alles("/accounts", limiet=200)}
    series = {
        "id": str(known_id("overlegreeks", DRIELUIK)),
        "soort": "drieluik",
        "naam": DRIELUIK,
        "eersteDatum": (today + timedelta(days=(1 - today.weekday()) % 7 or 7)).isoformat(),
        "leden": [people[functie] for functie in LEDEN],
    }
    manager.stuur("/overlegreeksen", series, (200, 201))
