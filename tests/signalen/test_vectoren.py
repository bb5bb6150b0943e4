"""Which test shows each vector of the signal route (M1 to M47), and which vectors have none yet.

The table is the list to work from: a vector that is named here as tested loses its place when the test goes.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
VECTOREN = {
    "M1": "signalen/test_termijnen.py::test_an_acute_submit_lists_the_on_call_numbers",
    "M2": "signalen/test_routering.py::test_m2_and_m29_shop_jeugd_in_den_haag",
    "M3": "signalen/test_routetabellen.py",
    "M7": "signalen/test_routering.py::test_what_comes_beside_the_form",
    "M8": "signalen/test_routetabellen.py",
    "M10": "signalen/test_routering_http.py::test_the_class_of_veilig_thuis",
    "M12": "signalen/test_stappen.py::test_closing_asks_code_consult_feedback_and_the_zorgcoordinator_at_once",
    "M17": "signalen/test_routering.py::test_undermining_goes_to_the_riec_through_who_plays_that_part",
    "M20": "signalen/test_termijnen.py::test_m20_silence_wakes_the_stand_in_and_then_the_police",
    "M21": "signalen/test_routering.py::test_abuse_and_smuggling_are_no_trafficking",
    "M23": "rapportage/test_monitor.py::test_the_figures_of_drenthe_2023",
    "M25": "controles/test_synchronisatie.py::test_a_whole_control_twice",
    "M28": "signalen/test_routetabellen.py",
    "M29": "signalen/test_routering.py::test_m2_and_m29_shop_jeugd_in_den_haag",
    "M30": "controles/test_signalering.py::test_a_regional_team_reports_to_the_af_of_the_object_and_only_with_a_designation",
    "M31": "signalen/test_routering.py::test_m31_veilig_thuis_is_forced_in_utrecht",
    "M33": "controles/test_eisen.py::test_a_dwelling_has_a_neutral_trigger_and_no_way_to_find_it",
    "M34": "signalen/test_routetabellen.py",
    "M35": "signalen/test_termijnen.py::test_m35_the_same_night_for_care_and_an_hour_for_the_af",
    "M36": "controles/test_signalering.py::test_after_a_possible_offence_only_its_moment_is_kept",
    "M37": "signalen/test_routetabellen.py",
    "M38": "controles/test_signalering.py::test_advice_and_choice",
    "M39": "controles/test_signalering.py::test_gut_feeling_is_enough_and_text_alone_is_not",
    "M40": "rapportage/test_twee_klassen.py::test_six_outputs_of_a_control_hold_nothing_confidential",
    "M41": "signalen/test_vierogen.py::test_only_an_af_of_another_domain_or_a_neighbour_is_the_second",
    "M45": "gemeenten/test_piket_en_taken.py::test_no_municipality_goes_live_without_a_tested_number",
}
GEDEELTELIJK = {
    "M6": "route and banner; not yet the block on a fine for a person",
    "M26": "no signal and the question about shelter; not yet the closing of a building itself",
    "M32": "the answer goes after six months; not yet for every other output",
    "M47": "the tablet program runs outside this suite (tests/scenarios/test_twee_tablets.py is its model)",
}
ZONDER = {
    "M14": "text filter on a tip from outside",
    "M15": "text filter with the words of the refusal, on a SEKS control",
    "M42": "wish of the AF on an object",
    "M43": "content gone after twelve months",
    "M44": "closed route over HTTP",
    "M46": "sealed observation inside an acute signal",
}
NUMMERS = "1 2 3 6 7 8 10 12 14 15 17 20 21 23 25 26 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47"


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_vector_stands_in_one_list() -> None:
    known = [*VECTOREN, *GEDEELTELIJK, *ZONDER]
    assert sorted(known) == sorted(f"M{number}" for number in NUMMERS.split())


@pytest.mark.parametrize("vector", VECTOREN)
def test_the_test_of_a_vector_exists(vector: str) -> None:
    place, _, name = VECTOREN[vector].partition("::")
    found = _functions(TESTS / place)
    if name:
        assert name in found
    else:  # one table of cases, each named after its vector
        assert f'{vector}"' in (TESTS / place).read_text(encoding="utf-8")
