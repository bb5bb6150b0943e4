"""Whatever comes in: the evaluator never raises, nothing invalid scores, and more hits never give less."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.checklists import service
from app.checklists.rules.content import NIET_VASTGESTELD, Antwoordtype, Item, Uitkomst
from app.checklists.rules.evaluate import evaluate
from app.checklists.rules.results import Evaluatie, Oordeel, Situatie, Treffer
from app.checklists.rules.scoring import EerdereControle, Geschiedenis, score, score_evaluation

DATUM = date(2026, 6, 1)
CATALOGUS = service.get_catalogue(service.current_versions(DATUM))
SOORTEN = st.sampled_from([*CATALOGUS.rekenregel.objecttypen, "KERK", ""])
RANG = {uitkomst: -rang for rang, uitkomst in enumerate(Uitkomst)}
NORMEN = dict.fromkeys(CATALOGUS.normformules, 8.0)
ALLE_TREFFERS = [
    Treffer(code, trigger.gewicht, trigger.omschrijving)
    for code, regel in CATALOGUS.regels.items()
    for trigger in regel.item.triggers
]
VRIJWILLIG = [code for code, regel in CATALOGUS.regels.items() if regel.item.vrijwillig]

rommel = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(NIET_VASTGESTELD),
    lambda binnen: st.lists(binnen, max_size=3) | st.dictionaries(st.text(), binnen, max_size=2),
    max_leaves=5,
)


def likely(item: Item) -> st.SearchStrategy[object]:
    """Mostly an answer that fits, so that conditions, calculations and triggers run."""
    if item.meervoudig:
        return st.lists(st.sampled_from(item.keuzes), max_size=4)
    if item.keuzes:
        return st.sampled_from([*item.keuzes, NIET_VASTGESTELD])
    if item.antwoordtype is Antwoordtype.GETAL:
        return st.integers(0, 40) | st.floats(0, 200) | st.just(NIET_VASTGESTELD)
    return st.text(max_size=20)


antwoorden = st.fixed_dictionaries(
    {}, optional={code: likely(regel.item) | rommel for code, regel in CATALOGUS.regels.items()}
)
situaties = st.builds(
    Situatie,
    partners=st.frozensets(st.sampled_from(["Arbeidsinspectie", "Pandbrigade", "Leger"])),
    gekozen=st.frozensets(st.sampled_from([*CATALOGUS.regels, "XYZ-01"]), max_size=3),
    aanleiding=st.sampled_from([None, "woongebruik", "melding"]),
    register=st.dictionaries(st.just("HUI-23"), st.sampled_from(["ja", "nee", "kapot"])),
)
norm = st.none() | st.floats()
normtabel = st.fixed_dictionaries({}, optional=dict.fromkeys(NORMEN, norm))


@settings(max_examples=150, deadline=None)
@given(SOORTEN, antwoorden, normtabel, situaties)
def test_never_raises_and_nothing_invalid_scores(
    objecttype: str, gegeven: dict[str, object], normen: dict[str, float | None], situatie: Situatie
) -> None:
    uitkomst = evaluate(CATALOGUS, objecttype, gegeven, normen, situatie)
    score_evaluation(CATALOGUS, uitkomst, DATUM)
    for treffer in uitkomst.treffers:
        assert objecttype in CATALOGUS.regels[treffer.item].item.objecttypen
        assert uitkomst.waarden[treffer.item] != NIET_VASTGESTELD
        van_de_server = treffer.item in uitkomst.berekend or treffer.item in uitkomst.vooringevuld
        assert van_de_server or uitkomst.oordelen[treffer.item].oordeel is Oordeel.GELDIG
    assert set(uitkomst.ontbrekende_kern) <= set(uitkomst.open_items)
    assert uitkomst.oordelen.keys() <= gegeven.keys()


@settings(max_examples=100, deadline=None)
@given(SOORTEN, antwoorden)
def test_without_its_invalid_answers_a_control_scores_the_same(objecttype: str, gegeven: dict[str, object]) -> None:
    uitkomst = evaluate(CATALOGUS, objecttype, gegeven, NORMEN)
    fout = {code for code, oordeel in uitkomst.oordelen.items() if oordeel.oordeel is not Oordeel.GELDIG}
    schoon = evaluate(CATALOGUS, objecttype, {c: w for c, w in gegeven.items() if c not in fout}, NORMEN)
    assert outcome(uitkomst) == outcome(schoon)


def outcome(evaluatie: Evaluatie) -> tuple[object, ...]:
    return (evaluatie.treffers, evaluatie.waarden, evaluatie.open_items, evaluatie.ontbrekende_kern)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(ALLE_TREFFERS), max_size=8),
    st.sampled_from(ALLE_TREFFERS),
    st.frozensets(st.sampled_from(VRIJWILLIG), max_size=5),
    st.lists(st.builds(EerdereControle, st.dates(date(2025, 1, 1), DATUM), st.integers(0, 12)), max_size=3),
    st.booleans(),
    st.integers(0, 3),
)
def test_one_more_hit_never_lowers_the_outcome(
    treffers: list[Treffer],
    erbij: Treffer,
    stil: frozenset[str],
    eerdere: list[EerdereControle],
    keuze: bool,
    eerder: int,
) -> None:
    verleden = Geschiedenis(eerdere, keuze, eerder)
    zonder = score(CATALOGUS, treffers, DATUM, stil, verleden)
    erna = score(CATALOGUS, [*treffers, erbij], DATUM, stil, verleden)
    assert RANG[erna.uitkomst] >= RANG[zonder.uitkomst]
    assert erna.punten >= zonder.punten
