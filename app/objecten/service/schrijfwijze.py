"""Addresses of rows that stand already in another spelling: `12A`, `12-A` and `12 A` are one place until the stock says otherwise (REG-20)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from app.core.unit_of_work import UnitOfWork
from app.objecten.repository import inlezen as standing
from app.objecten.rules.adressen import address_code, loose_part
from app.objecten.rules.importrij import AdresRij, GelezenRij, Importrij, RijFout
from app.objecten.tables import Import

_TOLD = RijFout(
    "huisletter", "het adres is al bekend met een andere schrijfwijze van letter of toevoeging; die is gebruikt"
)
Sleutel = tuple[str, int, str, str]


def spell_as_known(uow: UnitOfWork, record: Import, rows: Sequence[GelezenRij]) -> list[GelezenRij]:
    """The rows, with letter and addition as the one address has them that stands there or came earlier in the batch.

    An address that stands exactly so is never changed, nor is one that could be two: then both stand apart in the stock.
    """
    asked = {(row.adres.postcode, row.adres.huisnummer) for row in rows if _has_part(row)}
    if not asked:
        return list(rows)
    known = set(standing.addresses(uow.session, uow.caller, record.gemeentecode, asked))
    spelled: dict[tuple[str, int, str], list[Sleutel]] = {}
    for key in sorted(known):
        spelled.setdefault(_loose(key), []).append(key)
    made: list[GelezenRij] = []
    for row in rows:
        if not _has_part(row) or row.adres.key in known:
            made.append(row)
            continue
        meant = spelled.setdefault(_loose(row.adres.key), [])
        if len(meant) == 1:
            made.append(_respelled(row, meant[0]))
            continue
        known.add(row.adres.key)
        meant.append(row.adres.key)
        made.append(row)
    return made


def _has_part(row: GelezenRij) -> TypeGuard[Importrij]:
    return isinstance(row, Importrij) and bool(row.adres.huisletter or row.adres.toevoeging)


def _loose(key: Sleutel) -> tuple[str, int, str]:
    return key[0], key[1], loose_part(key[2], key[3])


def _respelled(row: Importrij, key: Sleutel) -> Importrij:
    """The row at the known address; a number that was made of its address follows it."""
    adres: AdresRij = replace(row.adres, huisletter=key[2], toevoeging=key[3])
    number = row.nummer
    if number is not None and row.nummer_bedacht:
        number = number.replace(address_code(*row.adres.key), address_code(*key), 1)
    return replace(row, adres=adres, nummer=number, opmerkingen=(*row.opmerkingen, _TOLD))
