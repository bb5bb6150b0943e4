"""Turns the answer of the quick solver into the rows of a proposal: what changes, why, and what it breaks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.planning.schemas.herplanningen import BLIJFT, Herplanuitkomst, Plaats
from app.planning.service.herplanvraag import Herplanvraag, Planvenster, Wens
from app.planning.service.staand import Staandbezoek
from app.planning.solver.replanning import Change, Planned, Replanned, Wijziging

RUIMTE = "Maakt plaats voor wat voorgaat."
ROUTE = "De route van deze dienst is opnieuw gelegd."
HERZIEN = "Kan op deze dienst niet blijven staan."
GEEN_NORM = "Een bezoek dat een norm of termijn vraagt heeft in deze periode geen plek."
LATER = "Het bezoek vervalt; een volgende planronde kan het opnieuw plannen."
TE_LAAT = "Het spoedbezoek is niet op tijd."
IN_RONDES = (
    "Wat in {rondes} is vastgesteld blijft staan waar het staat. Een nieuwe planronde over deze dagen mag dat binnen de "
    "week verzetten, en maakt zo plaats."
)
AL_OP_TIJD = (
    "Het bezoek van {datum:%d-%m-%Y} is op tijd voor de spoed van {voor:%d-%m-%Y}; er hoeft niets te veranderen."
)
BLIJFT_TE_LAAT = (
    "Het bezoek van {datum:%d-%m-%Y} blijft staan en is te laat voor de spoed van {voor:%d-%m-%Y}: daarvoor is geen dag met een dienst "
    "waarop het kan. Zet een dienst in het rooster, of plan het met de hand."
)
DIENST_WEG = (
    "Op een dienst die uitvalt staan ook bezoeken van {rondes} die nog niet zijn vrijgegeven ({aantal}). Een nieuwe "
    "planronde over die week geeft ze een andere dienst."
)


@dataclass(frozen=True)
class Herplanvoorstel:
    """A proposal as it is stored.

    Attributes:
        wijzigingen: Visits that change, and those on touched shifts that stay.
        stand: Controls on the touched shifts with their version.
        uitkomst: How good it is.
    """

    wijzigingen: list[dict[str, Any]]
    stand: list[dict[str, Any]]
    uitkomst: Herplanuitkomst


def make_replan_proposal(vraag: Herplanvraag, answer: Replanned) -> Herplanvoorstel:
    """The rows of a proposal."""
    rows = _Rows(vraag, answer)
    kinds = [change.kind for change in answer.changes]
    uitkomst = Herplanuitkomst(
        gewijzigd=answer.changed,
        gedwongen=answer.forced,
        toegevoegd=kinds.count(Wijziging.TOEGEVOEGD),
        zonder_plek=kinds.count(Wijziging.GEEN_PLEK),
        bewezen=answer.proven,
        afgebroken=answer.aborted,
        meldingen=[
            *_urgent_ones(vraag, {change.visit_key for change in answer.changes}),
            *_notes(vraag.venster, lacking=Wijziging.GEEN_PLEK in kinds),
        ],
    )
    return Herplanvoorstel(sorted(rows.changes(), key=_order), list(rows.stand()), uitkomst)


def _urgent_ones(vraag: Herplanvraag, changed: Collection[str]) -> Iterator[str]:
    """What is asked in time and stays where it is: because it is in time, or because no day before it will do."""
    for key, wens in vraag.wensen.items():
        control = vraag.controles.get(key)
        if control is None or wens.spoed_voor is None or key in changed:
            continue
        text = AL_OP_TIJD if control.datum <= wens.spoed_voor else BLIJFT_TE_LAAT
        yield text.format(datum=control.datum, voor=wens.spoed_voor)


def _notes(venster: Planvenster, *, lacking: bool) -> Iterator[str]:
    """What confirmed rounds have to do with it: nothing of them moves, and that is told where it matters."""
    held = [one for one in venster.staand if one.regel.datum <= venster.tot]
    lost = [one for one in held if venster.names_lost(one.regel.team_id, one.regel.datum, None, one.regel.aanvang)]
    if lost:
        yield DIENST_WEG.format(rondes=_names(lost), aantal=len(lost))
    if lacking and held:
        yield IN_RONDES.format(rondes=_names(held))


def _names(staand: Sequence[Staandbezoek]) -> str:
    names = sorted({one.ronde for one in staand})
    return f"planronde{'s' if len(names) > 1 else ''} " + ", ".join(f"'{name}'" for name in names)


def _order(row: dict[str, Any]) -> tuple[str, int, str]:
    place = row["naar"] or row["van"] or {"datum": "", "aanvang": 0}
    return place["datum"], place["aanvang"] or 0, row["objectId"]


def _stood(one: Staandbezoek, waarom: str) -> dict[str, Any]:
    return one.moved_from(waarom).model_dump(mode="json", by_alias=True)


@dataclass(frozen=True)
class _Rows:
    vraag: Herplanvraag
    answer: Replanned

    def changes(self) -> Iterator[dict[str, Any]]:
        own = self.vraag.controles.keys() | self.vraag.comes
        routed = {stop.visit_key: stop for stop in self.answer.routes if stop.visit_key in own}
        changed = {change.visit_key: change for change in self.answer.changes}
        for key in sorted({*routed, *changed}):
            yield self._row(key, changed.get(key), routed.get(key))

    def _row(self, key: str, change: Change | None, stop: Planned | None) -> dict[str, Any]:
        control, wens = self.vraag.controles.get(key), self.vraag.wensen.get(key, Wens())
        visit = wens.visit
        stood = None
        if control is not None:
            stood = Plaats(datum=control.datum, team_id=control.team_id, aanvang=control.aanvang)
        comes = None
        if stop is not None:
            shift = self.vraag.diensten[stop.slot_key]
            comes = Plaats(datum=shift.datum, team_id=shift.team_id, aanvang=stop.start, volgorde=stop.order)
        kind = BLIJFT if change is None else change.kind.value
        trigger = control.aanleiding if control is not None else wens.aanleiding
        return {
            "controleId": None if control is None else str(control.id),
            "objectId": str(control.object_id)
            if control is not None
            else visit.object_key
            if visit is not None
            else "",
            "soort": kind,
            "van": None if stood is None else stood.model_dump(mode="json", by_alias=True),
            "naar": None if comes is None else comes.model_dump(mode="json", by_alias=True),
            "duur": control.duur if control is not None else visit.duration if visit is not None else 0,
            "aanleiding": None if trigger is None else trigger.value,
            "gedwongen": change is not None and change.forced,
            "waarom": self._why(change, wens),
            "verzet": None if wens.neemt_over is None or comes is None else _stood(wens.neemt_over, wens.waarom),
            "breekt": list(self._breaks(key, change, wens, comes)),
        }

    def _why(self, change: Change | None, wens: Wens) -> str:
        if change is None:
            return ""
        if change.kind is Wijziging.TIJDSTIP:
            return ROUTE
        if wens.waarom:
            return wens.waarom
        return HERZIEN if change.forced else RUIMTE

    def _breaks(self, key: str, change: Change | None, wens: Wens, comes: Plaats | None) -> Iterator[str]:
        if wens.spoed_voor is not None and (comes is None or comes.datum > wens.spoed_voor) and change is not None:
            yield TE_LAAT
        if comes is not None:
            yield from wens.gevolgen
        if change is None or change.to_slot is not None or wens.weg:
            return
        entry = next(e for e in self.vraag.problem.entries if e.visit.key == key)
        yield GEEN_NORM if entry.visit.required else LATER

    def stand(self) -> Iterator[dict[str, Any]]:
        """Every touched shift with its controls, and apart from them what goes from elsewhere."""
        touched = {stop.slot_key for stop in self.answer.routes}
        touched |= {
            c.from_slot for c in self.answer.changes if c.from_slot in self.vraag.diensten and c.from_slot is not None
        }
        named: set[UUID] = set()
        for slot_key in sorted(touched):
            shift = self.vraag.diensten[slot_key]
            here = [
                self.vraag.controles[entry.visit.key]
                for entry in self.vraag.problem.entries
                if entry.slot_key == slot_key and entry.visit.key in self.vraag.controles
            ]
            named |= {control.id for control in here}
            yield {
                "teamId": str(shift.team_id),
                "datum": shift.datum.isoformat(),
                "van": shift.van,
                "tot": shift.tot,
                "versies": {str(control.id): control.versie for control in here},
                "staand": [
                    str(one.regel.id)
                    for one in self.vraag.venster.staand
                    if (one.regel.team_id, one.regel.datum) == (shift.team_id, shift.datum)
                ],
            }
        objects = {
            entry.visit.object_key
            for entry in self.vraag.problem.entries
            if entry.visit.key in {change.visit_key for change in self.answer.changes}
        }
        # What stood at these objects: another one that comes near since is no part of what was calculated.
        yield {
            "teamId": None,
            "versies": {},
            "bekend": [
                *(str(c.id) for c in self.vraag.controles.values() if str(c.object_id) in objects),
                *(str(one.regel.id) for one in self.vraag.venster.staand if str(one.regel.object_id) in objects),
            ],
        }
        apart = {
            str(control.id): control.versie
            for change in self.answer.changes
            if (control := self.vraag.controles.get(change.visit_key)) is not None and control.id not in named
        }
        if apart:
            yield {"teamId": None, "versies": apart}
