"""All that is needed to work through a batch, loaded in a fixed number of statements however many controls it holds."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.checklists.rules.scoring import EerdereControle, Geschiedenis, months_before
from app.controles.repository import controles, gebeurtenissen, inzet
from app.controles.repository.controles import EerderePunten
from app.controles.repository.gebeurtenissen import Antwoordrij
from app.controles.rules.samenvoegen import Stand
from app.controles.service.toegang import Indiener, Toegang
from app.controles.tables import Controle, Deelname, Inzet
from app.core.crypto import UnreadableText
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service import normen
from app.objecten.rules.certificaten import MET_CERTIFICAAT
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service import objecten
from app.objecten.service.certificaten import last_certificate_days
from app.objecten.service.opzoeken import bedrijfsplannen_of, objects_in_view
from app.objecten.status import Objecttype

VELD = "vertrouwelijk"
HISTORY_DAYS = 3 * 366  # more than any stacking period; the rekenregel says what counts of it


@dataclass(slots=True)
class Geval:
    """One control while events are applied to it.

    Attributes:
        uitkomst: outcome of the last judgement, as it may be shown after 'wij zijn vertrokken'.
        gemeld: it raised a signal, sent or not.
        overlays: answers that were corrected before they came in.
    """

    controle: Controle
    object: ObjectRead
    deelnames: list[Deelname]
    rij: Antwoordrij
    stand: Stand
    uitkomst: dict[str, Any] | None = None
    gemeld: bool = False
    overlays: list[dict[str, Any]] = field(default_factory=list)

    @property
    def known_numbers(self) -> frozenset[str]:
        """Numbers by which the object itself is known; they are no person's."""
        return frozenset(nummer for nummer in (self.object.kvk_nummer, self.object.nummer) if nummer)


@dataclass(slots=True)
class Werkset:
    """What a batch works with.

    Attributes:
        in_beeld: objects that wait for a control as a risk address.
        plannen: per sex establishment the business plan in force (REG-13).
        certificaten: per place that houses workers the last day of its certificate (REG-14).
    """

    uow: UnitOfWork
    toegang: Toegang
    gevallen: dict[UUID, Geval] = field(default_factory=dict)
    in_beeld: set[UUID] = field(default_factory=set)
    plannen: dict[UUID, str] = field(default_factory=dict)
    certificaten: dict[UUID, date] = field(default_factory=dict)
    historie: list[EerderePunten] = field(default_factory=list)
    _normen: dict[tuple[str, date], dict[str, float]] = field(default_factory=dict)
    _inzet: dict[UUID, list[Inzet]] = field(default_factory=dict)

    def own(self, controle_id: UUID | None) -> Geval | None:
        """A control that the sender may write to: known here, visible, of one of his teams."""
        geval = self.gevallen.get(controle_id) if controle_id is not None else None
        return geval if geval is not None and self.toegang.in_team(geval.controle.team_id) else None

    def norms(self, gemeentecode: str, datum: date) -> dict[str, float]:
        """The norm table of a municipality on a date."""
        key = (gemeentecode, datum)
        if key not in self._normen:
            self._normen[key] = normen.norm_table(self.uow, gemeentecode, datum)
        return self._normen[key]

    def inzet_of(self, controle_id: UUID) -> list[Inzet]:
        """The inspectors of a control; looked up for all controls of the batch at once, when the first is asked for."""
        if controle_id not in self._inzet:
            missing = [nr for nr in (*self.gevallen, controle_id) if nr not in self._inzet]
            self._inzet |= {nr: [] for nr in missing}
            for row in inzet.of_controls(self.uow.session, missing):
                self._inzet[row.controle_id].append(row)
        return self._inzet[controle_id]

    def history(self, geval: Geval, maanden: int, *, keuze_geen_signaal: bool) -> Geschiedenis:
        """What was scored and chosen on the same object before this control, within the stacking period."""
        datum = geval.controle.datum
        vanaf = months_before(datum, maanden)
        eerder = [
            punten
            for punten in dict.fromkeys(self.historie)
            if punten.object_id == geval.controle.object_id
            and punten.controle_id != geval.controle.id
            and vanaf <= punten.datum <= datum
        ]
        return Geschiedenis(
            eerdere=[EerdereControle(punten.datum, punten.punten) for punten in eerder],
            keuze_geen_signaal=keuze_geen_signaal,
            eerder_geen_signaal=sum(punten.keuze_geen_signaal for punten in eerder),
        )

    def remember(self, geval: Geval) -> None:
        """Lets a later control of the same batch see the points of this one."""
        self.historie = [punten for punten in self.historie if punten.controle_id != geval.controle.id]
        self.historie.append(
            EerderePunten(
                geval.controle.id,
                geval.controle.object_id,
                geval.controle.datum,
                geval.rij.punten,
                geval.rij.keuze_geen_signaal,
            )
        )

    def add(self, controle: Controle, plek: ObjectRead) -> Geval:
        """Takes up a control that was made in this batch."""
        self.historie += controles.earlier_points(self.uow.session, [plek.id], _since([controle]))
        self.look_up([plek])
        geval = Geval(controle, plek, [], _empty(controle.id), Stand())
        self.gevallen[controle.id] = geval
        return geval

    def look_up(self, plekken: Iterable[ObjectRead]) -> None:
        """Looks up what finishing a control at these objects asks for."""
        found = list(plekken)
        self.in_beeld |= objects_in_view(self.uow, [plek.id for plek in found])
        seks = [plek.id for plek in found if plek.type is Objecttype.SEKS]
        self.plannen |= bedrijfsplannen_of(self.uow, seks, self.uow.today)
        housing = [plek.id for plek in found if plek.type in MET_CERTIFICAAT]
        self.certificaten |= last_certificate_days(self.uow, housing)

    def forget(self, controle_id: UUID) -> None:
        """Drops what was loaded of a control, after its savepoint was rolled back."""
        self.gevallen.pop(controle_id, None)
        self._inzet.pop(controle_id, None)

    def take_up(self, *ids: UUID) -> None:
        """Locks controls and loads what belongs to them."""
        uow = self.uow
        rows = controles.with_ids(uow.session, ids, lock=True)
        if not rows:
            return
        found = [row.id for row in rows]
        uow.load_data_keys(found)
        plekken = objecten.objects_by_ids(uow, {row.object_id for row in rows})
        antwoorden = gebeurtenissen.answers_of(uow.session, found)
        deelnames = _participants(uow, rows)
        self.look_up(plekken.values())
        self.historie += controles.earlier_points(uow.session, {row.object_id for row in rows}, _since(rows))
        for row in rows:
            plek = plekken.get(row.object_id)
            if plek is None:  # not in the sender's municipalities: for him the control does not exist
                continue
            mee = [d for d in deelnames if d.controle_id == row.id or (row.actie_id and d.actie_id == row.actie_id)]
            rij = antwoorden.get(row.id) or _empty(row.id)
            self.gevallen[row.id] = Geval(row, plek, mee, rij, *_unseal(uow, rij))


