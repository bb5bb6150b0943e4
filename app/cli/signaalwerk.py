"""Signals of the last days behind a demo, each further on its way than the one before, so that the AF finds an inbox to work in.

Every id follows from what it stands for and a step is taken only from the state before it, so that an interrupted start goes on
where it stopped.
"""

from collections.abc import Callable
from typing import Any

from app.cli.geschiedenis import known_id
from app.cli.klant import Klant, customers
from app.cli.vertellen import vertel
from app.core.clock import business_date, utc_now
from demo.signalen import SIGNALEN, Demosignaal

AF, TWEEDE = "af-veiligheid", "af-zorg"


def lay_signals(url: str, issuer: str, code: str) -> None:
    """Sends in the signals and takes each to where the demo wants it.

    Raises:
        Mislukt: the service refused a step.
    """
    als = customers(url, issuer)
    for number, signaal in enumerate(SIGNALEN):
        places = als("planner").lees("/objecten", type=signaal.objecttype, limiet=number + 1)["resultaten"]
        signaal_id = str(known_id(code, "signaal", number))
        als(signaal.indiener).stuur(
            "/signalen", {"id": signaal_id, "objectId": places[-1]["id"], **signaal.inhoud}, (200, 201)
        )
        _take(als, signaal_id, signaal)
    vertel(f"  {len(SIGNALEN)} signalen in het postvak van de aandachtsfunctionaris, elk een stap verder")


def _take(als: Callable[[str], Klant], signaal_id: str, signaal: Demosignaal) -> None:
    path = f"/signalen/{signaal_id}"
    for before, step in STAPPEN.items():
        if step.__name__ not in signaal.stappen:
            return
        if als(AF).lees(path)["status"] == before:
            step(als, path, signaal)


def ontvangen(als: Callable[[str], Klant], path: str, _signaal: Demosignaal) -> None:
    """The AF acknowledges."""
    als(AF).wijzig(path, action="/_ontvangen")


def verrijken(als: Callable[[str], Klant], path: str, _signaal: Demosignaal) -> None:
    """The AF gathers what the municipality knows."""
    als(AF).wijzig(path, action="/_verrijken", body={"doel": "beoordelen of er sprake is van mensenhandel"})


def trieren(als: Callable[[str], Klant], path: str, signaal: Demosignaal) -> None:
    """The AF judges, and tells the zorgcoördinator at once."""
    als(AF).wijzig(path, action="/_trieren", body=signaal.beoordeling)
    als(AF).wijzig(
        path, action="/_zorginlichten", body={"geinformeerdOp": utc_now().isoformat(), **_today("consultOp")}
    )


def uitzetten(als: Callable[[str], Klant], path: str, _signaal: Demosignaal) -> None:
    """To the first partner that the region profile proposes and that is there."""
    proposed = als(AF).lees(f"{path}/voorstel")["ontvangers"]
    partner = next(one for one in proposed if one["partnersoort"] == "arbeidsinspectie")
    share = {"partnerId": partner["partnerId"], "grond": "publieke-taak-opsporing", "velden": ["object-en-adres"]}
    als(AF).wijzig(path, action="/_uitzetten", body={"overdrachten": [share]})


def sluiten(als: Callable[[str], Klant], path: str, _signaal: Demosignaal) -> None:
    """The AF asks, the other AF agrees, and who sent the signal hears of it."""
    als(AF).wijzig(path, action="/_terugkoppelen", body=_feedback(als, path, "eerste"))
    body = {"sluitcode": "C2", "terugkoppeling": _feedback(als, path, "sluiten"), **_today("overlegOp", "zcConsultOp")}
    etag = als(AF).vraag("GET", path).headers["ETag"]
    als(AF).vraag("POST", f"{path}/_sluiten", 202, json=body, headers={"If-Match": etag})
    for asked in als(TWEEDE).lees("/vierogenverzoeken")["resultaten"]:
        if path.endswith(asked["signaalId"]) and asked["status"] == "open":
            als(TWEEDE).wijzig(f"/vierogenverzoeken/{asked['id']}", action="/_akkoord")


STAPPEN = {
    "verzonden": ontvangen,
    "ontvangen": verrijken,
    "in_verrijking": trieren,
    "getrieerd": uitzetten,
    "uitgezet": sluiten,
}
"""State before it -> step."""


def _feedback(als: Callable[[str], Klant], path: str, moment: str) -> dict[str, Any]:
    texts = als(AF).lees(f"{path}/terugkoppelingen")["teksten"]
    return {"tekstcode": next(one["code"] for one in texts if moment in one["momenten"])}


def _today(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, business_date(utc_now()).isoformat())
