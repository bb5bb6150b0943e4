"""The hard rules: everything that a year of visits may never do, found without the planner's code.

Distances, openings and the calendar are worked out here again. Sources: planning.md ("What planners count"), CAD-01, CAD-04, CAD-05,
CAD-06, REG-17, PLN-02, PLN-16, Arbeidstijdenwet 5:3 (eleven hours of rest) and 5:7 (twelve hours a shift).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from bench.gegevens import SEKS, WONING, Actie, Bezoek, Dienst, Jaar, Plek, Stad, travel_minutes

_RUST_UREN, _LANGSTE_DIENST_UREN, _MINSTE_BEZETTING = 11, 12, 2


@dataclass(frozen=True, slots=True)
class Overtreding:
    """A broken hard rule: its code and what broke it."""

    regel: str
    wat: str


def violations(stad: Stad, jaar: Jaar) -> list[Overtreding]:
    """Every broken hard rule of a year."""
    return list(_Toets(stad, jaar).all())


class _Toets:
    """One pass over a year."""

    def __init__(self, stad: Stad, jaar: Jaar) -> None:
        self.stad = stad
        self.jaar = jaar
        self.plekken = {p.sleutel: p for p in stad.plekken}
        self.diensten = {d.sleutel: d for d in stad.diensten}
        self.known = [b for b in jaar.bezoeken if self._is_known(b)]
        self.per_shift: dict[str, list[Bezoek]] = defaultdict(list)
        for bezoek in self.known:
            self.per_shift[bezoek.dienst].append(bezoek)
        for own in self.per_shift.values():
            own.sort(key=lambda b: (b.aanvang, b.einde))
        self.in_view: dict[str, date] = {}
        for eis in stad.eisen:
            self.in_view[eis.plek] = min(eis.bekend, self.in_view.get(eis.plek, date.max))

    def _is_known(self, bezoek: Bezoek) -> bool:
        return bezoek.plek in self.plekken and bezoek.dienst in self.diensten

    def all(self) -> Iterator[Overtreding]:
        """All broken rules, rule by rule."""
        for bezoek in self.jaar.bezoeken:
            if not self._is_known(bezoek):
                yield Overtreding("ONBEKEND", f"{bezoek.plek} op {bezoek.dienst}")
        for sleutel, own in self.per_shift.items():
            yield from self._shift(self.diensten[sleutel], own)
        for bezoek in self.known:
            yield from self._visit(bezoek, self.plekken[bezoek.plek], self.diensten[bezoek.dienst])
        yield from self._spacing()
        yield from self._rest()
        yield from self._acties()

    def _shift(self, dienst: Dienst, own: list[Bezoek]) -> Iterator[Overtreding]:
        if dienst.bezetting < _MINSTE_BEZETTING:
            yield Overtreding("BEZETTING", f"{dienst.sleutel}: {dienst.bezetting} toezichthouder")
        if dienst.vervalt is not None:
            yield Overtreding("DIENST_WEG", dienst.sleutel)
        if dienst.tot - dienst.van > _LANGSTE_DIENST_UREN * 60:
            yield Overtreding("ATW", f"{dienst.sleutel} duurt {dienst.tot - dienst.van} minuten")
        if own[0].aanvang < dienst.van or own[-1].einde > dienst.tot:
            yield Overtreding("DIENSTTIJD", dienst.sleutel)
        work = sum(b.einde - b.aanvang for b in own)
        for before, after in pairwise(own):
            way = travel_minutes(self.stad, self.plekken[before.plek], self.plekken[after.plek])
            work += way
            if after.aanvang < before.einde:
                yield Overtreding("OVERLAP", f"{before.plek} en {after.plek} op {dienst.sleutel}")
            elif after.aanvang < before.einde + way:
                yield Overtreding("REISTIJD", f"{before.plek} naar {after.plek} op {dienst.sleutel}: {way} minuten")
        if work > dienst.tot - dienst.van - dienst.pauze:
            yield Overtreding("DIENSTVOL", f"{dienst.sleutel}: {work} minuten")

    def _visit(self, bezoek: Bezoek, plek: Plek, dienst: Dienst) -> Iterator[Overtreding]:
        what = f"{plek.sleutel} op {dienst.sleutel}"
        if not self.stad.start <= dienst.datum <= self.stad.eind:
            yield Overtreding("PERIODE", what)
        if bezoek.einde - bezoek.aanvang < plek.duur:
            yield Overtreding("DUUR", what)
        if plek.soort not in dienst.bevoegd:
            yield Overtreding("BEVOEGDHEID", what)
        if not _is_open(plek, dienst.datum, bezoek.aanvang, bezoek.einde):
            yield Overtreding("OPENINGSTIJD", what)
        if plek.soort == WONING and dienst.datum < self.in_view.get(plek.sleutel, date.max):
            yield Overtreding("GRONDSLAG", f"{what}: nog geen risicoadres")
        if bezoek.binnen and self.stad.door_is_shut(plek.sleutel, dienst.datum):
            yield Overtreding("DEUR", f"{what}: telt als controle, maar de deur bleef dicht")

    def _spacing(self) -> Iterator[Overtreding]:
        """No place twice on a day; days between two controls of one place, those before the year included."""
        days: dict[str, list[date]] = defaultdict(list)
        inside: dict[str, list[date]] = defaultdict(list)
        for bezoek in self.known:
            datum = self.diensten[bezoek.dienst].datum
            days[bezoek.plek].append(datum)
            if bezoek.binnen:
                inside[bezoek.plek].append(datum)
        for sleutel, own in days.items():
            for datum, number in Counter(own).items():
                if number > 1:
                    yield Overtreding("DUBBEL", f"{sleutel} op {datum}: {number} keer")
        for sleutel, own in inside.items():
            plek = self.plekken[sleutel]
            for before, after in pairwise(sorted({*own, *plek.bezocht})):
                if (after - before).days < self.stad.tussentijd:
                    yield Overtreding("TUSSENTIJD", f"{sleutel}: {before} en {after}")

    def _rest(self) -> Iterator[Overtreding]:
        """Eleven hours between two shifts of a team on which it worked."""
        per_team: dict[str, list[Dienst]] = defaultdict(list)
        for sleutel in self.per_shift:
            per_team[self.diensten[sleutel].team].append(self.diensten[sleutel])
        for own in per_team.values():
            for before, after in pairwise(sorted(own, key=lambda d: (d.datum, d.van))):
                if _moment(after, after.van) - _moment(before, before.tot) < timedelta(hours=_RUST_UREN):
                    yield Overtreding("ATW", f"{before.sleutel} en {after.sleutel}: te weinig rust")

    def _acties(self) -> Iterator[Overtreding]:
        for actie in self.jaar.acties:
            yield from self._actie(actie)
        yield from self._partners()
        for before, after in pairwise(sorted(self.jaar.acties, key=lambda a: a.datum)):
            if (after.datum - before.datum).days < self.stad.actie_tussentijd:
                yield Overtreding("ACTIE_TUSSENTIJD", f"{before.datum} en {after.datum}")
        taken = {sleutel for actie in self.jaar.acties for sleutel in actie.diensten}
        held = {actie.sleutel for actie in self.jaar.acties}
        for bezoek in self.known:
            if bezoek.actie is not None and bezoek.actie not in held:
                yield Overtreding("ACTIE_ONBEKEND", bezoek.actie)
            if bezoek.actie is None and bezoek.dienst in taken:
                yield Overtreding("ACTIE_DIENST", f"{bezoek.plek} op {bezoek.dienst}")

    def _partners(self) -> Iterator[Overtreding]:
        """A partner is there on its days only, not too often, and always when it must be."""
        partners = {p.sleutel: p for p in self.stad.partners}
        for actie in self.jaar.acties:
            for name in actie.partners:
                if name not in partners or actie.datum not in partners[name].dagen:
                    yield Overtreding("PARTNER_AFWEZIG", f"{name} op {actie.datum}")
            for partner in self.stad.partners:
                if partner.verplicht and partner.sleutel not in actie.partners:
                    yield Overtreding("PARTNER_VERPLICHT", f"{partner.sleutel} op {actie.datum}")
        joined = Counter(name for actie in self.jaar.acties for name in actie.partners)
        for name, number in joined.items():
            if name in partners and number > partners[name].hoogstens:
                yield Overtreding("PARTNER_VAAK", f"{name}: {number} keer")

    def _actie(self, actie: Actie) -> Iterator[Overtreding]:
        own = [b for b in self.known if b.actie == actie.sleutel]
        least, most = self.stad.actie_adressen
        if not actie.partners:
            yield Overtreding("ACTIE_ALLEEN", str(actie.datum))
        if not least <= len(own) <= most:
            yield Overtreding("ACTIE_ADRESSEN", f"{actie.datum}: {len(own)} adressen")
        for bezoek in own:
            plek, dienst = self.plekken[bezoek.plek], self.diensten[bezoek.dienst]
            if plek.wijk != actie.wijk:
                yield Overtreding("ACTIE_GEBIED", f"{plek.sleutel} op {actie.datum}")
            if dienst.sleutel not in actie.diensten or dienst.datum != actie.datum:
                yield Overtreding("ACTIE_DIENST", f"{plek.sleutel} op {dienst.sleutel}")
            if plek.soort in {SEKS, WONING}:
                yield Overtreding("ACTIE_SOORT", f"{plek.sleutel} op {actie.datum}")


def _is_open(plek: Plek, datum: date, aanvang: int, einde: int) -> bool:
    """Whether one opening of the week holds the whole visit, those that began the day before or run past midnight included."""
    moment = datum.weekday() * 1440
    return any(
        day * 1440 + opens + week <= moment + aanvang and moment + einde <= day * 1440 + closes + week
        for day, opens, closes in plek.open
        for week in (-7 * 1440, 0, 7 * 1440)
    )


def _moment(dienst: Dienst, minute: int) -> datetime:
    return datetime(dienst.datum.year, dienst.datum.month, dienst.datum.day) + timedelta(minutes=minute)  # noqa: DTZ001 (local minutes, no zone)
