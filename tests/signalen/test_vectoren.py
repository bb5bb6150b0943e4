"""Which test shows each vector of the signal route (M1 to M47), and what of them is shown for the service alone.

The table is the list to work from: a vector that is named here as tested loses its place when the test goes.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
VECTOREN: dict[str, tuple[str, ...]] = {
    "M1": ("signalen/test_termijnen.py::test_an_acute_submit_lists_the_on_call_numbers",),
    "M2": ("signalen/test_routering.py::test_m2_and_m29_shop_jeugd_in_den_haag",),
    "M3": ("signalen/test_routetabellen.py",),
    "M6": (
        "signalen/test_routetabellen.py",
        "signalen/test_routering.py::test_criminal_form_shows_non_punishment_and_arb_22_alone_does_so",
        "maatregelen/test_afstemming.py::test_nobody_is_punished_for_what_he_was_forced_to_and_the_wait_tells_nothing",
    ),
    "M7": (
        "signalen/test_routering.py::test_what_comes_beside_the_form",
        "signalen/test_adresonderzoek.py::test_m7_one_submit_makes_one_signal_and_one_task_and_nothing_is_released",
    ),
    "M8": ("signalen/test_routetabellen.py",),
    "M10": ("signalen/test_routering_http.py::test_the_class_of_veilig_thuis",),
    "M12": ("signalen/test_stappen.py::test_closing_asks_code_consult_feedback_and_the_zorgcoordinator_at_once",),
    "M14": (
        "signalen/test_intake.py::test_m14_a_tip_to_mma_has_no_reporter_field_at_all",
        "signalen/test_http.py::test_a_tip_to_mma_holds_nothing_of_its_reporter",
    ),
    "M15": ("signalen/test_http.py::test_a_refused_text_is_not_stored_and_the_signal_goes_on",),
    "M17": ("signalen/test_routering.py::test_undermining_goes_to_the_riec_through_who_plays_that_part",),
    "M20": ("signalen/test_termijnen.py::test_m20_silence_wakes_the_stand_in_and_then_the_police",),
    "M21": ("signalen/test_routering.py::test_abuse_and_smuggling_are_no_trafficking",),
    "M23": ("rapportage/test_monitor.py::test_the_figures_of_drenthe_2023",),
    "M25": ("controles/test_synchronisatie.py::test_a_whole_control_twice",),
    "M26": (
        "signalen/test_routetabellen.py",
        "maatregelen/test_maatregelen.py::test_a_place_where_people_sleep_is_not_closed_without_the_answer_on_shelter",
    ),
    "M28": ("signalen/test_routetabellen.py",),
    "M29": ("signalen/test_routering.py::test_m2_and_m29_shop_jeugd_in_den_haag",),
    "M30": (
        "controles/test_signalering.py::test_a_regional_team_reports_to_the_af_of_the_object_and_only_with_a_designation",
    ),
    "M31": ("signalen/test_routering.py::test_m31_veilig_thuis_is_forced_in_utrecht",),
    "M32": (
        "controles/test_bewaren.py::test_after_six_months_the_answer_is_gone_and_nothing_else",
        "controles/test_eisen.py::test_a_dwelling_has_a_neutral_trigger_and_no_way_to_find_it",
        "rapportage/test_woning.py::test_m32_no_output_tells_a_dwelling_where_a_third_party_exploits_from_another",
    ),
    "M33": ("controles/test_eisen.py::test_a_dwelling_has_a_neutral_trigger_and_no_way_to_find_it",),
    "M34": ("signalen/test_routetabellen.py",),
    "M35": ("signalen/test_termijnen.py::test_m35_the_same_night_for_care_and_an_hour_for_the_af",),
    "M36": ("controles/test_signalering.py::test_after_a_possible_offence_only_its_moment_is_kept",),
    "M37": ("signalen/test_routetabellen.py",),
    "M38": ("controles/test_signalering.py::test_advice_and_choice",),
    "M39": ("controles/test_signalering.py::test_gut_feeling_is_enough_and_text_alone_is_not",),
    "M40": (
        "rapportage/test_twee_klassen.py::test_six_outputs_of_a_control_hold_nothing_confidential",
        "rapportage/test_twee_klassen.py::test_a_place_with_and_without_a_signal_look_alike_byte_for_byte",
    ),
    "M41": (
        "signalen/test_zicht.py::test_m41_content_is_for_the_af_and_the_team_leader_sees_status_and_urgency",
        "signalen/test_vierogen.py::test_only_an_af_of_another_domain_or_a_neighbour_is_the_second",
    ),
    "M42": ("objecten/test_wensen.py::test_nobody_can_tell_a_wish_of_the_af_from_one_of_a_planner",),
    "M43": ("signalen/test_bewaren.py::test_the_content_goes_on_its_day_and_the_figure_stays",),
    "M44": ("signalen/test_gesloten_route.py::test_m44_the_af_of_the_own_domain_neither_sees_nor_counts_it",),
    "M45": ("gemeenten/test_piket_en_taken.py::test_no_municipality_goes_live_without_a_tested_number",),
    "M46": (
        "maatregelen/test_afstemming.py::test_what_was_seen_without_free_consent_carries_no_measure",
        "rapportage/test_hercontrole.py::test_what_was_seen_without_free_consent_asks_for_no_recheck",
        "controles/test_signalering.py::test_m46_a_sealed_observation_inside_acute_danger",
    ),
}
SERVER_ALLEEN = {
    "M47": (
        "the store of the tablet program is outside this suite; that the service sends nothing confidential back is shown",
        "controles/test_signalering.py::test_m47_nothing_confidential_comes_back_after_the_receipt",
    ),
}
NUMMERS = "1 2 3 6 7 8 10 12 14 15 17 20 21 23 25 26 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47"


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_vector_stands_in_one_list() -> None:
    assert sorted([*VECTOREN, *SERVER_ALLEEN]) == sorted(f"M{number}" for number in NUMMERS.split())


@pytest.mark.parametrize(
    ("vector", "named"),
    [(vector, named) for vector, tests in VECTOREN.items() for named in tests]
    + [(vector, named) for vector, (_, named) in SERVER_ALLEEN.items()],
)
def test_the_test_of_a_vector_exists(vector: str, named: str) -> None:
    place, _, name = named.partition("::")
    found = _functions(TESTS / place)
    if name:
        assert name in found
    else:  # one table of cases, each named after its vector
        assert re.search(rf"\b{vector}\b", (TESTS / place).read_text(encoding="utf-8"))
