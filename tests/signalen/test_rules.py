"""The pure machine: every row of the table, every guard, four eyes, urgency, deadlines, closing codes."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from app.signalen.rules import diagram
from app.signalen.rules.bronnen import ground_fault, mentions_reporter, source_of
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.overgangen import OPEN, OVERGANGEN, Wie, change_faults, find_transition
from app.signalen.rules.sluitcodes import SLUITCODES
from app.signalen.rules.urgentie import acknowledge_before, change_fault, highest, sent_at_once
from app.signalen.rules.vier_ogen import Persoon, Vierogen, second_person_fault
from app.signalen.rules.wachters import POLITIE, VEILIG_THUIS
from app.signalen.status import Actie, Bronsoort, JaNeeOnbekend, Signaalstatus, Urgentie, Vorm, VtKlasse
from tests.support.signalen import NORMEN

S, A = Signaalstatus, Actie
ALL_GOOD = Feiten(
    urgentie=Urgentie.ACUUT,
    is_indiener=False,
    plaats_bekend=True,
    tekst_gefilterd=True,
    automatisch=False,
    doel=True,
    vormen=frozenset({Vorm.ARBEID}),
    minderjarig=JaNeeOnbekend.ONBEKEND,
    zc_besluit=True,
    zc_geinformeerd=True,
    zc_datum=True,
    partners_actief=True,
    delen_vastgelegd=True,
    ontvangers=frozenset({POLITIE, VEILIG_THUIS}),
    verplicht_vervalt=False,
    partnerkenmerk=True,
    herzien_dagen=90,
    sluitcode="C1",
    sluitcodes=frozenset(SLUITCODES),
    terugkoppeling=True,
    overleg=True,
    zelfde_zaak=True,
    hoogste_urgentie=True,
    nieuw_feit=True,
    jaar_gesloten=False,
    buiten_tabel=False,
    dubbel=True,
    elders=True,
    nog_niet_daar=True,
    reden=True,
    adres_te_onderzoeken=True,
    gesloten_route=False,
    tweede_fout=None,
)
TABLE_G = {
    (S.CONCEPT, A.VERZENDEN): S.VERZONDEN,
    (S.CONCEPT, A.VERWIJDEREN): None,
    (S.CONCEPT, A.UITZETTEN_112): S.UITGEZET,
    (S.VERZONDEN, A.UITZETTEN_112): S.UITGEZET,
    (S.VERZONDEN, A.ONTVANGEN): S.ONTVANGEN,
    (S.ONTVANGEN, A.VERRIJKEN): S.IN_VERRIJKING,
    (S.ONTVANGEN, A.TRIEREN): S.GETRIEERD,
    (S.IN_VERRIJKING, A.TRIEREN): S.GETRIEERD,
    (S.GEMONITORD, A.TRIEREN): S.GETRIEERD,
    (S.GETRIEERD, A.UITZETTEN): S.UITGEZET,
    (S.UITGEZET, A.IN_BEHANDELING_NEMEN): S.IN_BEHANDELING,
    (S.GESLOTEN, A.HEROPENEN): S.ONTVANGEN,
    **{(status, A.MONITOREN): S.GEMONITORD for status in OPEN},
    **{(status, A.SLUITEN): S.GESLOTEN for status in OPEN},
    **{(status, A.SAMENVOEGEN): S.SAMENGEVOEGD for status in OPEN},
}
STAYS = {
    *((status, A.TRIEREN) for status in (S.GETRIEERD, S.UITGEZET, S.IN_BEHANDELING)),
    *((status, A.UITZETTEN) for status in (S.UITGEZET, S.IN_BEHANDELING)),
    *(
        (status, actie)
        for status in OPEN
        for actie in (A.URGENTIE_WIJZIGEN, A.ZC_INLICHTEN, A.VRIJGEVEN, A.AFSCHERMEN, A.VT_KLASSE, A.OVERDRAGEN_AF)
    ),
    *((status, A.VERWIJDEREN_VOOR_TERMIJN) for status in (S.GESLOTEN, S.SAMENGEVOEGD)),
    *((status, A.TERUGKOPPELEN) for status in OPEN | {S.GESLOTEN, S.SAMENGEVOEGD}),
    *((status, A.BESLUIT) for status in OPEN),
    *((status, A.INHOUD_VERWIJDEREN) for status in (S.GESLOTEN, S.SAMENGEVOEGD)),
    *((status, actie) for status in set(S) - {S.CONCEPT} for actie in (A.BEWAREN_VASTHOUDEN, A.BEWAREN_LOSLATEN)),
}
REFUSALS = [
    (A.VERZENDEN, {"plaats_bekend": False}),
    (A.VERZENDEN, {"tekst_gefilterd": False}),
    (A.VERWIJDEREN, {"automatisch": True}),
    (A.UITZETTEN_112, {"urgentie": Urgentie.SPOED}),
    (A.ONTVANGEN, {"is_indiener": True}),
    (A.VERRIJKEN, {"doel": False}),
    (A.TRIEREN, {"vormen": frozenset()}),
    (A.TRIEREN, {"minderjarig": None}),
    (A.TRIEREN, {"zc_besluit": False}),
    (A.UITZETTEN, {"zc_geinformeerd": False}),
    (A.UITZETTEN, {"partners_actief": False}),
    (A.UITZETTEN, {"ontvangers": frozenset()}),
    (A.UITZETTEN, {"delen_vastgelegd": False}),
    (A.UITZETTEN, {"verplichte_ontvangers": frozenset({"zorgcoordinator"}), "tweede_fout": "nee"}),
    (A.IN_BEHANDELING_NEMEN, {"partnerkenmerk": False}),
    (A.TRIEREN, {"verplicht_vervalt": True, "tweede_fout": "nee"}),
    (A.MONITOREN, {"is_indiener": True}),
    (A.MONITOREN, {"herzien_dagen": 91}),
    (A.MONITOREN, {"herzien_dagen": None}),
    (A.MONITOREN, {"herzien_dagen": 0}),
    (A.SLUITEN, {"sluitcode": None}),
    (A.SLUITEN, {"sluitcode": "werkt vrijwillig"}),
    (A.SLUITEN, {"terugkoppeling": False}),
    (A.SLUITEN, {"overleg": False}),
    (A.SLUITEN, {"tweede_fout": "nee"}),
    (A.SLUITEN, {"zc_geinformeerd": False}),
    (A.SLUITEN, {"sluitcode": "C11", "zc_datum": False}),
    (A.SAMENVOEGEN, {"zelfde_zaak": False}),
    (A.SAMENVOEGEN, {"hoogste_urgentie": False}),
    (A.SLUITEN, {"sluitcode": "C8", "dubbel": False}),
    (A.SLUITEN, {"sluitcode": "C9", "elders": False}),
    (A.SLUITEN, {"sluitcode": "C7", "vt_klasse": VtKlasse.SPRAKE}),
    (A.UITZETTEN, {"buiten_tabel": True, "tweede_fout": "nee"}),
    (A.UITZETTEN, {"zc_geinformeerd": False, "zc_reden": True, "tweede_fout": "nee"}),
    (A.TRIEREN, {"naar_urgentie": Urgentie.REGULIER, "tweede_fout": "nee"}),
    (A.URGENTIE_WIJZIGEN, {"naar_urgentie": Urgentie.SPOED, "tweede_fout": "nee"}),
    (A.URGENTIE_WIJZIGEN, {"reden": False}),
    (A.OVERDRAGEN_AF, {"nog_niet_daar": False}),
    (A.VRIJGEVEN, {"adres_te_onderzoeken": False}),
    (A.AFSCHERMEN, {"gesloten_route": True}),
    (A.VERWIJDEREN_VOOR_TERMIJN, {"tweede_fout": "nee"}),
    (A.HEROPENEN, {"nieuw_feit": False}),
    (A.HEROPENEN, {"jaar_gesloten": True, "tweede_fout": "nee"}),
]


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("actie", list(A))
def test_the_table_holds_exactly_these_transitions(status: Signaalstatus, actie: Actie) -> None:
    row = find_transition(status, actie)
    if (status, actie) in STAYS:
        assert row is not None
        assert row.blijft
        wie = Wie.SYSTEEM if actie is A.INHOUD_VERWIJDEREN else Wie.AF
        assert change_faults(status, actie, wie, ALL_GOOD) == []
        assert (wie is Wie.AF) == (change_faults(status, actie, Wie.AF, ALL_GOOD) == [])
        return
    if (status, actie) not in TABLE_G:
        assert row is None
        assert change_faults(status, actie, Wie.AF, ALL_GOOD) != []
        return
    assert row is not None
    assert row.naar == TABLE_G[status, actie]
    for wie in Wie:
        assert (change_faults(status, actie, wie, ALL_GOOD) == []) == (wie in row.wie)
    assert Wie.AF in row.wie or status in {S.CONCEPT, S.VERZONDEN}


@pytest.mark.parametrize(("actie", "changes"), REFUSALS)
def test_every_guard_refuses_what_it_guards(actie: Actie, changes: dict[str, object]) -> None:
    facts = replace(ALL_GOOD, **changes)  # type: ignore[arg-type]  # the parameters name the fields
    row = next(row for row in OVERGANGEN if row.actie is actie)
    wie = next(iter(row.wie))
    for status in row.van:
        assert change_faults(status, actie, wie, ALL_GOOD) == []
        assert len(change_faults(status, actie, wie, facts)) == 1


def test_all_refusals_are_told_at_once_and_nothing_passes_by_default() -> None:
    for row in OVERGANGEN:
        status, wie = next(iter(row.van)), next(iter(row.wie))
        if row.wachters and row.actie is not A.UITZETTEN:
            assert change_faults(status, row.actie, wie, Feiten(herzien_dagen=None)) != []
    assert len(change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, Feiten())) == 4
    assert len(change_faults(S.CONCEPT, A.VERZENDEN, Wie.INDIENER, Feiten())) == 2


@pytest.mark.parametrize("missing", [POLITIE, VEILIG_THUIS])
def test_a_minor_in_a_sexual_setting_has_police_and_veilig_thuis_unless_two_people_decide(missing: str) -> None:
    facts = replace(
        ALL_GOOD,
        minderjarig=JaNeeOnbekend.JA,
        vormen=frozenset({Vorm.SEKSUEEL}),
        ontvangers=frozenset({POLITIE, VEILIG_THUIS, "zorgcoordinator"} - {missing}),
        tweede_fout="een tweede persoon ontbreekt",
    )
    assert len(change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, facts)) == 1
    assert change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, replace(facts, tweede_fout=None)) == []
    adult = replace(facts, minderjarig=JaNeeOnbekend.NEE)
    assert change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, adult) == []
    # Whom nobody set up keeps no help waiting: the first hand-over of an acute signal goes on, any other does not.
    first = replace(facts, eerste_overdracht=True)
    nobody = replace(first, bereikbaar=frozenset({POLITIE, VEILIG_THUIS} - {missing}))
    assert change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, nobody) == []
    for waits in (first, replace(nobody, urgentie=Urgentie.SPOED), replace(nobody, eerste_overdracht=False)):
        assert len(change_faults(S.GETRIEERD, A.UITZETTEN, Wie.AF, waits)) == 1


def test_an_unknown_form_can_be_triaged() -> None:
    facts = replace(ALL_GOOD, vormen=frozenset({Vorm.ONBEKEND}))
    assert change_faults(S.ONTVANGEN, A.TRIEREN, Wie.AF, facts) == []


@pytest.mark.parametrize(
    ("reason", "second", "closes"), [(False, None, False), (True, "nee", False), (True, None, True)]
)
def test_closing_without_zorgcoordinator_needs_reason_and_second_person(
    reason: bool,
    second: str | None,
    closes: bool,
) -> None:
    facts = replace(ALL_GOOD, zc_geinformeerd=False, zc_reden=reason, tweede_fout=second)
    assert (change_faults(S.GETRIEERD, A.SLUITEN, Wie.AF, facts) == []) == closes


def test_a_double_closes_without_a_second_person_and_without_consult() -> None:
    facts = replace(ALL_GOOD, sluitcode="C8", overleg=False, tweede_fout="nee")
    assert change_faults(S.ONTVANGEN, A.SLUITEN, Wie.AF, facts) == []
    assert [code for code, row in SLUITCODES.items() if not row.tweede_persoon] == ["C8"]
    assert {code for code, row in SLUITCODES.items() if not row.overleg} == {"C8", "C10"}


@pytest.mark.requirement("DEF-04")
def test_voluntary_work_is_no_reason_to_close() -> None:
    assert list(SLUITCODES) == [f"C{number}" for number in range(1, 15)]
    words = " ".join(row.reden.lower() for row in SLUITCODES.values())
    assert not any(word in words for word in ("vrijwillig", "aangifte", "geen tijd", "onvindbaar"))
    assert {code for code, row in SLUITCODES.items() if not row.nieuw_signaal} == {
        "C5",
        "C8",
        "C9",
        "C10",
        "C11",
        "C14",
    }


def test_who_can_be_the_second_person() -> None:
    submitter = uuid4()
    first = Persoon(uuid4(), "GM9901", "zorg", is_af=True)
    other = Persoon(uuid4(), "GM9901", "veiligheid", is_af=True)
    assert second_person_fault(first, other, submitter) is None
    assert second_person_fault(first, replace(other, gemeentecode="GM9902", domein="zorg"), submitter) is None
    for wrong in (
        None,
        first,
        replace(other, domein="zorg"),
        replace(other, account_id=submitter),
        replace(other, is_af=False),
        replace(other, is_teamleider=True),
    ):
        assert second_person_fault(first, wrong, submitter) is not None
    assert len(Vierogen) == 8


def test_the_highest_urgency_wins() -> None:
    assert highest(Urgentie.REGULIER, Urgentie.SPOED) is Urgentie.SPOED
    assert highest(Urgentie.SPOED, Urgentie.ACUUT, Urgentie.REGULIER) is Urgentie.ACUUT
    assert [sent_at_once(urgentie) for urgentie in Urgentie] == [True, True, False]


def test_urgency_goes_up_by_anyone_and_down_by_an_af_with_a_second_person() -> None:
    up = {"van": Urgentie.REGULIER, "naar": Urgentie.ACUUT}
    down = {"van": Urgentie.ACUUT, "naar": Urgentie.SPOED}
    assert change_fault(**up, is_af=False, second_person_fault="nee") is None
    assert change_fault(**down, is_af=False, second_person_fault=None) is not None
    assert change_fault(**down, is_af=True, second_person_fault="nee") == "nee"
    assert change_fault(**down, is_af=True, second_person_fault=None) is None


@pytest.mark.parametrize(
    ("urgentie", "sent", "due"),
    [
        (Urgentie.ACUUT, datetime(2026, 3, 7, 1, 0, tzinfo=UTC), datetime(2026, 3, 7, 1, 30, tzinfo=UTC)),
        (Urgentie.SPOED, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # Thursday before Easter, 23:30 in Amsterdam: the two working days are Tuesday and Wednesday.
        (Urgentie.REGULIER, datetime(2026, 4, 2, 21, 30, tzinfo=UTC), datetime(2026, 4, 8, 22, 0, tzinfo=UTC)),
        (Urgentie.REGULIER, datetime(2026, 3, 2, 10, 0, tzinfo=UTC), datetime(2026, 3, 4, 23, 0, tzinfo=UTC)),
    ],
)
def test_deadlines_in_clock_time_and_dutch_working_days(urgentie: Urgentie, sent: datetime, due: datetime) -> None:
    norms = {key: float(value) for key, value in NORMEN.items()}
    assert acknowledge_before(urgentie, sent, norms) == due


def test_a_missing_norm_makes_it_due_at_once_and_never_fails() -> None:
    sent = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    assert [acknowledge_before(urgentie, sent, {}) for urgentie in Urgentie] == [sent] * 3


@pytest.mark.requirement("DEF-02")
def test_no_coercion_question_anywhere() -> None:
    """Minor and sexual never asks for coercion: there is no such fact, field or guard."""
    assert not any("dwang" in name for name in Feiten.__dataclass_fields__)
    facts = replace(ALL_GOOD, minderjarig=JaNeeOnbekend.JA, vormen=frozenset({Vorm.SEKSUEEL}))
    assert change_faults(S.ONTVANGEN, A.TRIEREN, Wie.AF, facts) == []


@pytest.mark.requirement("DEF-03")
def test_forms_include_organ_removal_and_unknown() -> None:
    assert {vorm.value for vorm in Vorm} >= {"seksueel", "arbeid", "crimineel", "orgaanverwijdering", "onbekend"}


def test_source_follows_from_the_role_and_a_gut_feeling_is_enough() -> None:
    assert source_of({"balie"}) is Bronsoort.BALIE
    assert source_of({"aandachtsfunctionaris"}) is Bronsoort.GEMEENTE_OVERIG
    assert ground_fault(Bronsoort.BALIE, Urgentie.REGULIER, grond=True) is None
    assert ground_fault(Bronsoort.BALIE, Urgentie.REGULIER, grond=False) is not None
    assert ground_fault(Bronsoort.BALIE, Urgentie.SPOED, grond=False) is None
    assert ground_fault(Bronsoort.VEILIG_THUIS, Urgentie.REGULIER, grond=False) is None


@pytest.mark.parametrize(
    "text", ["De melder heet Jan", "Tipgever Piet zag licht", "gemeld door de buurvrouw", "naam van de melder: J."]
)
def test_a_text_about_the_reporter_is_seen(text: str) -> None:
    assert mentions_reporter(text)
    assert not mentions_reporter("De melder zag vier matrassen. Beller hoorde geschreeuw.")


def test_the_document_of_the_states_is_current() -> None:
    stored = (Path(__file__).parents[2] / "docs" / "statusdiagrammen.md").read_text(encoding="utf-8")
    assert stored.startswith(diagram.document())
