"""Norm states: what counts, pro rata, due dates and danger."""

from datetime import date, timedelta

import pytest

from app.planning.rules.acties import Actie, Actienorm, acties_normstand
from app.planning.rules.bedrijven import BedrijfControle, Bedrijvennorm, bedrijven_normstand
from app.planning.rules.kalender import Periode, months_after, years_after
from app.planning.rules.normstand import Dienst
from app.planning.rules.seks import SeksControle, Seksnorm, prorate, seks_gemeentestand, seks_normstand
from app.planning.rules.wachtlijst import Risicoadrestermijn, horeca_normstand, wachtende_risicoadressen
from app.planning.status import Normstatus, Wachtstatus

NORM = Seksnorm(per_jaar=6, min_dagen_tussen=14)
HEEL_JAAR = [Periode(date(2020, 1, 1))]
GEMEENTE = Dienst("gemeente", van_gemeente=True)
POLITIE = Dienst("politie", van_gemeente=False)


def werkdag(dag: date) -> bool:
    return dag.weekday() < 5 and dag not in {date(2026, 12, 25), date(2026, 1, 1)}


def controle(dag: date, **anders: bool) -> SeksControle:
    feiten = {"afgerond": True, "aangekondigd": False, "binnen": True, "bedrijfsplan_beantwoord": True}
    return SeksControle(dag, **(feiten | anders))


def zes(**laatste: bool) -> list[SeksControle]:
    dagen = [date(2026, maand, 10) for maand in (1, 3, 5, 7, 9, 11)]
    return [*(controle(dag) for dag in dagen[:-1]), controle(dagen[-1], **laatste)]


def seks(controles: list[SeksControle], peildatum: date = date(2026, 12, 31)) -> tuple[str, Normstatus]:
    stand = seks_normstand(2026, peildatum, NORM, HEEL_JAAR, controles, [])
    return stand.breuk, stand.status


@pytest.mark.requirement("CAD-01")
@pytest.mark.requirement("PLN-14")
def test_only_completed_unannounced_inside_with_business_plan_counts() -> None:
    assert seks(zes()) == ("6/6", Normstatus.GEHAALD)
    assert seks(zes(bedrijfsplan_beantwoord=False), date(2027, 1, 1)) == ("5/6", Normstatus.NIET_GEHAALD)
    for gebrek in ({"aangekondigd": True}, {"afgerond": False}, {"binnen": False}):
        assert seks(zes(**gebrek))[0] == "5/6"
    half_jaar = [Periode(date(2026, 7, 1))]
    assert seks_normstand(2026, date(2026, 7, 1), NORM, half_jaar, [], []).norm == 3


@pytest.mark.parametrize(
    ("periodes", "norm"),
    [
        ([Periode(date(2026, 7, 1))], 3),
        ([Periode(date(2020, 1, 1), date(2026, 6, 30))], 3),
        ([Periode(date(2026, 12, 1))], 1),
        ([Periode(date(2020, 1, 1), date(2026, 6, 30)), Periode(date(2026, 7, 1))], 6),
        ([Periode(date(2020, 1, 1), date(2026, 8, 30)), Periode(date(2026, 7, 1))], 6),
        ([Periode(date(2026, 12, 24))], 0),
        ([Periode(date(2027, 1, 1))], 0),
    ],
)
def test_pro_rata_follows_the_days_in_force(periodes: list[Periode], norm: int) -> None:
    stand = seks_normstand(2026, date(2026, 12, 31), NORM, periodes, [], [])
    assert stand.norm == norm
    assert (stand.breuk == "n.v.t.") == (norm == 0)
    assert prorate(6, 184, 366) == 3


