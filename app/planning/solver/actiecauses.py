"""Why there are fewer integral acties in the plan than asked for: the smallest set of rules that clash, and its mend.

Days, shifts and partners decide; a small model of them proves within a second that the acties cannot be held. Rules are taken
away one by one: one without which the acties could be held stays (irreducible, as `conflict` does for visits).
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ortools.sat.python import cp_model

from app.planning.solver.choosing import quarter
from app.planning.solver.evenings import EveningLayer
from app.planning.solver.problem import Partner
from app.planning.solver.result import Cause, Oorzaak

_TIME = 0.5
VRAAG_DAGEN = "Oplossing: vraag een partner om dagen en zet die bij de beschikbaarheden."
MEER_OBJECTEN = "Oplossing: neem een groter gebied of meer normen in de planronde, of vraag minder acties."
LATER = "Oplossing: een latere of langere periode, of minder acties."
RUIMER = "Oplossing: meer dagen van partners, meer diensten in deze periode, of minder acties."
"""What mends it where no number can be given."""


class Eis(StrEnum):
    """Kinds of rules for acties; the order is that in which they are taken away."""

    KWARTAAL = "kwartaal"
    OBJECTEN = "objecten"
    VERPLICHT = "verplicht"
    GRENS = "grens"
    AGENDA = "agenda"
    DIENSTEN = "diensten"
    TUSSENTIJD = "tussentijd"


@dataclass(frozen=True, slots=True, order=True)
class ActieRule:
    """A rule for acties; `partner` is the key of the partner that it is about, if any."""

    kind: Eis
    partner: str = ""


class ActieCourt:
    """Decides whether the acties could be held without some rules."""

    def __init__(self, layer: EveningLayer) -> None:
        self.layer = layer
        self.acties = layer.acties
        problem = layer.index.problem
        self.days = [problem.start + timedelta(days=n) for n in range((problem.end - problem.start).days + 1)]
        self.fixed = {c.date: set(c.partner_keys) for c in layer.chosen if c.locked}
        able = {
            d for d in layer.index.dates if sum(map(layer.able, layer.index.slots_on(d))) >= self.acties.team_shifts
        }
        self.able = able | set(self.fixed)
        areas = Counter(c.area for c in layer.candidates)
        self.stock = sum(number // max(1, self.acties.min_objects) for number in areas.values())
        self.shares = self.acties.shares(problem.start, problem.end)

    def rules(self) -> list[ActieRule]:
        """All rules, in the order in which they are taken away."""
        found = [ActieRule(Eis.KWARTAAL)] if self.acties.per_quarter else []
        found.append(ActieRule(Eis.OBJECTEN))
        found += [ActieRule(Eis.VERPLICHT, p.key) for p in self.layer.partners if p.required]
        found += [ActieRule(Eis.GRENS, p.key) for p in self.layer.partners if p.max_acties is not None]
        found += [ActieRule(Eis.AGENDA, p.key) for p in self.layer.partners]
        return [*found, ActieRule(Eis.DIENSTEN), ActieRule(Eis.TUSSENTIJD)]

    def clash(self) -> list[ActieRule]:
        """The smallest set of rules that rules the acties out; empty when nothing is proved."""
        if not self.impossible(frozenset()):
            return []
        gone: set[ActieRule] = set()
        for rule in self.rules():
            if self.impossible(frozenset({*gone, rule})):
                gone.add(rule)
        return [rule for rule in self.rules() if rule not in gone]

    def impossible(self, gone: frozenset[ActieRule], spacing: int | None = None) -> bool:
        """Whether it is proved that the acties cannot be held without some rules, or with other days between."""
        return self._counted(gone, spacing) or self._solve(gone, frozenset(), spacing)[0] == cp_model.INFEASIBLE

    def least_more(self, rule: ActieRule) -> int | None:
        """Least number of extra days or acties of a rule with which the acties can be held; None when none will do."""
        status, least = self._solve(frozenset(), frozenset({rule}), None)
        return least if status == cp_model.OPTIMAL else None

    def _counted(self, gone: frozenset[ActieRule], spacing: int | None) -> bool:
        """Whether counting alone proves it: objects, turns of partners with a limit, and days far enough apart on which enough can be there."""
        acties = self.acties
        if ActieRule(Eis.OBJECTEN) not in gone and self.stock < acties.count:
            return True
        each, turns = self._turns(gone)
        if each * acties.count > turns:
            return True
        gap, days = self._gap(gone, spacing), self._usable(gone)
        free = [d for d in days if all(abs((d - other).days) >= gap for other in acties.previous)]
        return any(_most_apart([d for d in free if a <= d <= b], gap) < number for a, b, number in self.shares)

    def _gap(self, gone: frozenset[ActieRule], spacing: int | None) -> int:
        if ActieRule(Eis.TUSSENTIJD) in gone:
            return 1
        return max(1, self.acties.min_days_between if spacing is None else spacing)

    def _usable(self, gone: frozenset[ActieRule]) -> list[date]:
        """Days with enough shifts on which enough partners can be there, the required ones among them, and those of what is agreed."""

        def there(partner: Partner, day: date) -> bool:
            return day in partner.dates or ActieRule(Eis.AGENDA, partner.key) in gone

        partners = self.layer.partners
        must = [p for p in partners if p.required and ActieRule(Eis.VERPLICHT, p.key) not in gone]
        return [
            day
            for day in self.days
            if day in self.fixed
            or (
                (day in self.able or ActieRule(Eis.DIENSTEN) in gone)
                and all(there(p, day) for p in must)
                and sum(there(p, day) for p in partners) >= self.acties.min_partners
            )
        ]

    def _solve(
        self, gone: frozenset[ActieRule], bought: frozenset[ActieRule], spacing: int | None
    ) -> tuple[cp_model.CpSolverStatus, int]:
        acties, model = self.acties, cp_model.CpModel()
        more: list[cp_model.IntVar] = []
        shifts = ActieRule(Eis.DIENSTEN)
        held = {d: model.new_bool_var("") for d in self._usable(gone | bought)}
        if shifts in bought:
            more += [var for d, var in held.items() if d not in self.able]
        for day in self.fixed:
            model.add(held[day] == 1)
        model.add(sum(held.values()) >= acties.count)
        if ActieRule(Eis.OBJECTEN) not in gone:
            model.add(sum(held.values()) <= self.stock)
        for first, last, number in self.shares:
            model.add(sum(var for d, var in held.items() if first <= d <= last) >= number)
        self._apart(model, held, self._gap(gone, spacing))
        joins: dict[date, list[cp_model.IntVar]] = defaultdict(list)
        for partner in self.layer.partners:
            for day, var in self._partner(model, partner, held, gone, bought, more).items():
                joins[day].append(var)
        for day, var in held.items():
            model.add(sum(joins[day]) >= acties.min_partners * var)
        each, turns = self._turns(gone | bought)
        if each > 0:  # follows from the limits, and spares a long search
            model.add(each * sum(held.values()) <= turns)
        if acties.per_quarter and ActieRule(Eis.KWARTAAL) not in gone:
            self._quarters(model, held)
        model.minimize(sum(more))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = _TIME
        solver.parameters.linearization_level = 2
        status = solver.solve(model)
        found = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
        return status, round(solver.objective_value) if found else 0

    def _partner(
        self,
        model: cp_model.CpModel,
        partner: Partner,
        held: dict[date, cp_model.IntVar],
        gone: frozenset[ActieRule],
        bought: frozenset[ActieRule],
        more: list[cp_model.IntVar],
    ) -> dict[date, cp_model.IntVar]:
        """On which days a partner joins, under its agenda, its limit, and whether it must; what is bought goes to `more`."""
        agenda, limit = ActieRule(Eis.AGENDA, partner.key), ActieRule(Eis.GRENS, partner.key)
        own: dict[date, cp_model.IntVar] = {}
        for day, var in held.items():
            there = day in partner.dates or partner.key in self.fixed.get(day, ())
            if there or agenda in gone | bought:
                own[day] = model.new_bool_var("")
                model.add(own[day] <= var)
                if not there and agenda in bought:
                    more.append(own[day])
        if partner.required and ActieRule(Eis.VERPLICHT, partner.key) not in gone:
            for day, var in held.items():
                model.add(own.get(day, 0) >= var)
        if partner.max_acties is not None and limit not in gone:
            above = model.new_int_var(0, self.acties.count if limit in bought else 0, "")
            more.append(above)
            model.add(sum(own.values()) <= partner.max_acties + above)
        return own

    def _apart(self, model: cp_model.CpModel, held: dict[date, cp_model.IntVar], gap: int) -> None:
        days = sorted(held)
        for number, day in enumerate(days):
            run = [held[d] for d in days[number : number + gap] if (d - day).days < gap]
            if len(run) > 1:
                model.add_at_most_one(run)
            if any(abs((day - d).days) < gap for d in self.acties.previous):
                model.add(held[day] == 0)
        for first, last, _number in [*self.shares, (self.days[0], self.days[-1], 0)]:
            # Follows from the days between two, and spares the solver a long search.
            inside = [d for d in days if first <= d <= last]
            model.add(sum(held[d] for d in inside) <= _most_apart(inside, gap))

    def _turns(self, free: frozenset[ActieRule]) -> tuple[int, int]:
        """How many partners with a limit each actie needs at least, and how many turns these have together."""
        limits = [
            p.max_acties
            for p in self.layer.partners
            if p.max_acties is not None and ActieRule(Eis.GRENS, p.key) not in free
        ]
        return max(0, self.acties.min_partners - (len(self.layer.partners) - len(limits))), sum(limits)

    def _quarters(self, model: cp_model.CpModel, held: dict[date, cp_model.IntVar]) -> None:
        """Each quarter that lies in the horizon as a whole holds its number, what was held before included."""
        lengths = Counter(quarter(d) for d in self.days)
        for key, length in lengths.items():
            first = date(key[0], 3 * key[1] + 1, 1)
            after = date(key[0] + (key[1] == 3), (3 * key[1] + 3) % 12 + 1, 1)
            if length == (after - first).days:
                done = sum(quarter(d) == key for d in self.acties.previous)
                model.add(sum(var for d, var in held.items() if quarter(d) == key) >= self.acties.per_quarter - done)


def _most_apart(days: list[date], gap: int) -> int:
    """Most of some days, in order, that lie far enough apart: each as early as can be."""
    number, last = 0, date.min
    for day in days:
        if number == 0 or (day - last).days >= gap:
            number, last = number + 1, day
    return number


def actie_causes(layer: EveningLayer) -> list[Cause]:
    """Why there are fewer acties than asked for."""
    acties = layer.acties
    causes = [
        Cause(
            Oorzaak.VASTZETTING,
            acties.norm_key,
            f"De vastgezette actie van {lock.date:%d-%m-%Y} past niet bij de diensten, partners, objecten of "
            "de dagen tussen twee acties.",
            proved=False,
        )
        for lock in layer.broken_locks
    ]
    held = len(layer.chosen)
    if held >= acties.count:
        return causes
    head = f"{acties.norm_clause}: {_fit(held, acties.count)}.{_short_years(layer)}"
    court = ActieCourt(layer)
    clash = court.clash()
    if not clash and not any(partner.dates for partner in layer.partners):
        text = f"{head} Geen enkele partner heeft in deze periode een dag opgegeven."
        return [*causes, Cause(Oorzaak.PARTNER, acties.norm_key, text, proved=True, mend=VRAAG_DAGEN)]
    if not clash:
        text = f"{head} Diensten, partners, objecten en tussentijd laten er samen niet meer toe."
        return [*causes, Cause(Oorzaak.COMBINATIE, acties.norm_key, text, proved=False, mend=RUIMER)]
    names = {p.key: p for p in layer.partners}
    text = f"{head} Dit gaat niet samen: {'; '.join(_words(rule, court, names) for rule in clash)}."
    return [*causes, Cause(_code(clash), acties.norm_key, text, proved=True, mend=_mend(clash, court, names))]


def _fit(held: int, wanted: int) -> str:
    if wanted == 1:
        return "de actie past niet"
    return f"{held} van {wanted} acties {'past' if held == 1 else 'passen'}"


def _code(clash: list[ActieRule]) -> Oorzaak:
    kinds = {rule.kind for rule in clash}
    if kinds & {Eis.AGENDA, Eis.GRENS, Eis.VERPLICHT}:
        return Oorzaak.PARTNER
    return Oorzaak.OBJECTEN if Eis.OBJECTEN in kinds else Oorzaak.CAPACITEIT


def _words(rule: ActieRule, court: ActieCourt, names: dict[str, Partner]) -> str:
    acties = court.acties
    partner = names.get(rule.partner)
    if partner is None:
        return {
            Eis.KWARTAAL: f"minstens {acties.per_quarter} per kwartaal",
            Eis.OBJECTEN: f"minstens {acties.min_objects} objecten per actie, genoeg voor {court.stock} acties",
            Eis.DIENSTEN: f"{len(court.able)} dagen met genoeg bevoegde diensten",
            Eis.TUSSENTIJD: f"minstens {max(1, acties.min_days_between)} dagen tussen twee acties{_near(court)}",
        }[rule.kind]
    days = sum(d in partner.dates for d in court.able)
    return {
        Eis.VERPLICHT: f"{partner.name} is verplicht",
        Eis.GRENS: f"{partner.name} doet aan ten hoogste {partner.max_acties} acties mee",
        Eis.AGENDA: f"{partner.name} kan op {days} van de {len(court.able)} dagen met genoeg diensten",
    }[rule.kind]


def _near(court: ActieCourt) -> str:
    """The actions that stand so near that they keep days of the period free."""
    first, last, gap = court.days[0], court.days[-1], timedelta(days=max(1, court.acties.min_days_between))
    near = [f"{day:%d-%m-%Y}" for day in court.acties.previous if first - gap < day < last + gap]
    return f" (er staat al een actie op {' en op '.join(near)})" if near else ""


def _mend(clash: list[ActieRule], court: ActieCourt, names: dict[str, Partner]) -> str:
    """The first rule that can be given way to, by how much; computed by the same model, which then has a plan."""
    for rule in clash:
        partner = names.get(rule.partner)
        more = court.least_more(rule) if rule.kind in {Eis.AGENDA, Eis.GRENS, Eis.DIENSTEN} else None
        if more and rule.kind is Eis.AGENDA and partner:
            return f"Oplossing: {partner.name} kan op {more} {_days(more)} meer (nagerekend)."
        if more and rule.kind is Eis.GRENS and partner:
            return f"Oplossing: {partner.name} doet aan {more} acties meer mee (nagerekend)."
        if more and rule.kind is Eis.DIENSTEN:
            return f"Oplossing: genoeg diensten op {more} {_days(more)} meer (nagerekend)."
    if ActieRule(Eis.TUSSENTIJD) in clash:
        low, high = 1, max(1, court.acties.min_days_between)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if court.impossible(frozenset(), middle) else (middle, high)
        if not court.impossible(frozenset(), low):
            return f"Oplossing: hoogstens {low} {_days(low)} tussen twee acties (nagerekend)."
    if {rule.kind for rule in clash} == {Eis.TUSSENTIJD}:
        return LATER
    return MEER_OBJECTEN if ActieRule(Eis.OBJECTEN) in clash else RUIMER


def _days(number: int) -> str:
    return "dag" if number == 1 else "dagen"


def _short_years(layer: EveningLayer) -> str:
    """Which calendar years hold fewer than their number; nothing when there is one year only."""
    acties = layer.acties
    held = Counter(chosen.date.year for chosen in layer.chosen)
    short = [
        f" In {year} passen er {held[year]} van de {number}." for year, number in acties.per_year if held[year] < number
    ]
    return "".join(short) if len(acties.per_year) > 1 else ""
