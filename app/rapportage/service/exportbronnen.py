"""Where the rows of each export come from: what each feature gives its caller, put in columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Any

from app.bevindingen.service.bevindingen import count_compliance
from app.controles.service.uitvoer import count_controles, iter_controles
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.teams import readable_team_names
from app.objecten.rules.openingstijden import clock_time, format_openingstijden
from app.objecten.schemas.exportrijen import ObjectRij, Vergunningstand
from app.objecten.schemas.filters import Objectfilter, Risicofilter, Vergunningfilter
from app.objecten.service import uitvoer
from app.objecten.status import Objecttype
from app.rapportage.rules import kolommen
from app.rapportage.rules.kolommen import Kolom
from app.rapportage.rules.waarden import Kolommen

SELF = "Veldwacht"
_SAME = (
    "straat", "huisnummer", "huisletter", "toevoeging", "postcode", "woonplaats", "x", "y", "type", "naam", "wijkcode",
    "buurtcode",
)  # fmt: skip
_PLACE = {**{name: name for name in _SAME}, "objectnummer": "nummer"}


@dataclass(frozen=True)
class Export:
    """An export: its name, columns and rows; `count` and `batches` run in one snapshot."""

    soort: str
    kolommen: tuple[Kolom, ...]
    filters: Any
    count: Callable[[UnitOfWork], int]
    batches: Callable[[UnitOfWork], Iterator[Kolommen]]

    @property
    def gemeentecode(self) -> str | None:
        """The one municipality that was asked for."""
        code: str | None = self.filters.gemeentecode
        return code

    @property
    def narrowed_by(self) -> str:
        """The filters as one line for the audit log: names and codes."""
        standard = {field.name: field.default for field in fields(self.filters)}
        chosen = {
            name: value for name, default in standard.items() if (value := getattr(self.filters, name)) != default
        }
        bbox = chosen.pop("bbox", None)
        if bbox is not None:
            box = bbox.asked
            chosen["bbox"] = f"{box.min_x},{box.min_y},{box.max_x},{box.max_y} ({bbox.crs.name})"
        return "; ".join(
            f"{name}={','.join(value) if isinstance(value, tuple) else value}" for name, value in chosen.items()
        )


def objecten_export(filters: Objectfilter) -> Export:
    """The stock; its columns begin as the layout `objecten` of the importer, so that a file may be read back."""

    def batches(uow: UnitOfWork) -> Iterator[Kolommen]:
        for rows in uitvoer.iter_objecten(uow, filters):
            standing = uitvoer.vergunningstanden(uow, {row.id for row in rows})
            stands = [standing.get(row.id, Vergunningstand()) for row in rows]
            yield {
                **_place_columns(rows),
                "kvkNummer": [None if row.type is Objecttype.WON else row.kvk_nummer for row in rows],
                "sector": [None if row.type is Objecttype.WON else row.sector for row in rows],
                "capaciteit": [row.capaciteit for row in rows],
                "vergunningsoort": [stand.soort for stand in stands],
                "vergunningnummer": [stand.nummer for stand in stands],
                "vergunningVanaf": [stand.geldig_vanaf for stand in stands],
                "vergunningTot": [stand.geldig_tot for stand in stands],
                "bedrijfsplanVersie": [stand.planversie for stand in stands],
                "bedrijfsplanGoedgekeurdOp": [stand.plan_goedgekeurd_op for stand in stands],
                "laatsteBibobToets": [stand.getoetst_op for stand in stands],
                "openingstijden": [
                    format_openingstijden(row.openingstijden)
                    if row.openingstijden and row.type is not Objecttype.WON
                    else None
                    for row in rows
                ],
                "id": [row.id for row in rows],
                "gemeentecode": [row.gemeentecode for row in rows],
                "bagId": [row.bag_id for row in rows],
                "status": [row.status for row in rows],
                "bron": [row.bron for row in rows],
            }

    return Export("objecten", kolommen.OBJECTEN, filters, lambda uow: uitvoer.count_objecten(uow, filters), batches)


def vergunningen_export(filters: Vergunningfilter) -> Export:
    """The permits with the place of their object."""

    def batches(uow: UnitOfWork) -> Iterator[Kolommen]:
        for rows in uitvoer.iter_vergunningen(uow, filters):
            yield {
                **_place_columns(_places(uow, [row.object_id for row in rows])),
                **_record_columns(rows),
                "soort": [row.soort for row in rows],
                "nummer": [row.nummer for row in rows],
                "status": [row.status for row in rows],
                "geldigVanaf": [row.geldig_vanaf for row in rows],
                "geldigTot": [row.geldig_tot for row in rows],
                "leidinggevendenbijlage": [row.leidinggevendenbijlage for row in rows],
                "verdwenenOp": [row.verdwenen_op for row in rows],
                "bron": [row.bron for row in rows],
            }

    return Export(
        "vergunningen",
        kolommen.VERGUNNINGEN,
        filters,
        lambda uow: uitvoer.count_vergunningen(uow, filters),
        batches,
    )


def risicoadressen_export(filters: Risicofilter) -> Export:
    """The waiting list. Of a dwelling neither reason nor source leaves the service: either may tell its use (REG-05)."""

    def batches(uow: UnitOfWork) -> Iterator[Kolommen]:
        for rows in uitvoer.iter_risicoadressen(uow, filters):
            places = _places(uow, [row.object_id for row in rows])
            told = [
                (None, None) if place.type is Objecttype.WON else (row.reden, row.bron)
                for row, place in zip(rows, places, strict=True)
            ]
            yield {
                **_place_columns(places),
                **_record_columns(rows),
                "reden": [reden for reden, _ in told],
                "bron": [bron for _, bron in told],
                "inBeeldOp": [row.in_beeld_op for row in rows],
                "herzienOp": [row.herzien_op for row in rows],
                "vervaltOp": [row.vervalt_op for row in rows],
                "controleVoor": [row.controle_voor for row in rows],
                "status": [row.status for row in rows],
                "bezochtOp": [row.bezocht_op for row in rows],
                "teLaat": [row.te_laat for row in rows],
            }

    return Export(
        "risicoadressen",
        kolommen.RISICOADRESSEN,
        filters,
        lambda uow: uitvoer.count_risicoadressen(uow, filters),
        batches,
    )


def controles_export(filters: Any) -> Export:  # noqa: ANN401 - the filter of controls is private to its feature
    """The controls. A dwelling's has no team, trigger or figure: each could tell why somebody came (REG-05)."""

    def batches(uow: UnitOfWork) -> Iterator[Kolommen]:
        teams: dict[str | None, str] = {str(team_id): name for team_id, name in readable_team_names(uow).items()}
        for rows in iter_controles(uow, filters):
            places = _places(uow, [row.object_id for row in rows])
            found = count_compliance(uow, [row.id for row in rows])
            outside = [(row, place.type is not Objecttype.WON) for row, place in zip(rows, places, strict=True)]
            yield {
                **_place_columns(places),
                **_record_columns(rows),
                "datum": [row.datum for row in rows],
                "aanvang": [None if row.aanvang is None else clock_time(row.aanvang) for row in rows],
                "duur": [row.duur for row in rows],
                "status": [row.status for row in rows],
                "team": [teams.get(row.team_id) if told else None for row, told in outside],
                "aanleiding": [row.aanleiding if told else None for row, told in outside],
                "aangekondigd": [row.aangekondigd for row in rows],
                "integraal": [row.integraal for row in rows],
                "gestartOp": [row.gestart_op for row in rows],
                "afgerondOp": [row.afgerond_op for row in rows],
                "binnen": [row.binnen for row in rows],
                "pogingreden": [row.reden for row in rows],
                "bevindingenNaleving": [found.get(row.id, 0) if told else None for row, told in outside],
                "bron": [SELF] * len(rows),
            }

    return Export("controles", kolommen.CONTROLES, filters, lambda uow: count_controles(uow, filters), batches)


def _places(uow: UnitOfWork, ids: Sequence[str]) -> list[ObjectRij]:
    """The place of each row; a record and its object are always of one municipality."""
    found = uitvoer.objecten_by_ids(uow, set(ids))
    return [found[object_id] for object_id in ids]


def _place_columns(places: Sequence[ObjectRij]) -> dict[str, Sequence[Any]]:
    columns = dict(zip(ObjectRij._fields, zip(*places, strict=True) if places else repeat(()), strict=False))
    return {name: columns[field] for name, field in _PLACE.items()}


def _record_columns(rows: Sequence[Any]) -> dict[str, Sequence[Any]]:
    return {
        "id": [row.id for row in rows],
        "objectId": [row.object_id for row in rows],
        "gemeentecode": [row.gemeentecode for row in rows],
    }
