"""No table and no API shape has a field for a person (ADR 0006): not who was found, reported, lives or works somewhere."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from tests.support.description import description

ROOT = Path(__file__).parents[1]
# Words of which a field may not be made. Compared with the words of a name (naam_persoon: naam, persoon).
WORD_LIST = """
    achternaam adverteerder afkomst bewoner bewoners bsn burgerservicenummer dakloos document email emailadres etniciteit
    geaardheid gender geloof geloofsovertuiging geslacht geslachtsnaam gsm herkomst herkomstland hulpverlener iban initialen
    kenteken kind kleur land lhbti lhbtiq leeftijd lvb mail mannen melder mobiel nationaliteit nationaliteiten ouderdom
    paspoort paspoortnummer persoon persoonsgegevens prostituee ras religie rijbewijs roepnaam schuld schulden seksualiteit
    sekswerker sekswerkers slachtoffer slachtoffers taal telefoon telefoonnummer tipgever transgender verblijfsrecht
    verblijfsstatus verdachte verstandelijk voorletters voornaam vreemdelingennummer vrouwen
"""
WORDS = frozenset(WORD_LIST.split())
PAIRS = (("naam", "persoon"), ("verblijf", "status"), ("ouder", "dom"), ("geboorte", "jaar"), ("document", "nummer"))
# Names that hold such a word and mean a place or a role, each with its reason.
ALLOWED = {
    "auditregels.herkomst": "where the request came from: browser or machine",
    "AuditregelRead.herkomst": "the same",
    "Rekenregel.herkomst": "where the content of a scoring rule comes from",
    "signalen.gemeente_herkomst": "the municipality that a signal came from",
    "signalen.mogelijk_slachtoffer": "yes, no or unknown about the place; decides whether the zorgcoördinator is told",
    "SignaalCreate.mogelijkSlachtoffer": "the same",
    "SignaalInhoud.mogelijkSlachtoffer": "the same",
    "SignaalDetailInhoud.mogelijkSlachtoffer": "the same",
    "SignaalInhoud.gemeenteHerkomst": "the municipality that a signal came from",
    "SignaalDetailInhoud.gemeenteHerkomst": "the same",
    "signalen.melder_object_id": "the establishment that reported, never who works there (REG-08)",
    "SignaalCreate.melderObjectId": "the same",
    "SignaalInhoud.melderObject": "the same",
    "SignaalDetailInhoud.melderObject": "the same",
    "SignaalgebeurtenisRead.tweedePersoon": "the function account that gave the second pair of eyes",
    "signaalgebeurtenissen.tweede_persoon": "the function account that gave the second pair of eyes",
    "overdrachten.tweede_persoon": "the same",
    "signalen.aantal_mogelijke_slachtoffers": "a number at most (meldroute section 5)",
    "Beoordeling.aantalMogelijkeSlachtoffers": "the same",
    "Trieren.aantalMogelijkeSlachtoffers": "the same",
    "Trieren.mogelijkSlachtoffer": "yes, no or unknown about the place; decides whether the zorgcoördinator is told",
    "vlaggen.m2_per_persoon": "a measure of the place",
    "VlagRead.m2PerPersoon": "the same",
    "Overbewoning.m2PerPersoon": "the same",
    "Algemeen.taal": "the language of the published description of the planner",
}


def words_of(name: str) -> list[str]:
    """A name of a field in words: camelCase and snake_case alike."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).casefold().replace("-", "_").split("_")


def is_about_a_person(name: str) -> bool:
    words = words_of(name)
    joined = "".join(words)
    return (
        not WORDS.isdisjoint(words)
        or joined in WORDS
        or any(set(pair) <= set(words) for pair in PAIRS)
        or joined.startswith("geboorte")
    )


def table_fields() -> Iterator[str]:
    for path in sorted(ROOT.glob("app/*/tables.py")):
        importlib.import_module(f"app.{path.parent.name}.tables")
    for table in SQLModel.metadata.tables.values():
        for column in table.columns:
            yield f"{table.name}.{column.name}"


def api_fields() -> Iterator[str]:
    document = description()
    for name, schema in document["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            yield f"{name}.{field}"
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                yield f"{path}.{parameter['name']}"


@pytest.mark.requirement("DAT-05", "DAT-10", "DAT-11", "DAT-12")
@pytest.mark.parametrize("fields", [table_fields, api_fields])
def test_no_field_is_about_a_person(fields: Any) -> None:  # noqa: ANN401 - a function of this file
    found = list(fields())
    assert len(found) > 50
    wrong = [name for name in found if is_about_a_person(name.rpartition(".")[2]) and name not in ALLOWED]
    assert wrong == []


@pytest.mark.requirement("HLP-04")
def test_no_table_or_field_holds_a_case_about_help_for_one_person() -> None:
    """B8, compensation, legal help and exit programmes are texts for staff; there is no case to track."""
    cases = re.compile(r"b8|schade|compens|vergoeding|rechtsbijstand|maatje|uitstap|verblijfs", re.IGNORECASE)
    assert [name for name in (*table_fields(), *api_fields()) if cases.search(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "naam_persoon",
        "geboortedatum",
        "geboorteJaar",
        "nationaliteit",
        "Geslacht",
        "bsn",
        "telefoonNummer",
        "e_mail",
        "mogelijkSlachtoffer",
        "verblijfsStatus",
        "aantal_vrouwen",
        "melderNaam",
    ],
)
def test_a_field_about_a_person_is_seen(name: str) -> None:
    assert is_about_a_person(name)


@pytest.mark.parametrize("name", ["aantal_personen", "naam", "ouder", "gemeentecode", "personen", "status", "bron"])
def test_a_field_about_a_place_is_let_through(name: str) -> None:
    assert not is_about_a_person(name)
