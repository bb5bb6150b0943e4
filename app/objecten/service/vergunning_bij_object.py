"""Rows that only speak of a permit: which object that stands they are about (layout `vergunningen`). None is ever made for them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import inlezen as standing
from app.objecten.rules.importrij import AdresRij, AfgewezenRij, GelezenRij, Importrij, RijFout
from app.objecten.rules.teksten import VERGUNNING_BIJ_WONING, may_have_permit
from app.objecten.status import Objectstatus
from app.objecten.tables import Adres, Import, Object


def complete_permits(uow: UnitOfWork, record: Import, rows: Sequence[GelezenRij]) -> list[GelezenRij]:
    """The rows, each about a permit only with the object and address that stand; or why it is not certain which are meant.

    Two queries at most for a batch. The other rows are given back as they are.
    """
    wanted = [row for row in rows if isinstance(row, Importrij) and row.alleen_vergunning]
    if not wanted:
        return list(rows)
    caller, code = uow.caller, record.gemeentecode
    places = {(row.adres.postcode, row.adres.huisnummer) for row in wanted if row.nummer is None}
    by_key = standing.addresses(uow.session, caller, code, places) if places else {}
    numbers = {row.nummer for row in wanted if row.nummer is not None}
    found = standing.objects(uow.session, caller, code, numbers, {adres.id for adres in by_key.values()}, ())
    at_other = {zaak.adres_id for zaak in found} - {adres.id for adres in by_key.values()}
    addresses = {
        adres.id: adres for adres in (*by_key.values(), *standing.addresses_by_id(uow.session, caller, at_other))
    }
    made: list[GelezenRij] = []
    for row in rows:
        if not isinstance(row, Importrij) or not row.alleen_vergunning:
            made.append(row)
            continue
        here = by_key.get(row.adres.key)
        fits = [zaak for zaak in found if _is_meant(row, zaak, here)]
        made.append(_complete(row, fits, addresses))
    return made


def _is_meant(row: Importrij, zaak: Object, here: Adres | None) -> bool:
    if row.type_verteld and zaak.type is not row.type:
        return False
    if row.nummer is not None:
        return zaak.nummer == row.nummer
    return here is not None and zaak.adres_id == here.id and zaak.status is Objectstatus.ACTIEF


def _complete(row: Importrij, fits: list[Object], addresses: dict[UUID, Adres]) -> GelezenRij:
    field = "objectnummer" if row.nummer is not None else "postcode"
    if not fits:
        return _refuse(
            row, field, "hoort bij geen bekend object; lees eerst het object in, of herstel nummer, adres of type"
        )
    if len(fits) > 1:
        return _refuse(
            row, "objectnummer", "ontbreekt; op dit adres staan meer objecten, vul het nummer of het type in"
        )
    (zaak,) = fits
    if row.vergunning is not None and not may_have_permit(zaak.type, row.vergunning.soort):
        return _refuse(row, "vergunningsoort", VERGUNNING_BIJ_WONING)
    stands = addresses[zaak.adres_id]
    adres = AdresRij(
        straat=stands.straat,
        huisnummer=stands.huisnummer,
        huisletter=stands.huisletter,
        toevoeging=stands.toevoeging,
        postcode=stands.postcode,
        woonplaats=stands.woonplaats,
        x=None,
        y=None,
    )
    return replace(row, nummer=zaak.nummer, type=zaak.type, adres=adres)


def _refuse(row: Importrij, field: str, reason: str) -> AfgewezenRij:
    return AfgewezenRij(row.regel, (RijFout(field, reason),), bron=row.bron)
