"""Fills a municipality through the public API: stock, capacity, a first planning round that is fixed and released."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.cli.bezetting import crews, give_leave, plan_meetings, train
from app.cli.geschiedenis import lay_history
from app.cli.klant import Klant
from app.cli.signaalwerk import lay_signals
from app.cli.vertellen import Balk, Mislukt, vertel, voortgang
from app.core.identifiers import new_id
from demo.buurgemeente import CODE as BUUR
from demo.buurgemeente import Buurgemeente
from demo.gemeente import CODE, TEAMS, Dienst, Voorbeeldgemeente

IMPORT_SECONDS = 300
PLAN_SECONDS = 300
BATCH = 2_000
PLANNING_TEAMS = ("heit-prostitutie", "heit-malafide-bedrijvigheid", "toezicht")
AFSTEMMERS = ("politie", "om")


def is_filled(url: str, issuer: str) -> bool:
    """Whether a round was released before."""
    rounds = Klant(url, issuer, "planner").lees("/planrondes")["resultaten"]
    return any(one["status"] == "vrijgegeven" for one in rounds)


def fill(url: str, issuer: str, stad: Voorbeeldgemeente, buur: Buurgemeente) -> None:
    """Everything that a demo starts with. What an interrupted start did before is done again without harm."""
    planner, manager = Klant(url, issuer, "planner"), Klant(url, issuer, "beheerder")
    import_stock(planner, stad)
    import_file(Klant(url, issuer, "buur-planner"), BUUR, "objecten", "objecten.csv", buur.objecten_csv)
    for code, sub in ((CODE, "beheerder"), (BUUR, "buur-beheerder")):
        take_into_use(Klant(url, issuer, sub), code)
    lay_history(url, issuer, stad)
    teams = crews(manager)
    train(manager, teams, stad.vanaf)
    add_capacity(planner, stad.diensten, teams)
    give_leave(planner, teams["toezicht"][-1], stad.vanaf)
    plan_meetings(manager, stad.vanaf)
    lay_signals(url, issuer, stad.code)
    services = [Klant(url, issuer, sub) for sub in AFSTEMMERS]
    make_plan(planner, Klant(url, issuer, "hoofdplanner"), services, stad.vanaf)


def import_stock(planner: Klant, stad: Voorbeeldgemeente) -> None:
    """Uploads both files and waits until they are in; rejected rows are told with line and reason."""
    files = (
        ("objecten", "objecten.csv", stad.objecten_csv),
        ("risicoadressen", "risicoadressen.csv", stad.risicoadressen_csv),
    )
    for layout, name, content in files:
        with voortgang(f"{name} wordt ingelezen") as bar:
            done = import_file(planner, stad.code, layout, name, content, bar)
        vertel(
            f"  {name}: {done['regels']} regels, {done['nieuw']} nieuw, {done['gewijzigd']} gewijzigd, "
            f"{done['ongewijzigd']} ongewijzigd, {done['afgewezen']} afgewezen"
        )
        if done["afgewezen"]:
            for row in planner.lees(f"/importen/{done['id']}/afwijzingen")["resultaten"]:
                vertel(f"    regel {row['regel']}, {row['veld']}: {row['reden']}")


def import_file(
    planner: Klant, code: str, layout: str, name: str, content: bytes, bar: Balk | None = None
) -> dict[str, Any]:
    """Uploads one file and waits for its end.

    Raises:
        Mislukt: the import failed as a whole.
    """
    form = {"indeling": layout, "gemeentecode": code, "bron": "verzonnen"}
    started = planner.vraag("POST", "/importen", 202, data=form, files={"bestand": (name, content)}).json()

    def told(state: dict[str, Any]) -> None:
        if bar is not None:
            bar.stand(state["verwerkt"] / max(1, state["regels"]))

    done = planner.wacht(
        f"/importen/{started['id']}", lambda s: s["status"] in {"klaar", "mislukt"}, IMPORT_SECONDS, told
    )
    if done["status"] != "klaar":
        raise Mislukt(f"{name} kon niet worden ingelezen: {done['melding']}")
    return done


def take_into_use(manager: Klant, code: str) -> None:
    """The number on call counts as tested, so that the municipality may begin and others may transfer a signal to it (ROL-24)."""
    shift = next(manager.alles("/piketdiensten"))
    manager.stuur(f"/piketdiensten/{shift['id']}/_testen", None, 200)
    manager.stuur(f"/gemeenten/{code}/_ingebruiknemen", None, 200)


def add_capacity(planner: Klant, shifts: list[Dienst], crews: Mapping[str, list[str]] | None = None) -> None:
    """Stores shifts of teams and dates of partners; `crews` are the accounts per team key, of which the first leads."""
    crew_of = {TEAMS[key][0]: crew for key, crew in (crews or {}).items()}
    teams = {team["naam"]: team["id"] for team in planner.alles("/teams")}
    partners = {partner["naam"]: partner["id"] for partner in planner.alles("/partners")}
    stored = {
        (row["teamId"], row["partnerId"], row["datum"], row["van"])
        for row in planner.alles("/beschikbaarheden", limiet=500)
    }
    rows = [
        {
            "id": str(new_id()),
            "teamId": teams[shift.team] if shift.team else None,
            "partnerId": partners[shift.partner] if shift.partner else None,
            "datum": shift.datum.isoformat(),
            "van": shift.van,
            "tot": shift.tot,
            **_crew(crew_of.get(shift.team or "", [])),
        }
        for shift in shifts
    ]
    missing = [row for row in rows if (row["teamId"], row["partnerId"], row["datum"], row["van"]) not in stored]
    for start in range(0, len(missing), BATCH):
        planner.stuur("/beschikbaarheden", {"regels": missing[start : start + BATCH]})
    vertel(f"  {len(missing)} diensten van teams en dagen van partners vastgelegd")


def _crew(accounts: Sequence[str]) -> dict[str, Any]:
    return {"leden": list(accounts), "trekkerId": accounts[0]} if accounts else {}


def make_plan(planner: Klant, lead: Klant, services: Sequence[Klant], start: date) -> dict[str, Any]:
    """A planning round of a year: proposal, fixed, agreed with police and OM, released.

    Raises:
        Mislukt: the round failed.
    """
    teams = [team["id"] for team in planner.alles("/teams") if team["soort"] in PLANNING_TEAMS]
    wish = {
        "id": str(new_id()),
        "naam": f"Jaarplan vanaf {start:%d-%m-%Y}",
        "van": start.isoformat(),
        "tot": (start + timedelta(days=364)).isoformat(),
        "teams": teams,
    }
    path = f"/planrondes/{planner.stuur('/planrondes', wish, 202)['id']}"
    with voortgang("De eerste planronde wordt gemaakt") as bar:
        made = planner.wacht(
            path,
            lambda s: s["status"] in {"voorstel", "mislukt"},
            PLAN_SECONDS,
            lambda s: bar.stand(s["voortgang"], f"Planronde: {s['melding']}" if s["melding"] else ""),
        )
    if made["status"] != "voorstel":
        raise Mislukt(f"de planronde is mislukt: {made['melding']}")
    planner.wijzig(path, action="/_vaststellen", body={"toelichting": "besproken aan de barrièretafel"})
    agreed = [agree(service) for service in services]
    released: dict[str, Any] = lead.wijzig(path, action="/_vrijgeven", body={"toelichting": "afgestemd"})
    vertel(f"  {made['melding']} Het is vastgesteld en vrijgegeven.")
    vertel(
        f"  Politie en OM gaven akkoord op {min(agreed, default=0)} bezoeken van de komende weken; de rest volgt later."
    )
    for cause in made["uitkomst"]["oorzaken"]:
        vertel(f"  Past niet: {cause['tekst']}")
    return released


def agree(service: Klant) -> int:
    """Police or OM agrees with every visit it is asked about; answers how many there were."""
    questions = [one["id"] for one in service.alles("/afstemvragen")]
    for question in questions:
        service.stuur(f"/afstemvragen/{question}/_beantwoorden", {"antwoord": "akkoord"}, 200)
    return len(questions)
