"""What each event asks of the plan: which visits must come, go, hurry or wait. All faults at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from app.controles.rules.dagdelen import Dagdeel
from app.controles.service.planning import Herkansing
from app.controles.service.verzetten import Geplandecontrole
from app.controles.status import Aanleiding
from app.core.errors import Fout
from app.objecten.rules.seizoenen import stretches
from app.objecten.schemas.objecten import PlanbaarObject
from app.objecten.status import Objecttype
from app.planning.errors import InvalidHerplanning
from app.planning.rules.gebieden import area_of
from app.planning.rules.herplannen import Datums
from app.planning.rules.planinstellingen import VRIJ
from app.planning.schemas.herplanningen import Gebeurtenis
from app.planning.service.bezoeken import Bezoeken, openings_of, point_of
from app.planning.service.herplanvraag import Planvenster, Wens, controle_key, held_to
from app.planning.service.staand import Staandbezoek
from app.planning.solver.problem import Opening, Visit
from app.planning.status import Herplangebeurtenis

PLANNER = "Keuze van de planner."
"""What is shown of a hold, whoever wished it (PLN-01, PLN-17)."""
VERGUNNINGSGROND = frozenset({Aanleiding.NORM, Aanleiding.VERGUNNING})
MEESTE_NIEUWE = 50
_DAG = 1440


@dataclass
class Gebeurtenissen:
    """Turns events into wishes per visit.

    Attributes:
        venster: The plan as it stands.
        herkansingen: Attempts that wait for another try.
        wensen: The wishes so far.
        fouten: The faults so far.
    """

    venster: Planvenster
    herkansingen: Sequence[Herkansing]
    wensen: dict[str, Wens] = field(default_factory=dict)
    fouten: list[Fout] = field(default_factory=list)
    _holds: dict[UUID, date] = field(default_factory=dict)

    def read(self, events: Sequence[Gebeurtenis]) -> dict[str, Wens]:
        """The wishes of all events.

        Raises:
            InvalidHerplanning: an event names what is not there, or asks what cannot be; all faults.
        """
        handlers: dict[Herplangebeurtenis, Callable[[Gebeurtenis, str], None]] = {
            Herplangebeurtenis.SPOED: self._urgent,
            Herplangebeurtenis.DIENST_UITGEVALLEN: self._lost_shift,
            Herplangebeurtenis.DIENST_ERBIJ: self._new_shift,
            Herplangebeurtenis.POGING: self._attempt,
            Herplangebeurtenis.HERCONTROLE: self._recheck,
            Herplangebeurtenis.VERGUNNING_BEEINDIGD: self._permit_ended,
            Herplangebeurtenis.VERGUNNING_BEGONNEN: self._permit_started,
            Herplangebeurtenis.NIET_PLANNEN: self._hold,
            Herplangebeurtenis.NORM: self._missing,
            Herplangebeurtenis.AANWIJZING_ONTBREEKT: self._no_powers,
            Herplangebeurtenis.NIET_GEDAAN: self._not_done,
        }
        for position, event in enumerate(events):
            handlers[event.soort](event, f"body.gebeurtenissen.{position}")
        self._keep_holds()
        if self.fouten:
            raise InvalidHerplanning(self.fouten)
        return self.wensen

    def _place(self, event: Gebeurtenis, where: str) -> PlanbaarObject | None:
        place = self.venster.objecten.get(event.object_id) if event.object_id is not None else None
        if place is None:
            self.fouten.append(Fout(f"{where}.objectId", "is geen actief object van uw gemeente"))
        elif place.punt is None:
            self.fouten.append(Fout(f"{where}.objectId", "heeft nog geen plek op de kaart en kan niet op een route"))
            return None
        return place

    def _controls(self, object_id: UUID) -> list[Geplandecontrole]:
        return [c for c in self.venster.controles if c.object_id == object_id and not c.vast]

    def _wish(self, control: Geplandecontrole) -> Wens:
        return self.wensen.setdefault(controle_key(control.id), Wens())

    def _urgent(self, event: Gebeurtenis, where: str) -> None:
        place = self._place(event, where)
        if place is None:
            return
        by = event.datum or self.venster.van + timedelta(days=self.venster.herplannen.spoed_dagen)
        if by < self.venster.van:
            self.fouten.append(Fout(f"{where}.datum", "ligt in het verleden"))
            return
        text = f"Spoed: uiterlijk {by:%d-%m-%Y}."
        for control in self._controls(place.id):
            wish = self._wish(control)
            wish.waarom, wish.spoed_voor = text, by
            wish.datums = Datums(self.venster.van, max(self.venster.tot, control.datum), verplicht=True)
            return
        visit = self._new(place, "spoed", Datums(self.venster.van, self.venster.tot, verplicht=True), exempt=True)
        trigger = Aanleiding.RISICOADRES if place.risicoadres_voor is not None else None
        wish = Wens(waarom=text, spoed_voor=by, visit=visit, aanleiding=trigger)
        standing = self._held_by_a_round(place.id)
        if standing is not None:  # one visit, not two: it comes in the place of the one that waits there
            wish.visit = replace(visit, duration=standing.regel.duur)
            wish.aanleiding, wish.neemt_over = Aanleiding(standing.regel.aanleiding), standing
            wish.waarom += f" In plaats van {standing.regel.datum:%d-%m-%Y} in planronde '{standing.ronde}'."
        self.wensen[visit.key] = wish

    def _held_by_a_round(self, object_id: UUID) -> Staandbezoek | None:
        """The first visit of an object in the window that a confirmed round holds; never one of an integral action."""
        here = (one for one in self.venster.staand if one.regel.object_id == object_id and one.regel.actie_id is None)
        return next((one for one in here if one.regel.datum <= self.venster.tot), None)

    def _lost_shift(self, event: Gebeurtenis, where: str) -> None:
        known = any((d.team_id, d.datum) == (event.team_id, event.datum) for d in self.venster.diensten)
        stands = [c for c in self.venster.controles if (c.team_id, c.datum) == (event.team_id, event.datum)]
        if not known and not stands:
            self.fouten.append(Fout(f"{where}.datum", "er staat dan geen dienst en geen controle van dit team"))
        for control in stands:
            if not control.vast and self.venster.names_lost(control.team_id, control.datum, None, control.aanvang):
                self._wish(control).waarom = f"De dienst op {control.datum:%d-%m-%Y} gaat niet door."

    def _no_powers(self, event: Gebeurtenis, where: str) -> None:
        """Visits at places for which too few of the team are designated that day; they cannot stay (REG-17)."""
        objects, found = self.venster.objecten, False
        for control in self.venster.controles:
            if control.vast or (control.team_id, control.datum) != (event.team_id, event.datum):
                continue
            place = objects.get(control.object_id)
            powers = [d.bevoegd for d in self.venster.diensten if (d.team_id, d.datum) == (event.team_id, event.datum)]
            if place is not None and powers and not any(place.type in those for those in powers):
                self._wish(control).waarom = "Het team is die dag niet aangewezen voor dit soort object."
                found = True
        if not found:
            self.fouten.append(
                Fout(f"{where}.datum", "er staat dan geen controle waarvoor het team geen aanwijzing heeft")
            )

    def _not_done(self, event: Gebeurtenis, where: str) -> None:
        """A control whose day passed without a start or an attempt comes on another day, as the same control.

        One of an integral action leaves the action; one that was announced must be announced anew, and both are said.
        """
        control = next((c for c in self.venster.gemist if c.id == event.controle_id), None)
        place = None if control is None else self.venster.objecten.get(control.object_id)
        if control is None or place is None or place.punt is None:
            text = "is geen controle die nog een andere dag kan krijgen: zij is al gedaan, verzet of vervallen"
            self.fouten.append(Fout(f"{where}.controleId", text))
            return
        wish, day = self._wish(control), f"{control.datum:%d-%m-%Y}"
        held = held_to(place, control.aanleiding) >= self.venster.van
        wish.waarom = PLANNER if held else f"Niet gedaan op {day}."
        if control.actie_id is not None:
            wish.gevolgen.append(f"Hoort dan niet meer bij de integrale actie van {day}: de partners gaan niet mee.")
        if control.aangekondigd:
            wish.gevolgen.append(f"Was aangekondigd voor {day}: meld de nieuwe dag.")

    def _new_shift(self, event: Gebeurtenis, where: str) -> None:
        if not any((d.team_id, d.datum) == (event.team_id, event.datum) for d in self.venster.diensten):
            text = "is geen dienst met genoeg toezichthouders in deze periode; voeg de dienst eerst toe"
            self.fouten.append(Fout(f"{where}.datum", text))
            return
        self._add_needed(lambda visit: visit.required, "Een norm vraagt dit bezoek en er is nu een dienst bij.")

    def _attempt(self, event: Gebeurtenis, where: str) -> None:
        found = next((h for h in self.herkansingen if h.controle_id == event.controle_id), None)
        place = self.venster.objecten.get(found.object_id) if found is not None else None
        if found is None or place is None or place.punt is None:
            self.fouten.append(Fout(f"{where}.controleId", "is geen poging die op een nieuw bezoek wacht"))
            return
        late = self.venster.van + timedelta(days=self.venster.instellingen.inhaal_dagen)
        due = place.risicoadres_voor
        last = late if due is None or due < self.venster.van else due
        first = max(self.venster.van, found.datum + timedelta(days=1))
        visit = self._new(place, "poging", Datums(first, max(first, last), verplicht=True), exempt=True)
        visit, part = self._in_part(visit, found.dagdelen)
        text = "Nieuwe poging" + (f" in de {part.naam.value}." if part is not None else ".")
        self.wensen[visit.key] = Wens(waarom=text, visit=visit, aanleiding=self._trigger_of(found))

    def _trigger_of(self, attempt: Herkansing) -> Aanleiding | None:
        """The trigger of the control that failed: a norm visit that is tried again stays one."""
        own = self.venster.stand.of_object(attempt.object_id)
        tried = next((c for c in own if c.controle_id == attempt.controle_id), None)
        place = self.venster.objecten[attempt.object_id]
        if place.risicoadres_voor is not None:
            return Aanleiding.RISICOADRES
        normed = tried is not None and tried.type in {Objecttype.SEKS, Objecttype.HOR}
        return Aanleiding.NORM if normed else None

    def _in_part(self, visit: Visit, parts: Sequence[Dagdeel]) -> tuple[Visit, Dagdeel | None]:
        """The visit in the first of these parts of the day in which the door is open and some shift could do it (PLN-15)."""
        for part in parts:
            tried = _narrowed(visit, part.van, part.tot)
            if tried.openings and any(
                self._could(tried, d.datum, d.van, d.tot, d.bevoegd) for d in self.venster.diensten
            ):
                return tried, part
        return visit, None

    @staticmethod
    def _could(visit: Visit, day: date, van: int, tot: int, bevoegd: frozenset[Objecttype]) -> bool:
        if not visit.earliest <= day <= visit.latest or not visit.competences <= {soort.value for soort in bevoegd}:
            return False
        return any(
            min(tot, o.closes + shift * _DAG) - max(van, o.opens + shift * _DAG) >= visit.duration
            for shift in (-1, 0, 1)
            for o in visit.openings or ()
            if o.weekday == (day.weekday() + shift) % 7
        )

    def _recheck(self, event: Gebeurtenis, where: str) -> None:
        place = self._place(event, where)
        if place is None or event.datum is None:
            return
        first = max(self.venster.van, event.datum)
        if first > self.venster.tot:
            self.fouten.append(
                Fout(f"{where}.datum", f"ligt na {self.venster.tot:%d-%m-%Y}; dat komt later aan de beurt")
            )
            return
        last = first + timedelta(days=self.venster.instellingen.inhaal_dagen)
        visit = self._new(place, "hercontrole", Datums(first, last, verplicht=True), exempt=True)
        text = f"Hercontrole vanaf {event.datum:%d-%m-%Y}."
        self.wensen[visit.key] = Wens(waarom=text, visit=visit, aanleiding=Aanleiding.HERCONTROLE)

    def _permit_ended(self, event: Gebeurtenis, where: str) -> None:
        if self._place(event, where) is None or event.object_id is None:
            return
        for control in self._controls(event.object_id):
            if control.aanleiding in VERGUNNINGSGROND:
                wish = self._wish(control)
                wish.weg, wish.waarom = True, "De vergunning is geëindigd."

    def _permit_started(self, event: Gebeurtenis, where: str) -> None:
        self._add_for(event, where, "Een vergunning is begonnen.")

    def _missing(self, event: Gebeurtenis, where: str) -> None:
        """A visit of a norm that stands nowhere, such as one that was not done on its day."""
        self._add_for(event, where, "Een norm vraagt dit bezoek en het stond nergens.")

    def _add_for(self, event: Gebeurtenis, where: str, text: str) -> None:
        if self._place(event, where) is None:
            return
        key = str(event.object_id)
        before = len(self.wensen)
        self._add_needed(lambda visit: visit.object_key == key and visit.norm_key != VRIJ, text)
        if len(self.wensen) == before:
            self.fouten.append(
                Fout(f"{where}.objectId", "geen norm vraagt in deze periode een nieuw bezoek aan dit object")
            )

    def _hold(self, event: Gebeurtenis, where: str) -> None:
        if self._place(event, where) is None or event.object_id is None or event.datum is None:
            return
        if event.datum < self.venster.van:
            self.fouten.append(Fout(f"{where}.datum", "ligt in het verleden"))
            return
        self._holds[event.object_id] = max(event.datum, self._holds.get(event.object_id, event.datum))

    def _keep_holds(self) -> None:
        """After all other events: nothing at a held object before its day, an urgent visit neither."""
        for object_id, until in self._holds.items():
            after = until + timedelta(days=1)
            again = [c for c in self.venster.gemist if c.object_id == object_id and controle_key(c.id) in self.wensen]
            for control in [*self._controls(object_id), *again]:
                wish = self._wish(control)
                wish.niet_voor = after  # a later one must not move into the days that are held back either
                if control.datum < after:
                    wish.waarom, wish.spoed_voor = PLANNER, None
        for wish in self.wensen.values():
            visit = wish.visit
            if visit is not None:
                after = self._held_at(visit, wish.aanleiding) + timedelta(days=1)
                if visit.earliest < after:
                    wish.visit, wish.waarom = _later(visit, after), PLANNER

    def _held_at(self, visit: Visit, trigger: Aanleiding | None) -> date:
        """Until when a visit that comes is held back: by an event, or by a wish (PLN-17)."""
        object_id = UUID(visit.object_key)
        wished = held_to(self.venster.objecten[object_id], trigger)
        return max(wished, self._holds.get(object_id, wished))

    def _add_needed(self, wanted: Callable[[Visit], bool], text: str) -> None:
        """Visits that the norms ask for in this window and that stand nowhere yet."""
        venster = self.venster
        needed, _ = Bezoeken(venster.stand, venster.instellingen, venster.van, venster.tot).all()
        for need in [b for b in needed if wanted(b.visit)][:MEESTE_NIEUWE]:
            self.wensen.setdefault(need.visit.key, Wens(waarom=text, visit=need.visit, aanleiding=need.aanleiding))

    def _new(self, place: PlanbaarObject, name: str, dates: Datums, *, exempt: bool) -> Visit:
        seasons = stretches(place.seizoenen, dates.eerste, dates.laatste)
        # Out of season on all these days: no day at all, and the answer says that there is no place (PLN-16).
        first, last = seasons[0] if seasons else (dates.laatste, dates.laatste - timedelta(days=1))
        return Visit(
            key=f"{place.id}/{name}",
            object_key=str(place.id),
            point=point_of(place),
            area=area_of(place.buurtcode),
            duration=self.venster.instellingen.duur[place.type],
            competences=frozenset({place.type.value}),
            earliest=first,
            latest=last,
            norm_key=name,
            norm_clause="",
            required=dates.verplicht,
            openings=openings_of(place),
            min_days_between=max(1, self.venster.stand.normen.tussentijd_dagen),
            spacing_exempt=exempt,
        )


def _narrowed(visit: Visit, van: int, tot: int) -> Visit:
    """A visit whose openings are cut to a part of the day; each day has that part."""
    from_to = [Opening(day, van, tot) for day in range(7)]
    if visit.openings is None:
        return _with(visit, from_to)
    found = []
    for part in from_to:
        for own in visit.openings:
            for shift in (-1, 0, 1):
                if own.weekday == (part.weekday + shift) % 7:
                    low, high = max(van, own.opens + shift * _DAG), min(tot, own.closes + shift * _DAG)
                    if high - low >= visit.duration:
                        found.append(Opening(part.weekday, low, high))
    return _with(visit, found)


def _with(visit: Visit, openings: Sequence[Opening]) -> Visit:
    return replace(visit, openings=tuple(sorted(openings)))


def _later(visit: Visit, first: date) -> Visit:
    return replace(visit, earliest=max(visit.earliest, first))
