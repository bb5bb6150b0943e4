"""Stores the rows of one batch of an import against what stands: new, changed or the same (REG-01 to REG-03, REG-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service.gebieden import locate_all
from app.objecten.repository import inlezen as standing
from app.objecten.rules.importrij import AdresRij, AfgewezenRij, GelezenRij, Importrij, RijFout
from app.objecten.rules.teksten import dwelling_faults, text_faults
from app.objecten.rules.termijnen import Periode, is_expired, merge_period
from app.objecten.service.andere_gemeente import refuse_elsewhere
from app.objecten.service.gevonden import Plek, Zaak, area_fields, new_address, new_object, new_permit
from app.objecten.service.risicoadressen import bring_into_view, view_terms
from app.objecten.service.samenvoegen import Melding
from app.objecten.service.schrijfwijze import spell_as_known
from app.objecten.service.vergunning_bij_object import complete_permits
from app.objecten.service.vergunningen import grace_days
from app.objecten.service.zoekindex import index_words
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Bedrijfsplan, BibobToets, Import, Object, Vergunning


class Uitkomst(StrEnum):
    """What a row did."""

    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    ONGEWIJZIGD = "ongewijzigd"


@dataclass(frozen=True)
class Geland:
    """What a batch did: the rows that landed with what each did, and those that did not, in no order."""

    rijen: list[Importrij]
    uitkomsten: list[Uitkomst]
    afgewezen: list[AfgewezenRij]


def land_batch(uow: UnitOfWork, record: Import, batch: Sequence[GelezenRij]) -> Geland:
    """Stores a batch as it was read: rows about a permit only are given the object that stands, the others are applied."""
    rows = resolve_rows(uow, record, batch)
    good = [row for row in rows if isinstance(row, Importrij)]
    outcomes, refused = apply_rows(uow, record, good)
    fallen = {row.regel for row in refused}
    landed = [row for row in good if row.regel not in fallen]
    return Geland(landed, outcomes, [row for row in rows if isinstance(row, AfgewezenRij)] + refused)


def resolve_rows(uow: UnitOfWork, record: Import, batch: Sequence[GelezenRij]) -> list[GelezenRij]:
    """The rows with the municipality, address and object that they mean, or why that is not certain."""
    own = refuse_elsewhere(uow, record, batch)
    return complete_permits(uow, record, spell_as_known(uow, record, own))


def apply_rows(uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> tuple[list[Uitkomst], list[AfgewezenRij]]:
    """Stores rows in a number of queries that does not grow with the batch (new risk addresses excepted: each brings its task).

    Returns:
        What the rows did that landed, and the rows that do not fit what stands.
    """
    if not rows:
        return [], []
    batch = _store(uow, record, rows)
    refused = {row.regel for row in batch.refused}
    return [batch.outcome_of(row) for row in rows if row.regel not in refused], batch.refused


def apply_one(uow: UnitOfWork, record: Import, row: Importrij) -> tuple[Uitkomst, UUID] | None:
    """Stores one row, for who wants to see what it does.

    Returns:
        What it did and its object, or None when it does not fit what stands.
    """
    batch = _store(uow, record, [row])
    return None if batch.refused else (batch.outcome_of(row), batch.object_of[row.regel])


def _store(uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> "_Batch":
    batch = _Batch(uow, record, rows)
    batch.store_addresses()
    batch.store_objects()
    batch.store_permits()
    batch.store_plans()
    batch.store_tests()
    batch.store_risks()
    index_words(uow.session, batch.touched())
    return batch


class _Batch:
    """The rows of one batch and the records that they speak of."""

    def __init__(self, uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> None:
        self.uow, self.session, self.record, self.rows = uow, uow.session, record, rows
        self.code = record.gemeentecode
        self.refused: list[AfgewezenRij] = []
        self.place_of: dict[int, Plek] = {}
        self.object_of: dict[int, UUID] = {}
        self.areas_of: dict[int, AreaCodes] = {}
        self.permits = standing.permits(
            self.session, uow.caller, self.code, {row.vergunning.nummer for row in rows if row.vergunning}
        )
        self.permit_ids = {key: permit.id for key, permit in self.permits.items()}
        self._new: set[int] = set()
        self._changed: set[int] = set()
        self._also: set[UUID] = set()

    def outcome_of(self, row: Importrij) -> Uitkomst:
        """What a row did."""
        if row.regel in self._new:
            return Uitkomst.NIEUW
        return Uitkomst.GEWIJZIGD if row.regel in self._changed else Uitkomst.ONGEWIJZIGD

    def touched(self) -> set[UUID]:
        """The objects that rows of the batch added or changed, also that from which a permit moved."""
        changed = {self.object_of[line] for line in self._new | self._changed if line in self.object_of}
        return changed | self._also

    def store_addresses(self) -> None:
        """Adds addresses that are not there, and gives one without a point that of its row (REG-20)."""
        pointed = [(row, punt) for row in self.rows if (punt := row.adres.punt) is not None]
        codes = locate_all(self.uow, self.code, [punt for _, punt in pointed])
        self.areas_of = {row.regel: areas for (row, _), areas in zip(pointed, codes, strict=True)}
        places = {(row.adres.postcode, row.adres.huisnummer) for row in self.rows}
        stored = standing.addresses(self.session, self.uow.caller, self.code, places)
        known = {key: Plek.of(adres) for key, adres in stored.items()}
        added: dict[tuple[str, int, str, str], dict[str, Any]] = {}
        placed: list[Adres] = []
        for row in self.rows:
            key, areas = row.adres.key, self.areas_of.get(row.regel, AreaCodes())
            if key not in known:
                added[key] = new_address(self.record, row.adres, areas)
                known[key] = Plek.new(added[key])
            elif key in added and added[key]["x"] is None and row.adres.punt is not None:
                # A later row of the batch tells the point, as it would in a batch of its own.
                added[key] |= new_address(self.record, row.adres, areas) | {"id": added[key]["id"]}
                known[key] = Plek.new(added[key])
                self._changed.add(row.regel)
            elif key in stored and stored[key].x is None and row.adres.punt is not None:
                _place(stored[key], row.adres, areas, self.record.id)
                known[key] = Plek.of(stored[key])
                placed.append(stored[key])
                self._changed.add(row.regel)
        self.place_of = {row.regel: known[row.adres.key] for row in self.rows}
        self.session.flush()
        self._also |= standing.place_objects(self.session, placed, self.record.id)
        standing.insert_all(self.session, Adres, list(added.values()))

    def store_objects(self) -> None:
        """Finds the object of each row, or adds it; a row that does not fit what stands is refused."""
        found = standing.objects(
            self.session,
            self.uow.caller,
            self.code,
            {row.nummer for row in self.rows if row.nummer is not None},
            {self.place_of[row.regel].id for row in self.rows if row.nummer is None},
            {permit.object_id for permit in self.permits.values()},
        )
        by_number: dict[str, Zaak] = {row.nummer: Zaak(row.id, row.type, row.adres_id, row) for row in found}
        by_id = {zaak.id: zaak for zaak in by_number.values()}
        by_place: dict[tuple[UUID, Objecttype], Zaak] = {}
        for zaak in by_number.values():
            by_place.setdefault((zaak.adres_id, zaak.type), zaak)
        added: list[dict[str, Any]] = []
        for row in self.rows:
            place = self.place_of[row.regel]
            known = self._by_permit(row, by_id)
            if known is None:
                at = by_place.get((place.id, row.type))
                known = at if row.nummer is None else by_number.get(row.nummer)
            if (fault := _tells_use(row, known, self.record.bron)) is not None:
                self.refused.append(AfgewezenRij(row.regel, (fault,), bron=row.bron))
                continue
            if known is None:
                added.append(new_object(self.record, row, place, self.areas_of.get(row.regel)))
                known = Zaak(added[-1]["id"], row.type, place.id)
                self._also.add(known.id)
                by_number[added[-1]["nummer"]] = by_place[place.id, row.type] = known
                if row.risico is None:
                    self._new.add(row.regel)
            elif (fault := _misfit(row, known, place)) is not None:
                self.refused.append(AfgewezenRij(row.regel, (fault,), bron=row.bron))
                continue
            elif known.stored is not None and row.risico is None and not row.object_eerder:
                self._update(row, known.stored, self._object_fields(row, known.stored, place))
            self.object_of[row.regel] = known.id
        self.session.flush()
        standing.insert_all(self.session, Object, added)

    def store_permits(self) -> None:
        """Adds and changes permits; a renewal under the same number keeps its first day (B13)."""
        grace = grace_days(self.uow, self.code)
        added: list[dict[str, Any]] = []
        for row, object_id in self._landed():
            permit = row.vergunning
            if permit is None:
                continue
            known = self.permits.get(permit.key)
            if known is not None:
                if known.object_id != object_id:
                    self._also.add(known.object_id)
                holds = merge_period(
                    Periode(known.geldig_vanaf, known.geldig_tot), Periode(permit.vanaf, permit.tot), grace
                )
                fields = {
                    "object_id": object_id,
                    "status": permit.status,
                    "geldig_vanaf": holds.vanaf,
                    "geldig_tot": holds.tot,
                    "verdwenen_op": None,
                }
                self._update(row, known, fields)
            elif permit.key not in self.permit_ids:
                added.append(new_permit(self.record, permit, object_id))
                self.permit_ids[permit.key] = added[-1]["id"]
                self._changed.add(row.regel)
        self.session.flush()
        standing.insert_all(self.session, Vergunning, added)

    def store_plans(self) -> None:
        """Adds versions of business plans (REG-13)."""
        wanted = [(row, place, row.bedrijfsplan) for row, place in self._landed() if row.bedrijfsplan is not None]
        known = standing.plans(self.session, {place for _, place, _ in wanted}) if wanted else {}
        for row, place, (version, approved) in wanted:
            plan = known.get((place, version))
            if plan is None:
                plan = known[place, version] = Bedrijfsplan(
                    gemeentecode=self.code,
                    object_id=place,
                    versienaam=version,
                    goedgekeurd_op=approved,
                    onderdelen=[],
                )
                self.session.add(plan)
                self._changed.add(row.regel)
            elif plan.goedgekeurd_op != approved:
                plan.goedgekeurd_op = approved
                self._changed.add(row.regel)

    def store_tests(self) -> None:
        """Adds days of Bibob tests (CAD-02)."""
        wanted = [
            (row, self.permit_ids[row.vergunning.key], row.laatste_bibob)
            for row, _ in self._landed()
            if row.vergunning is not None and row.laatste_bibob is not None
        ]
        known = standing.test_days(self.session, {permit for _, permit, _ in wanted}) if wanted else set()
        added: list[dict[str, Any]] = []
        for row, permit, day in wanted:
            if (permit, day) in known:
                continue
            known.add((permit, day))
            added.append(
                {
                    "id": new_id(),
                    "gemeentecode": self.code,
                    "vergunning_id": permit,
                    "getoetst_op": day,
                    "kenmerk": self.record.bron,
                }
            )
            self._changed.add(row.regel)
        standing.insert_all(self.session, BibobToets, added)

    def store_risks(self) -> None:
        """Brings risk addresses into view, each with its control task (CAD-06)."""
        wanted = [(row, place, row.risico) for row, place in self._landed() if row.risico is not None]
        if not wanted:
            return
        ids = {place for _, place, _ in wanted}
        places = {row.id: row for row in standing.objects(self.session, self.uow.caller, self.code, (), (), ids)}
        known = standing.open_risks(self.session, ids)
        dealt = standing.closed_risks(self.session, ids)
        terms = view_terms(self.uow, self.code)
        for row, place, risk in wanted:
            before = known.get(place)
            expired = before is not None and is_expired(before.vervalt_op, self.uow.today)
            done = before.in_beeld_op if before is not None and expired else dealt.get(place)
            if (before is None or expired) and done is not None and risk.in_beeld_op <= done:
                continue  # an old file: this was visited, or is out of view
            version = None if before is None else before.versie
            said = Melding(risk.reden, risk.bron, risk.in_beeld_op, risk.herzien_op, None)
            after = known[place] = bring_into_view(self.uow, places[place], said, terms, before)
            if before is None or after.id != before.id:
                self._new.add(row.regel)
            elif after.versie != version:
                self._changed.add(row.regel)

    def _landed(self) -> list[tuple[Importrij, UUID]]:
        return [(row, self.object_of[row.regel]) for row in self.rows if row.regel in self.object_of]

    def _by_permit(self, row: Importrij, by_id: dict[UUID, Zaak]) -> Zaak | None:
        """Where a source numbers permits only: the object of the permit, also when it has another name now."""
        permit = self.permits.get(row.vergunning.key) if row.vergunning and row.nummer_bedacht else None
        zaak = None if permit is None else by_id.get(permit.object_id)
        here = zaak is not None and zaak.adres_id == self.place_of[row.regel].id and zaak.type is row.type
        return zaak if here else None

    def _object_fields(self, row: Importrij, known: Object, place: Plek) -> dict[str, Any]:
        """What the row says of its object; what it does not say is left as it is."""
        told = {
            "naam": row.naam or None,
            "kvk_nummer": row.kvk_nummer,
            "sector": row.sector,
            "capaciteit": row.capaciteit,
            "openingstijden": row.openingstijden,
        }
        fields: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        fields["adres_id"] = place.id
        if row.adres.punt is not None:
            fields |= {"x": row.adres.x, "y": row.adres.y, **area_fields(self.areas_of[row.regel])}
        elif known.x is None or known.adres_id != place.id:
            fields |= {"x": place.x, "y": place.y, **area_fields(place.gebieden)}
        return fields

    def _update(self, row: Importrij, known: Object | Vergunning, fields: dict[str, Any]) -> None:
        changed = {name: value for name, value in fields.items() if getattr(known, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(known, name, value)
        known.import_id = self.record.id
        known.versie += 1
        self._changed.add(row.regel)


def _place(adres: Adres, told: AdresRij, areas: AreaCodes, import_id: UUID) -> None:
    adres.x, adres.y, adres.import_id = told.x, told.y, import_id
    adres.wijkcode, adres.buurtcode, adres.buiten_gemeente = areas.wijk, areas.buurt, areas.buiten_gemeente
    adres.gebied_jaar = areas.jaar


def _tells_use(row: Importrij, known: Zaak | None, bron: str) -> RijFout | None:
    """Why a row would tell a dwelling by its use (REG-05)."""
    numbers = {
        "vergunningnummer": row.vergunning.nummer if row.vergunning else None,
        "bedrijfsplanVersie": row.bedrijfsplan[0] if row.bedrijfsplan else None,
    }
    if known is None:
        numbers |= {"objectnummer": row.nummer, "bron": bron}
    faults = dwelling_faults(known.type if known else row.type, numbers, row.openingstijden)
    return RijFout(*faults[0]) if faults else None


def _misfit(row: Importrij, known: Zaak, place: Plek) -> RijFout | None:
    """Why a row cannot be about the object that has its number."""
    if row.risico is None:
        if known.type is not row.type:
            return RijFout("type", "dit objectnummer hoort bij een object van een ander type")
        return None
    if known.adres_id != place.id:
        return RijFout("objectnummer", "hoort bij een object op een ander adres")
    # The row may have left the type out: what may be said follows from the object that it is about.
    texts = (("reden", row.risico.reden), ("bron", row.risico.bron))
    return next((RijFout(field, fault) for field, text in texts for fault in text_faults(known.type, text)), None)