def test_due_date_keeps_the_rolling_year_and_the_account() -> None:
    geschiedenis = [controle(date(2025, maand, 20)) for maand in (3, 5, 6, 8, 10, 12)]
    stand = seks_normstand(2026, date(2026, 1, 5), NORM, HEEL_JAAR, geschiedenis, [])
    assert stand.volgende_uiterste_datum == date(2026, 3, 20)
    assert stand.status is Normstatus.OP_KOERS
    te_laat = seks_normstand(2026, date(2026, 3, 21), NORM, HEEL_JAAR, geschiedenis, [])
    assert te_laat.status is Normstatus.IN_GEVAAR
    nieuw = seks_normstand(2026, date(2026, 7, 1), NORM, [Periode(date(2026, 7, 1))], [], [])
    assert nieuw.volgende_uiterste_datum == date(2026, 7, 1) + timedelta(days=365 // 6)
    # A year in which everything was done early: the calendar year asks for six again.
    vroeg = [controle(date(2025, 12, 1) + timedelta(days=5 * n)) for n in range(6)]
    assert seks_normstand(2026, date(2026, 1, 5), NORM, HEEL_JAAR, vroeg, []).volgende_uiterste_datum == date(
        2026, 12, 31
    ) - timedelta(days=5 * 14)


def test_danger_when_the_rest_does_not_fit() -> None:
    vier = zes()[:4]
    te_krap = seks_normstand(2026, date(2026, 12, 20), NORM, HEEL_JAAR, vier, [])
    assert te_krap.status is Normstatus.IN_GEVAAR
    assert "passen er nog 1" in te_krap.toelichting
    gepland = [date(2026, 12, 20), date(2026, 12, 31)]
    op_koers = seks_normstand(2026, date(2026, 12, 20), NORM, HEEL_JAAR, vier, gepland)
    assert (op_koers.gepland, op_koers.status) == (2, Normstatus.OP_KOERS)
    verlopen = seks_normstand(2026, date(2026, 12, 21), NORM, HEEL_JAAR, vier, gepland)
    assert (verlopen.gepland, verlopen.status) == (1, Normstatus.IN_GEVAAR)


@pytest.mark.requirement("REG-02")
def test_without_establishments_the_norm_does_not_apply() -> None:
    leeg = seks_gemeentestand([])
    assert (leeg.status.value, leeg.percentage) == ("n.v.t.", None)
    gesloten = seks_normstand(2026, date(2026, 5, 1), NORM, [Periode(date(2020, 1, 1), date(2024, 1, 1))], [], [])
    assert seks_gemeentestand([gesloten]).percentage is None
    een = seks_normstand(2026, date(2026, 12, 31), NORM, HEEL_JAAR, zes(), [])
    geen = seks_normstand(2026, date(2027, 1, 1), NORM, HEEL_JAAR, [], [])
    stand = seks_gemeentestand([een, geen, gesloten])
    assert (stand.objecten, stand.gehaald, stand.in_gevaar, stand.percentage) == (2, 1, 1, 50)
    assert stand.status is Normstatus.NIET_GEHAALD


def actie(dag: date, *diensten: Dienst, afgerond: bool = True, adressen: int = 7) -> Actie:
    return Actie(dag, afgerond, frozenset(diensten), adressen)


def actienorm(voorbereiding: int = 30) -> Actienorm:
    return Actienorm(4, 14, voorbereiding, werkdag)


@pytest.mark.requirement("CAD-04")
@pytest.mark.parametrize("voorbereiding", [23, 30])
def test_an_actie_is_a_date_and_a_late_gap_is_danger(voorbereiding: int) -> None:
    norm = actienorm(voorbereiding)
    een = acties_normstand(2026, date(2026, 3, 1), norm, [actie(date(2026, 2, 3), GEMEENTE, POLITIE)])
    assert een.breuk == "1/4"
    per_adres = [actie(date(2026, 2, 3), GEMEENTE, POLITIE, adressen=1) for _ in range(7)]
    assert acties_normstand(2026, date(2026, 3, 1), norm, per_adres).breuk == "1/4"
    drie = [actie(date(2026, maand, 3), GEMEENTE, POLITIE) for maand in (2, 5, 9)]
    stand = acties_normstand(2026, date(2026, 12, 1), norm, drie)
    assert (stand.breuk, stand.status.value) == ("3/4", "norm in gevaar")
    vierde = actie(date(2026, 12, 15), GEMEENTE, POLITIE, afgerond=False)
    assert acties_normstand(2026, date(2026, 12, 1), norm, [*drie, vierde]).status is Normstatus.OP_KOERS
    assert acties_normstand(2026, date(2026, 10, 1), norm, drie).status is Normstatus.OP_KOERS
    assert acties_normstand(2026, date(2027, 1, 1), norm, drie).status is Normstatus.NIET_GEHAALD


def test_spacing_alone_can_endanger_the_acties() -> None:
    # Preparation until 2 November leaves room for one more at 60 days apart, not for two.
    norm = Actienorm(4, 60, 20, werkdag)
    twee = [actie(date(2026, maand, 3), GEMEENTE, POLITIE) for maand in (2, 5)]
    assert acties_normstand(2026, date(2026, 10, 5), norm, twee).status is Normstatus.IN_GEVAAR
    assert acties_normstand(2026, date(2026, 9, 1), norm, twee).status is Normstatus.OP_KOERS


@pytest.mark.requirement("CAD-05")
def test_one_service_alone_is_no_integral_actie() -> None:
    dag = date(2026, 2, 3)
    pandbrigade = Dienst("pandbrigade", van_gemeente=True)
    for diensten in ((GEMEENTE,), (POLITIE,), (GEMEENTE, pandbrigade), ()):
        assert acties_normstand(2026, date(2026, 3, 1), actienorm(), [actie(dag, *diensten)]).gedaan == 0
    assert acties_normstand(2026, date(2026, 3, 1), actienorm(), [actie(dag, GEMEENTE, POLITIE)]).gedaan == 1


def test_business_controls_count_by_type_partner_and_core_items() -> None:
    norm = Bedrijvennorm(100, frozenset({"BEDR", "HOR", "MASS", "HOT", "LOG"}), 2, werkdag)
    beide = frozenset({GEMEENTE, POLITIE})
    controles = [
        BedrijfControle(date(2026, 2, 3), "LOG", True, beide, True),
        BedrijfControle(date(2026, 2, 3), "HOR", True, beide, False),
        BedrijfControle(date(2026, 2, 3), "SEKS", True, beide, True),
        BedrijfControle(date(2026, 2, 3), "HOR", True, frozenset({GEMEENTE}), True),
        BedrijfControle(date(2026, 9, 3), "HOR", False, beide, False),
    ]
    stand = bedrijven_normstand(2026, date(2026, 3, 1), norm, controles)
    assert (stand.breuk, stand.gepland, stand.status) == ("1/100", 1, Normstatus.OP_KOERS)
    assert bedrijven_normstand(2026, date(2026, 12, 1), norm, controles).status is Normstatus.IN_GEVAAR


def test_waiting_addresses_are_late_the_day_after_their_term() -> None:
    adressen = [
        Risicoadrestermijn("jong", date(2026, 3, 1), date(2026, 3, 15)),
        Risicoadrestermijn("oud", date(2026, 2, 1), date(2026, 3, 10)),
        Risicoadrestermijn("bezocht", date(2026, 2, 1), date(2026, 3, 1), date(2026, 2, 20)),
    ]
    op_de_dag = wachtende_risicoadressen(adressen, date(2026, 3, 10))
    assert [(w.sleutel, w.status) for w in op_de_dag] == [
        ("oud", Wachtstatus.WACHT),
        ("jong", Wachtstatus.WACHT),
    ]
    erna = wachtende_risicoadressen(adressen, date(2026, 3, 11))[0]
    assert (erna.status.value, erna.dagen_te_laat, erna.dagen_in_beeld) == ("te laat", 1, 38)


def test_horeca_comes_round_by_its_licence() -> None:
    licentie = [Periode(date(2025, 8, 31))]
    eerste = horeca_normstand(date(2025, 9, 1), 6, licentie, [], [])
    assert (eerste.volgende_uiterste_datum, eerste.status) == (date(2026, 2, 28), Normstatus.OP_KOERS)
    assert horeca_normstand(date(2026, 3, 1), 6, licentie, [], []).status is Normstatus.IN_GEVAAR
    gedaan = horeca_normstand(date(2026, 3, 1), 6, licentie, [date(2026, 1, 5)], [])
    assert (gedaan.volgende_uiterste_datum, gedaan.status) == (date(2026, 7, 5), Normstatus.GEHAALD)
    assert horeca_normstand(date(2025, 8, 30), 6, licentie, [], []).breuk == "n.v.t."


def test_leap_days_never_lengthen_a_term() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2023, 12, 31), 12) == date(2024, 12, 31)
