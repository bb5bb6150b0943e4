"""Rows of one file that speak of the same object or permit: which of them holds, whatever was stored before.

An object may stand in several rows, one for each of its permits. The first row describes it; so reading the file again changes nothing.
"""

from dataclasses import dataclass, field, replace

from app.objecten.rules.importrij import AfgewezenRij, GelezenRij, Importrij, RijFout


@dataclass
class EerdereRijen:
    """What the rows so far spoke of: digests and lines only, so that a long file stays small."""

    _objects: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    _permits: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def hold(self, row: GelezenRij) -> GelezenRij:
        """The row, or why it cannot stand beside an earlier one. Rows must come in the order of the file."""
        if isinstance(row, AfgewezenRij):
            return row
        fault = self._permit_fault(row)
        if fault is None and row.nummer is not None and row.risico is None and not row.alleen_vergunning:
            place, told = hash((row.type, row.adres.loose_key)), hash(row.description)
            line, known_place, known_told = self._objects.setdefault(row.nummer, (row.regel, place, told))
            if known_place != place:
                fault = RijFout("objectnummer", f"staat met een ander type of adres op regel {line}")
            elif known_told != told:
                remark = RijFout("objectnummer", f"staat met andere gegevens op regel {line}; die zijn gebruikt")
                row = replace(row, object_eerder=True, opmerkingen=(*row.opmerkingen, remark))
        return row if fault is None else AfgewezenRij(row.regel, (fault,), bron=row.bron)

    def _permit_fault(self, row: Importrij) -> RijFout | None:
        permit = row.vergunning
        if permit is None:
            return None
        told = hash((row.nummer, permit.status, permit.vanaf, permit.tot))
        line, known = self._permits.setdefault((permit.soort.value, permit.nummer), (row.regel, told))
        if known == told:
            return None
        return RijFout("vergunningnummer", f"staat met andere gegevens op regel {line}")
