"""Every cell of tables A, B, E and F of the signal route, against sums of its own: nothing here is asked of the rules or their files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations, product
from zoneinfo import ZoneInfo

import pytest

from app.checklists.rules.content import Uitkomst
from app.checklists.rules.results import Treffer
from app.checklists.rules.scoring import Geschiedenis, score
from app.checklists.service import current_versions, get_catalogue
from app.core.settings import ROOT
from app.gemeenten.adapters.bestanden import read_seeds
from app.gemeenten.status import Partnersoort
from app.objecten.status import Objecttype
from app.signalen.rules.delen import OVERLEG_GEGEVENS, Gegeven, Grond, share_faults
from app.signalen.rules.routering import Routefeiten, Voorstel, propose
from app.signalen.rules.termijnen import due
from app.signalen.status import Classificatie, JaNeeOnbekend, Overlegsoort, Termijnsoort, Urgentie, Vorm
from tests.support.routes import profile

POL, NLA, VT, ZC, ZCJ = (
    "politie-mensenhandel", "arbeidsinspectie", "veilig-thuis", "zorgcoordinator", "zorgcoordinator-jeugd",
)  # fmt: skip
# Table B, first part: adult, possibly minor. The care for a minor is the region's "ZC minor" column.
VORMEN: dict[str, tuple[set[str], set[str]]] = {
    "seksueel": ({POL, ZC}, {POL, VT, ZCJ}),
    "arbeid": ({NLA, ZC}, {NLA, VT, "leerplicht", ZCJ}),
    "crimineel": ({POL, ZC}, {POL, VT, ZCJ}),
    "orgaanverwijdering": ({POL, ZC}, {POL, VT, ZCJ}),
    "onbekend": ({ZC}, {VT, ZCJ}),  # no detail outside until the form is clear, except acuut and spoed; care by R3
}
ANDERS: dict[str, tuple[set[str], set[str]]] = {
    "ernstige-benadeling": ({NLA}, {NLA, VT}),
    "slecht-werkgeverschap": ({NLA}, {NLA, VT}),
    "mensensmokkel": ({POL, "kmar"}, {POL, "kmar", "nidos"}),
    "overtreding": (set(), set()),
}
REGIOS = ("basis", "den-haag", "groningen", "drenthe", "utrechtse-heuvelrug")
SEKSUELE_SETTING = {"ARB-11", "HUI-21", "IDE-06", "IDE-07"}
MENSENHANDEL = "mensenhandel-vermoeden"
# Table B, second part: what comes beside it, or instead of it when nothing else was found ("enige").
ERBIJ: dict[str, tuple[set[str], set[str]]] = {
    "HUI-04": (set(), {"pandbrigade"}),
    "HUI-10": ({"brandweer"}, set()),
    "IDE-08": ({NLA, VT, "leerplicht", ZCJ}, set()),
    "ARB-27": ({ZC}, set()),
    "ARB-22": (set(), set()),
    "ENT-03": (set(), {"burgerzaken"}),
}
ENIGE: dict[str, tuple[set[str], set[str]]] = {
    "ARB-11": (set(), {"team-prostitutie"}), "HUI-21": (set(), set()), "IDE-07": (set(), set()),
}  # fmt: skip


def _forms() -> Iterator[frozenset[Vorm]]:
    return (frozenset(some) for some in chain.from_iterable(combinations(Vorm, n) for n in range(1, len(Vorm) + 1)))


def _told(found: Voorstel) -> tuple[set[str], set[str], set[str]]:
    return (
        {row.partnersoort.value for row in found.ontvangers},
        set(found.verplicht),
        {step.soort.value for step in found.intern},
    )


def _forced(vormen: set[str], minor: bool, regio: str, klasse: str, binnenlands: str, hits: set[str]) -> set[str]:
    both = {POL, VT} if minor and ("seksueel" in vormen or hits & SEKSUELE_SETTING) else set()
    utrecht = regio == "utrechtse-heuvelrug" and klasse == MENSENHANDEL and binnenlands != "nee"
    return both | ({VT} if utrecht else set())


def _recipients(vormen: set[str], minor: str, urgentie: str, klasse: str) -> set[str]:
    known = vormen - {"onbekend"} or {"onbekend"}
    column = int(minor == "ja")
    if klasse != MENSENHANDEL:
        return ANDERS[klasse][column] | ({POL, VT, ZCJ} if minor == "ja" and "seksueel" in known else set())
    found = set().union(*(VORMEN[vorm][column] for vorm in known))
    if minor == "onbekend" and "seksueel" in known:
        found |= {ZCJ}  # the least suspicion is enough for care (R5)
    if known == {"onbekend"} and urgentie != "regulier":
        found |= {POL}
    return found


def test_table_b_every_form_age_urgency_region_and_what_it_turned_out_to_be() -> None:
    checked = 0
    for regio in REGIOS:
        rules, utrecht = profile(regio), regio == "utrechtse-heuvelrug"
        for vormen, minor, urgentie in product(_forms(), JaNeeOnbekend, Urgentie):
            more_than_two = 2 < len(vormen) < len(Vorm)
            classes = [Classificatie.MENSENHANDEL] if more_than_two or urgentie is not Urgentie.SPOED else Classificatie
            for klasse, binnenlands in product(classes, JaNeeOnbekend if utrecht else [JaNeeOnbekend.ONBEKEND]):
                under = (len(vormen) + checked) % 2 == 0
                names = {vorm.value for vorm in vormen}
                found = propose(
                    rules,
                    Routefeiten(vormen, minor, urgentie, ondermijning=under, binnenlands=binnenlands, classificatie=klasse),
                )  # fmt: skip
                forced = _forced(names, minor == "ja", regio, klasse, binnenlands, set())
                wanted = _recipients(names, minor, urgentie, klasse) | forced | ({"riec"} if under else set())
                assert _told(found)[:2] == (wanted, forced), (regio, names, minor, urgentie, klasse, binnenlands, under)
                drieluik = klasse == MENSENHANDEL and names == {"onbekend"}
                assert ("drieluik" in _told(found)[2]) == drieluik
                checked += 1
    assert checked > 2_500


def test_table_b_what_comes_beside_it_or_instead_of_it() -> None:
    cells = product(REGIOS, [*ERBIJ, *ENIGE], JaNeeOnbekend, Classificatie, (False, True))
    for regio, item, minor, klasse, closed in cells:
        place = Objecttype.WON if item == "HUI-21" else Objecttype.SEKS
        facts = Routefeiten(
            frozenset({Vorm.ARBEID}), minor, Urgentie.SPOED, place, frozenset({item}), binnenlands=JaNeeOnbekend.NEE,
            classificatie=klasse, gesloten_route=closed,
        )  # fmt: skip
        partners, forced, inside = _told(propose(profile(regio), facts))
        wanted_forced = _forced({"arbeid"}, minor == "ja", regio, klasse, "nee", {item})
        wanted = _recipients({"arbeid"}, minor, "spoed", klasse) | wanted_forced
        if minor == "ja" and item in SEKSUELE_SETTING:
            wanted |= {ZCJ}
        steps: set[str] = set()
        if item in ERBIJ:
            wanted, steps = wanted | ERBIJ[item][0], steps | ERBIJ[item][1]
        elif minor != "ja" and klasse == MENSENHANDEL:
            wanted, steps = ENIGE[item][0] | wanted_forced, ENIGE[item][1]
        if regio == "den-haag" and item == "IDE-07" and klasse == MENSENHANDEL:
            wanted |= {ZCJ}  # SHOP Jeugd, up to and including 21
        where = (regio, item, minor, klasse, closed)
        assert (partners, forced) == (wanted, wanted_forced), where
        assert steps <= inside, where
        assert ("andere-aandachtsfunctionaris" in inside) == closed, where


ACUUT_A1 = ("BEV-13", "ENT-12", "HUI-11")
ROOD = ("ARB-07", "ARB-14", "ARB-17", "ARB-21", "ARB-22", "ARB-26", "ARB-27", "ENT-09", "IDE-03", "IDE-04", "IDE-13")


def test_table_a_first_match_wins_for_every_pair_of_hits() -> None:
    rules, day = profile("basis"), date(2026, 3, 2)
    catalogue = get_catalogue(current_versions(day))
    weights = {**dict.fromkeys((*ACUUT_A1, "IDE-06"), "A"), **dict.fromkeys((*ROOD, "IDE-08"), "R")}
    for pair in chain(combinations(weights, 1), combinations(weights, 2)):
        hits = [Treffer(item, weights[item], "ja") for item in pair]
        outcome = score(catalogue, hits, day, [], Geschiedenis()).uitkomst
        some = set(pair)
        row = "A1" if some & set(ACUUT_A1) else "A2" if "IDE-06" in some else "A3" if some & set(ROOD) else "A4"
        assert outcome is (Uitkomst.ACUUT if row in {"A1", "A2"} else Uitkomst.SPOED), pair
        found = propose(rules, Routefeiten(urgentie=Urgentie(outcome.value), treffers=frozenset(some))).urgentieregel
        assert found is not None
        assert found.id == row, pair


ALLES = {gegeven.value for gegeven in Gegeven}
OPSPORING = (ALLES, {"publieke-taak-opsporing", "vitaal-belang"})
ZORG = ({"adres-vorm-urgentie", "status-en-urgentie"}, {"wmo-zorgcoordinatie", "vitaal-belang"})
SAMEN = (ALLES, {"wet-gegevensverwerking-door-samenwerkingsverbanden"})
TABEL_E: dict[str, tuple[set[str], set[str]]] = {
    POL: OPSPORING, "kmar": OPSPORING, NLA: OPSPORING,
    VT: (ZORG[0], {"wmo-veilig-thuis", "vitaal-belang"}), ZC: ZORG, ZCJ: ZORG,
    "riec": SAMEN, "zorg-en-veiligheidshuis": SAMEN, "meld-misdaad-anoniem": (set(), set()),
}  # fmt: skip
MINIMAAL = ({"adres-vorm-urgentie"}, {"convenant"})


def test_table_e_every_kind_of_partner_every_kind_of_data_every_ground() -> None:
    for soort, gegeven, grond, woning in product(Partnersoort, Gegeven, Grond, (False, True)):
        fields, grounds = TABEL_E.get(soort.value, MINIMAAL)
        number_of_a_home = woning and gegeven.value == "kvk-of-vergunningnummer"
        may = gegeven.value in fields and grond.value in grounds and not number_of_a_home
        faults = share_faults(soort.value, [gegeven], grond, woning=woning)
        assert (not faults) == may, (soort, gegeven, grond, woning, faults)
    for overleg in Overlegsoort:
        shown = {gegeven.value for gegeven in OVERLEG_GEGEVENS.get(overleg, frozenset())}
        assert shown <= ZORG[0], "at a table: what who may see least there may see"


AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KANTOOR_DICHT, NACHT_TOT, MINSTENS = 17, 7, timedelta(hours=4)
A, S, R = Urgentie.ACUUT, Urgentie.SPOED, Urgentie.REGULIER
T = Termijnsoort
MIN, UUR = timedelta(minutes=1), timedelta(hours=1)
# Table F: a clock term, ("werkdag", n), ("dag", n), "vandaag" or "nacht".
TABEL_F: dict[Termijnsoort, dict[Urgentie, object]] = {
    T.BEVESTIGEN: {A: 30 * MIN, S: UUR, R: ("werkdag", 2)},
    T.PIKET: {A: 15 * MIN, S: 15 * MIN, R: None},
    T.ZORGCOORDINATOR: {A: "nacht", S: "nacht", R: ("werkdag", 5)},
    T.VEILIG_THUIS: dict.fromkeys(Urgentie, "vandaag"),
    T.BEOORDELEN: {A: "vandaag", S: 24 * UUR, R: ("werkdag", 5)},
    T.OVERDRAGEN: {A: 30 * MIN, S: 24 * UUR, R: ("werkdag", 10)},
    T.AGENDA: dict.fromkeys(Urgentie, ("dag", 14)),
    T.PARTNERREACTIE: {A: ("dag", 1), S: ("dag", 3), R: ("dag", 14)},
    T.EERSTE_TERUGKOPPELING: {A: ("werkdag", 1), S: ("werkdag", 2), R: ("werkdag", 5)},
    T.TERUGKOPPELING_SLUITEN: dict.fromkeys(Urgentie, ("werkdag", 5)),
    T.HERZIEN: dict.fromkeys(Urgentie, ("dag", 90)),
    T.BRP_VRIJGAVE: dict.fromkeys(Urgentie, ("werkdag", 5)),
}


def _easter(year: int) -> date:
    """Gauss, in the form of Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _closed(year: int) -> set[date]:
    easter, king = _easter(year), date(year, 4, 27)
    moving = {easter + timedelta(days=days) for days in (-2, 0, 1, 39, 49, 50)}
    fixed = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    king = king - timedelta(days=1) if king.weekday() == 6 else king
    return moving | fixed | {king} | ({date(year, 5, 5)} if year % 5 == 0 else set())


