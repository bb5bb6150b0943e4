"""Which items may stand in a file (ADR 0016)."""

from datetime import date

from app.checklists.rules.catalogue import dependencies
from app.checklists.rules.content import Klasse, cel_name
from app.checklists.service import current_versions, get_catalogue

CATALOGUS = get_catalogue(current_versions(date(2026, 11, 22)))


def test_nothing_in_a_file_rests_on_a_confidential_item() -> None:
    in_dossier = {cel_name(code) for code in CATALOGUS.in_dossier}
    for code in CATALOGUS.in_dossier:
        regel = CATALOGUS.regels[code]
        read = {naam for naam in dependencies(regel.item, regel) if not naam.startswith("NORM_")}
        assert regel.item.klasse is Klasse.NALEVING
        assert read <= in_dossier, code


def test_what_betrays_a_confidential_answer_by_being_there_is_left_out() -> None:
    """Which interpreter was used tells that somebody was spoken to alone; the photo of a hit tells the hit."""
    naleving = {code for code, regel in CATALOGUS.regels.items() if regel.item.klasse is Klasse.NALEVING}
    assert naleving - CATALOGUS.in_dossier == {"BEV-12", "ARB-24"}
    assert {"HUI-01", "HUI-10", "ARB-01", "BEV-03"} < CATALOGUS.in_dossier
