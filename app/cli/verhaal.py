"""The main job told step by step through the public HTTP API only; each step says what happened as a person would."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.cli.bezetting import crews, train
from app.cli.geschiedenis import lay_history
from app.cli.inrichten import AFSTEMMERS, add_capacity, import_stock, make_plan
from app.cli.klant import customers
from app.cli.plek import Plek
from app.cli.processen import Processen
from app.cli.veldwerk import Tablet
from app.cli.vertellen import Mislukt, in_words, vertel
from app.core.identifiers import new_id
from demo.gebieden import CENTRE
from demo.gemeente import Voorbeeldgemeente
from geo.crs import rd_to_wgs84

COLLEAGUE = {f"toezichthouder-{nr}": f"toezichthouder-{nr + 1}" for nr in (1, 3, 5)}
FIELD = ("toezichthouder-1", "toezichthouder-3", "toezichthouder-5")
RED_FLAG = {"IDE-03": "bij werkgever, bureau, verhuurder of exploitant", "BEV-11": "nee"}


def tell(plek: Plek, stad: Voorbeeldgemeente, processen: Processen) -> None:
    """Tells the story; the first step that does not hold ends it.

    Raises:
        Mislukt: a step did not hold.
    """
    story = Verhaal(plek.url, plek.issuer, stad)
    for number, step in enumerate(story.steps(), start=1):
        processen.check()
        vertel(f"\n[bold]{number}. {(step.__doc__ or '').splitlines()[0]}[/]")
        step()
    vertel("\n[bold green]Het hele verhaal klopt.[/]")


def hold(condition: bool, otherwise: str) -> None:
    """A step's own check.

    Raises:
        Mislukt: it does not hold.
    """
    if not condition:
        raise Mislukt(otherwise)


class Verhaal:
    """The story with what it has come to know."""

    def __init__(self, url: str, issuer: str, stad: Voorbeeldgemeente) -> None:
        self._url, self._issuer, self._stad = url, issuer, stad
        self.als = customers(url, issuer)
        self._planned: list[tuple[str, dict[str, Any]]] = []
        self._signals: list[dict[str, Any]] = []

    def steps(self) -> list[Callable[[], None]]:
        """The steps in order. Their docstrings are the Dutch headings."""
        return [
            self.stock, self.history, self.plan, self.package, self.ordinary, self.red_flag, self.acute, self.inbox,
            self.acknowledge, self.norm, self.flag,
        ]  # fmt: skip

    def stock(self) -> None:
        """De planner leest de voorraad in: objecten met vergunningen, en risicoadressen."""
        import_stock(self.als("planner"), self._stad)
        waiting = list(self.als("planner").alles("/risicoadressen"))
        hold(bool(waiting), "er staat geen risicoadres in de lijst")
        vertel(
            f"  {len(waiting)} risicoadressen wachten op controle; de eerste voor {in_words(waiting[0]['controleVoor'])}."
        )

    def history(self) -> None:
        """Tablets leveren het werk van het afgelopen jaar na; de normstanden tellen het mee."""
        lay_history(self._url, self._issuer, self._stad)
        state = self.als("planner").lees("/normstanden/gemeente")
        done = state["seksinrichtingen"]["gedaan"], state["integraleActies"]["gedaan"]
        hold(all(done), f"van het werk van dit jaar tellen maar {done[0]} controles en {done[1]} acties mee")
        vertel(f"  Dit jaar: {done[0]} controles bij seksinrichtingen en {done[1]} integrale acties.")

    def plan(self) -> None:
        """De planner maakt een jaarplan en stelt het vast, politie en OM stemmen af, de hoofdplanner geeft het vrij."""
        teams = crews(self.als("beheerder"))
        train(self.als("beheerder"), teams, self._stad.vanaf)
        add_capacity(self.als("planner"), self._stad.diensten, teams)
        services = [self.als(sub) for sub in AFSTEMMERS]
        make_plan(self.als("planner"), self.als("hoofdplanner"), services, self._stad.vanaf)

    def package(self) -> None:
        """De toezichthouders halen hun werkpakket van vandaag op."""
        for sub in FIELD:
            path = f"/werkpakketten/{self._stad.vanaf.isoformat()}"
            answer = self.als(sub).vraag("GET", path)
            controls = answer.json()["controles"]
            self._planned += [(sub, control) for control in controls]
            again = self.als(sub).vraag("GET", path, 304, headers={"If-None-Match": answer.headers["ETag"]})
            hold(again.status_code == 304, "een ongewijzigd werkpakket werd nog eens gestuurd")
            vertel(f"  {sub}: {len(controls)} controles vandaag")
        # Which shifts of a week are used is left to the lot, so on one day there may be none: the story then adds its controls by hand.
        first, last = self._stad.vanaf, self._stad.vanaf + timedelta(days=6)
        week = list(self.als("planner").alles("/controles", van=first.isoformat(), tot=last.isoformat()))
        hold(len(week) >= 3, "er zijn deze week minder dan drie controles gepland")
        today = {control["id"] for control in week if control["datum"] == first.isoformat()}
        hold(
            {control["id"] for _, control in self._planned} <= today,
            "een werkpakket toont een controle die vandaag niet is gepland",
        )

    def ordinary(self) -> None:
        """Een gewone controle: de checklist is ingevuld en er is niets aan de hand."""
        sub, control = self._take("SEKS")
        self._before = self._norm(control["object"]["id"])
        tablet = self._at_the_door(sub, control)
        results = tablet.whole_control(control["id"], tablet.ordinary_answers(control["object"]["type"]))
        self._check(results, "geen")
        self._ordinary = control
        vertel(f"  {control['object']['naam']}: afgerond, geen signaal.")

    def red_flag(self) -> None:
        """Een controle met een rode vlag: de papieren van de werkenden liggen bij de werkgever."""
        sub, control = self._take("HOR", "BEDR", "LOG")
        tablet = self._at_the_door(sub, control)
        answers = tablet.ordinary_answers(control["object"]["type"]) | RED_FLAG
        self._check(tablet.whole_control(control["id"], answers), "spoed")
        vertel(f"  {control['object']['naam']}: de regels vragen om spoed.")

    def acute(self) -> None:
        """Een controle waar iemand wordt belet te vertrekken: acuut, met een druk op de knop."""
        sub, control = self._take("HOR", "BEDR", "LOG", "MASS", "HOT", "WON", "SEKS")
        tablet = Tablet(self.als(sub))
        results = tablet.send(control["id"], ("controle-gestart", {}), ("acuut", {}))
        hold(results[-1]["status"] == "verwerkt", f"acuut werd niet verwerkt: {results[-1]['reden']}")
        again = tablet.send(control["id"], ("antwoorden", {"antwoorden": {"ENT-12": "ja"}}))
        hold(again[-1]["status"].startswith("verwerkt"), f"het antwoord werd niet verwerkt: {again[-1]['reden']}")
        vertel(f"  {control['object']['naam']}: acuut doorgegeven; eerst een veilige plek, dan 112.")

    def inbox(self) -> None:
        """De aandachtsfunctionaris ziet beide signalen, het dringendste bovenaan, met de redenen."""
        self._signals = self.als("af-veiligheid").lees("/signalen")["resultaten"]
        urgencies = [signal["urgentie"] for signal in self._signals]
        hold(urgencies == ["acuut", "spoed"], f"in het postvak staan {urgencies} in plaats van acuut en spoed")
        for signal in self._signals:
            full = self.als("af-veiligheid").lees(f"/signalen/{signal['id']}")
            reasons = full["inhoud"]["redenen"]
            hold(bool(reasons), "een signaal heeft geen reden")
            vertel(f"  {signal['urgentie']}: {'; '.join(reasons)}")
        leader = self.als("teamleider").lees("/signalen")["resultaten"]
        hold(
            len(leader) == 2 and all(signal["inhoud"] is None for signal in leader),
            "de teamleider ziet inhoud van een signaal",
        )
        vertel("  De teamleider ziet alleen de status.")

    def acknowledge(self) -> None:
        """De aandachtsfunctionaris bevestigt de ontvangst."""
        for signal in self._signals:
            self.als("af-veiligheid").wijzig(f"/signalen/{signal['id']}", action="/_ontvangen")
            stored = self.als("af-veiligheid").lees(f"/signalen/{signal['id']}")
            hold(stored["status"] == "ontvangen", "het signaal staat niet op ontvangen")
            vertel(f"  {signal['urgentie']}: ontvangen op {in_words(stored['ontvangenOp'])}")

    def norm(self) -> None:
        """De normstand van de inrichting is bijgewerkt."""
        before, after = self._before, self._norm(self._ordinary["object"]["id"])
        hold(after["gedaan"] == before["gedaan"] + 1, f"gedaan ging van {before['gedaan']} naar {after['gedaan']}")
        vertel(
            f"  {self._ordinary['object']['naam']}: van {before['breuk']} naar {after['breuk']}, nu {after['status']}."
        )

    def flag(self) -> None:
        """De Pandbrigade meldt overbewoning; het adres wordt een risicoadres met een datum."""
        lon, lat = rd_to_wgs84(*CENTRE)
        flag = {
            "id": str(new_id()),
            "soort": "overbewoning",
            "adres": {
                "straat": "Wilgenkade", "huisnummer": 9801, "postcode": "1001AB", "woonplaats": self._stad.naam,
                "punt": {"type": "Point", "coordinates": [lon, lat]},
            },
            "gemeentecode": self._stad.code,
            "m2": 60.0,
            "bedden": 11,
            "personen": 11,
        }  # fmt: skip
        stored = self.als("pandbrigade").stuur("/vlaggen", flag)
        hold(
            stored["onderHalveNorm"],
            "60 m² voor 11 personen is minder dan de helft van de norm, maar dat staat er niet",
        )
        risk = self.als("planner").lees(f"/risicoadressen/{stored['risicoadresId']}")
        hold(risk["status"] == "open", "het risicoadres staat niet open")
        ratio = f"{stored['m2PerPersoon']:.2f}".replace(".", ",")
        vertel(f"  {ratio} m² per persoon; risicoadres, te controleren voor {in_words(risk['controleVoor'])}.")

    def _at_the_door(self, sub: str, control: dict[str, Any]) -> Tablet:
        """Two inspectors at a place: the colleague checks in on his own device, the tablet is of the other."""
        self.als(COLLEAGUE[sub]).stuur(f"/controles/{control['id']}/_inchecken", {}, 200)
        return Tablet(self.als(sub))

    def _take(self, *types: str) -> tuple[str, dict[str, Any]]:
        """A planned control of one of these types; when there is none today, one is added by hand."""
        for index, (_, control) in enumerate(self._planned):
            if control["object"]["type"] in types:
                return self._planned.pop(index)
        sub = FIELD[0]
        target = next(iter(self.als(sub).lees("/objecten", type=types[0])["resultaten"]))
        wish = {
            "id": str(new_id()),
            "objectId": target["id"],
            "datum": self._stad.vanaf.isoformat(),
            "aanleiding": "eigen-analyse",
        }
        made = self.als(sub).stuur("/controles", wish)
        return sub, {"id": made["id"], "object": target}

    def _norm(self, object_id: str) -> dict[str, Any]:
        rows: list[dict[str, Any]] = self.als("planner").lees("/normstanden/objecten", objectId=object_id)["resultaten"]
        hold(bool(rows), "de inrichting heeft geen normstand")
        state: dict[str, Any] = rows[0]["stand"]
        return state

    @staticmethod
    def _check(results: list[dict[str, Any]], outcome: str) -> None:
        for result in results:
            hold(
                result["status"] == "verwerkt",
                f"een gebeurtenis is {result['status']}: {result['reden']} {result['oordelen']}",
            )
        found = results[-1]["controle"]["uitkomst"]["uitkomst"]
        hold(found == outcome, f"de uitkomst is {found} in plaats van {outcome}")
