"""Stores the rows of one batch of an import against what stands: new, changed or the same (CAD-06, REG-01 to REG-03, REG-13)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.service.gebieden import locate_all
from app.objecten.repository import inlezen as standing
from app.objecten.rules.adressen import address_code, own_number
from app.objecten.rules.importrij import AfgewezenRij, Importrij, RijFout
from app.objecten.rules.teksten import names_sex_work
from app.objecten.rules.termijnen import Periode, merge_period
from app.objecten.service.objecten import address_name
from app.objecten.service.risicoadressen import ViewTerms, bring_into_view, view_terms
from app.objecten.service.samenvoegen import Melding
from app.objecten.service.vergunningen import grace_days
from app.objecten.status import Objecttype
from app.objecten.tables import Adres, Bedrijfsplan, BibobToets, Import, Object, Risicoadres, Vergunning


class Uitkomst(StrEnum):
    """What a row did."""

    NIEUW = "nieuw"
    GEWIJZIGD = "gewijzigd"
    ONGEWIJZIGD = "ongewijzigd"


class Versioned(Protocol):
    """A record with an ETag."""

    versie: int


def apply_rows(uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> tuple[list[Uitkomst], list[AfgewezenRij]]:
    """Stores rows in a number of queries that does not grow with the batch (new risk addresses excepted: each brings its task).

    Returns:
        What the rows did that landed, and the rows that do not fit what stands.
    """
    if not rows:
        return [], []
    batch = _Batch(uow, record, rows)
    batch.store_addresses()
    batch.store_objects()
    batch.store_permits()
    batch.store_plans()
    batch.store_tests()
    batch.store_risks()
    refused = {row.regel for row in batch.refused}
    return [batch.outcome_of(row) for row in rows if row.regel not in refused], batch.refused


class _Batch:
    """The rows of one batch and the records that they speak of."""

    def __init__(self, uow: UnitOfWork, record: Import, rows: Sequence[Importrij]) -> None:
        self.uow, self.session, self.record, self.rows = uow, uow.session, record, rows
        self.code = record.gemeentecode
        self.refused: list[AfgewezenRij] = []
        self.adres_of: dict[int, Adres] = {}
        self.object_of: dict[int, Object] = {}
        self.areas_of: dict[int, AreaCodes] = {}
        self.permits = standing.permits(
            self.session, uow.caller, self.code, {row.vergunning.nummer for row in rows if row.vergunning}
        )
        self._new: set[int] = set()
        self._changed: set[int] = set()

    def outcome_of(self, row: Importrij) -> Uitkomst:
        """What a row did."""
        if row.regel in self._new:
            return Uitkomst.NIEUW
        return Uitkomst.GEWIJZIGD if row.regel in self._changed else Uitkomst.ONGEWIJZIGD

    def store_addresses(self) -> None:
        """Adds addresses that are not there, and gives one without a point that of its row (REG-20)."""
        placed = [(row, punt) for row in self.rows if (punt := row.adres.punt) is not None]
        codes = locate_all(self.uow, self.code, [punt for _, punt in placed])
        self.areas_of = {row.regel: areas for (row, _), areas in zip(placed, codes, strict=True)}
        known = standing.addresses(self.session, self.uow.caller, self.code, {row.adres.postcode for row in self.rows})
        for row in self.rows:
            found = known.get(row.adres.key)
            if found is None:
                found = known[row.adres.key] = self._new_address(row)
                self.session.add(found)
            elif found.x is None and row.adres.punt is not None:
                self._place(found, row)
                self._changed.add(row.regel)
            self.adres_of[row.regel] = found
        self.session.flush()

    def store_objects(self) -> None:
        """Finds the object of each row, or adds it; a row that does not fit what stands is refused."""
        found = standing.objects(
            self.session,
            self.uow.caller,
            self.code,
            {row.nummer for row in self.rows if row.nummer is not None},
            {self.adres_of[row.regel].id for row in self.rows if row.nummer is None},
            {permit.object_id for permit in self.permits.values()},
        )
        by_id = {row.id: row for row in found}
        by_number = {row.nummer: row for row in found}
        by_place: dict[tuple[UUID, Objecttype], Object] = {}
        for place in found:
            by_place.setdefault((place.adres_id, place.type), place)
        for row in self.rows:
            adres = self.adres_of[row.regel]
            known = self._by_permit(row, by_id)
            if known is None:
                at = by_place.get((adres.id, row.type))
                known = at if row.nummer is None else by_number.get(row.nummer)
            if known is None:
                known = self._new_object(row, adres)
                self.session.add(known)
                by_number[known.nummer] = by_place[adres.id, known.type] = known
            elif (fault := _misfit(row, known, adres)) is not None:
                self.refused.append(AfgewezenRij(row.regel, (fault,)))
                continue
            elif row.risico is None and not row.object_eerder:
                self._update(row, known, self._object_fields(row, known, adres))
            self.object_of[row.regel] = known
        self.session.flush()

    def store_permits(self) -> None:
        """Adds and changes permits; a renewal under the same number keeps its first day (B13)."""
        grace = grace_days(self.uow, self.code)
        for row, place in self._landed():
            permit = row.vergunning
            if permit is None:
                continue
            known = self.permits.get(permit.key)
            said = Periode(permit.vanaf, permit.tot)
            if known is None:
                known = self.permits[permit.key] = Vergunning(
                    gemeentecode=self.code,
                    object_id=place.id,
                    soort=permit.soort,
                    nummer=permit.nummer,
                    status=permit.status,
                    geldig_vanaf=said.vanaf,
                    geldig_tot=said.tot,
                    bron=self.record.bron,
                )
                self.session.add(known)
                self._changed.add(row.regel)
                continue
            holds = merge_period(Periode(known.geldig_vanaf, known.geldig_tot), said, grace)
            fields = {
                "object_id": place.id,
                "status": permit.status,
                "geldig_vanaf": holds.vanaf,
                "geldig_tot": holds.tot,
                "verdwenen_op": None,
            }
            self._update(row, known, fields)
        self.session.flush()

    def store_plans(self) -> None:
        """Adds versions of business plans (REG-13)."""
        wanted = [(row, place, row.bedrijfsplan) for row, place in self._landed() if row.bedrijfsplan is not None]
        known = standing.plans(self.session, {place.id for _, place, _ in wanted}) if wanted else {}
        for row, place, (version, approved) in wanted:
            plan = known.get((place.id, version))
            if plan is None:
                plan = known[place.id, version] = Bedrijfsplan(
                    gemeentecode=self.code,
                    object_id=place.id,
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
            (row, self.permits[row.vergunning.key], row.laatste_bibob)
            for row, _ in self._landed()
            if row.vergunning is not None and row.laatste_bibob is not None
        ]
        known = standing.test_days(self.session, {permit.id for _, permit, _ in wanted}) if wanted else set()
        for row, permit, day in wanted:
            if (permit.id, day) in known:
                continue
            known.add((permit.id, day))
            self.session.add(
                BibobToets(gemeentecode=self.code, vergunning_id=permit.id, getoetst_op=day, kenmerk=self.record.bron)
            )
            self._changed.add(row.regel)

    def store_risks(self) -> None:
        """Brings risk addresses into view, each with its control task (CAD-06)."""
        wanted = [(row, place, row.risico) for row, place in self._landed() if row.risico is not None]
        if not wanted:
            return
        known = standing.open_risks(self.session, {place.id for _, place, _ in wanted})
        terms: ViewTerms = view_terms(self.uow, self.code)
        for row, place, risk in wanted:
            before: Risicoadres | None = known.get(place.id)
            version = None if before is None else before.versie
            said = Melding(risk.reden, risk.bron, risk.in_beeld_op, risk.herzien_op, None)
            after = known[place.id] = bring_into_view(self.uow, place, said, terms, before)
            if before is None or after.id != before.id:
                self._new.add(row.regel)
            elif after.versie != version:
                self._changed.add(row.regel)

    def _landed(self) -> list[tuple[Importrij, Object]]:
        return [(row, self.object_of[row.regel]) for row in self.rows if row.regel in self.object_of]

    def _by_permit(self, row: Importrij, by_id: dict[UUID, Object]) -> Object | None:
        """Where a source numbers permits only: the object of the permit, also when it has another name now."""
        permit = self.permits.get(row.vergunning.key) if row.vergunning and row.nummer_bedacht else None
        place = None if permit is None else by_id.get(permit.object_id)
        same_place = place is not None and place.adres_id == self.adres_of[row.regel].id and place.type is row.type
        return place if same_place else None

    def _new_address(self, row: Importrij) -> Adres:
        told = row.adres
        adres = Adres(
            gemeentecode=self.code,
            straat=told.straat,
            huisnummer=told.huisnummer,
            huisletter=told.huisletter,
            toevoeging=told.toevoeging,
            postcode=told.postcode,
            woonplaats=told.woonplaats,
        )
        self._place(adres, row)
        return adres

    def _place(self, adres: Adres, row: Importrij) -> None:
        areas = self.areas_of.get(row.regel, AreaCodes())
        adres.x, adres.y = row.adres.x, row.adres.y
        adres.wijkcode, adres.buurtcode, adres.buiten_gemeente = areas.wijk, areas.buurt, areas.buiten_gemeente

    def _new_object(self, row: Importrij, adres: Adres) -> Object:
        code = address_code(*row.adres.key)
        made = Object(
            id=new_id(),
            gemeentecode=self.code,
            nummer=row.nummer or own_number(row.type, code),
            type=row.type,
            naam=row.naam or address_name(adres),
            adres_id=adres.id,
            bron=self.record.bron,
        )
        for name, value in self._object_fields(row, made, adres).items():
            setattr(made, name, value)
        if row.risico is None:
            self._new.add(row.regel)
        return made

    def _object_fields(self, row: Importrij, known: Object, adres: Adres) -> dict[str, Any]:
        """What the row says of its object; what it does not say is left as it is."""
        told = {
            "naam": row.naam or known.naam,
            "kvk_nummer": row.kvk_nummer,
            "sector": row.sector,
            "capaciteit": row.capaciteit,
            "openingstijden": row.openingstijden,
        }
        fields: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
        fields["adres_id"] = adres.id
        if row.adres.punt is not None:
            areas = self.areas_of[row.regel]
            fields |= {"x": row.adres.x, "y": row.adres.y, "wijkcode": areas.wijk, "buurtcode": areas.buurt}
        elif known.x is None or known.adres_id != adres.id:
            fields |= {"x": adres.x, "y": adres.y, "wijkcode": adres.wijkcode, "buurtcode": adres.buurtcode}
        return fields

    def _update(self, row: Importrij, known: Versioned, fields: dict[str, Any]) -> None:
        changed = {name: value for name, value in fields.items() if getattr(known, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(known, name, value)
        known.versie += 1
        self._changed.add(row.regel)


def _misfit(row: Importrij, known: Object, adres: Adres) -> RijFout | None:
    """Why a row cannot be about the object that has its number."""
    if row.risico is None:
        if known.type is not row.type:
            return RijFout("type", "dit objectnummer hoort bij een object van een ander type")
        return None
    if known.adres_id != adres.id:
        return RijFout("objectnummer", "hoort bij een object op een ander adres")
    if known.type is Objecttype.WON and names_sex_work(row.risico.reden):
        return RijFout("reden", "noemt bij een woning sekswerk; beschrijf de plek neutraal")
    return None