def load(uow: UnitOfWork, indiener: Indiener, ids: Iterable[UUID]) -> Werkset:
    """Locks the controls with these ids and loads what belongs to them."""
    werk = Werkset(uow, Toegang(uow, indiener))
    werk.take_up(*ids)
    return werk


def _participants(uow: UnitOfWork, rows: Iterable[Controle]) -> Sequence[Deelname]:
    integraal = [row for row in rows if row.integraal]
    if not integraal:
        return ()
    acties = {row.actie_id for row in integraal if row.actie_id}
    return controles.participants(uow.session, controles=[row.id for row in integraal], acties=acties)


def seal(uow: UnitOfWork, geval: Geval) -> None:
    """Puts the merged state and the outcome into the confidential document of the control."""
    text = json.dumps({"stand": geval.stand.dump(), "uitkomst": geval.uitkomst, "gemeld": geval.gemeld})
    geval.rij.vertrouwelijk = uow.seal(geval.controle.id, VELD, text)


def read_stand(uow: UnitOfWork, rij: Antwoordrij) -> Stand:
    """The merged state of a control; empty when its answers are gone."""
    try:
        return _unseal(uow, rij)[0]
    except UnreadableText:
        return Stand()


def _unseal(uow: UnitOfWork, rij: Antwoordrij) -> tuple[Stand, dict[str, Any] | None, bool]:
    if rij.vertrouwelijk is None:
        return Stand(), None, False
    stored = json.loads(uow.unseal(rij.controle_id, VELD, rij.vertrouwelijk))
    return Stand.load(stored["stand"]), stored["uitkomst"], stored["gemeld"]


def _empty(controle_id: UUID) -> Antwoordrij:
    return Antwoordrij(controle_id, {}, None, 0, keuze_geen_signaal=False, versie=0)


def _since(rows: Iterable[Controle]) -> date:
    return min(row.datum for row in rows) - timedelta(days=HISTORY_DAYS)
