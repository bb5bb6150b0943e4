"""Rows that name a municipality themselves: one of another municipality never lands with this one (files of a region, of two towns)."""

from collections.abc import Sequence
from dataclasses import replace

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.gemeenten import require_gemeente
from app.objecten.rules.gemeentekolom import Vergelijking, compare
from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, Importrij, RijFout
from app.objecten.tables import Import

_OTHER = RijFout("gemeentecode", "is van een andere gemeente dan deze import; lees die rijen bij hun eigen gemeente in")
_DOUBT = RijFout("gemeente", "is een andere naam dan die van deze gemeente; controleer of de rij hier hoort")


def refuse_elsewhere(uow: UnitOfWork, record: Import, rows: Sequence[GelezenRij]) -> list[GelezenRij]:
    """The rows: refused where their code is that of another municipality, with a remark where only a name differs.

    A name is no ground to refuse: one town has several ('s-Gravenhage, Den Haag).
    """
    if not any(isinstance(row, Importrij) and row.gemeente for row in rows):
        return list(rows)
    naam = require_gemeente(uow, record.gemeentecode).naam
    return [_judged(row, record.gemeentecode, naam) if isinstance(row, Importrij) else row for row in rows]


def _judged(row: Importrij, code: str, naam: str) -> GelezenRij:
    said = [compare(text, code, naam) for text in row.gemeente]
    if Vergelijking.ANDERE_CODE in said:
        return AfgewezenRij(row.regel, (_OTHER,), bron=row.bron)
    if Vergelijking.ANDERE_NAAM in said:
        return replace(row, opmerkingen=(*row.opmerkingen, _DOUBT))
    return row