CLOSED = set().union(*(_closed(year) for year in range(2024, 2029)))


def _clock(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM).astimezone(UTC)


def _expected(term: object, start: datetime) -> datetime | None:
    local = start.astimezone(AMSTERDAM)
    day = local.date()
    if term is None or isinstance(term, timedelta):
        return None if term is None else start + term
    if term == "vandaag":
        return max(_clock(day + timedelta(days=1), 0), start + MINSTENS)
    if term == "nacht":
        morning = _clock(day, NACHT_TOT)
        return max(morning if morning > start else _clock(day + timedelta(days=1), NACHT_TOT), start + MINSTENS)
    assert isinstance(term, tuple)
    kind, number = term
    if kind == "dag":
        return datetime.combine(day + timedelta(days=number), local.timetz()).astimezone(UTC)
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in CLOSED
    return _clock(day, KANTOOR_DICHT)


def test_what_comes_in_addition_stays_beside_a_rule_that_is_the_only_one() -> None:
    for regio, item in product(REGIOS, ENIGE):
        facts = Routefeiten(
            frozenset({Vorm.ARBEID}), JaNeeOnbekend.NEE, objecttype=Objecttype.WON, treffers=frozenset({item}),
            naleving=frozenset({"HUI-10", "HUI-04", "ENT-03"}), ondermijning=True, binnenlands=JaNeeOnbekend.NEE,
        )  # fmt: skip
        partners, _, inside = _told(propose(profile(regio), facts))
        assert partners == {"brandweer", "riec"} | ({ZCJ} if (regio, item) == ("den-haag", "IDE-07") else set())
        assert inside == {"pandbrigade", "burgerzaken"} | ENIGE[item][1]


@pytest.mark.requirement("RTE-02")
def test_table_f_every_term_from_every_kind_of_moment() -> None:
    """Starts 29 hours and 13 minutes apart over a year and more come at every hour of every kind of day;
    and each hour around the changes of the clock, Easter, King's Day in a weekend and the turn of the year.
    """
    norms, _ = read_seeds(ROOT / "checklists")
    values = {row.sleutel: row.waarde for row in norms.landelijk if row.waarde is not None}
    first = datetime(2025, 1, 1, tzinfo=UTC)
    starts = [first + nr * timedelta(hours=29, minutes=13) for nr in range(330)]
    for year, month, day in ((2026, 3, 28), (2026, 10, 24), (2026, 4, 2), (2025, 4, 25), (2025, 12, 31)):
        starts += [datetime(year, month, day, 20, 30, tzinfo=UTC) + nr * UUR for nr in range(12)]
    for start, soort, urgentie in product(starts, TABEL_F, Urgentie):
        assert due(soort, urgentie, start, values) == _expected(TABEL_F[soort][urgentie], start), (
            soort,
            urgentie,
            start,
        )
    assert set(TABEL_F) == set(Termijnsoort)
