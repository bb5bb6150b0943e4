"""The description of the planner for everybody, read from one content file (standards C9 to C12; design section 1, point 2)."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from app.core.settings import ROOT
from app.rapportage.schemas.algoritme import AlgoritmeRead

BESTAND: Final = ROOT / "checklists" / "algoritme.yaml"


@lru_cache(maxsize=1)
def read_description(path: Path = BESTAND) -> AlgoritmeRead:
    """The description, read and checked once per process.

    Raises:
        pydantic.ValidationError: a field is missing, unknown or longer than the publication standard allows.
    """
    return AlgoritmeRead.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def document(read: AlgoritmeRead) -> str:
    """The same description as `docs/algoritme.md`; a test fails when that file is not current."""
    return "\n".join([*_lines(read), ""])


def _lines(read: AlgoritmeRead) -> Iterator[str]:
    general, fair, how = read.algemeen, read.verantwoord, read.werking
    yield f"# {general.naam}"
    yield f"\nMade from `checklists/algoritme.yaml` (version {read.versie}, {read.bijgewerkt_op.isoformat()}); served at `/v1/algoritme`."
    yield f"\n{general.korte_omschrijving}\n"
    yield from _table(
        ("veld", "waarde"),
        (
            (name, getattr(general, field) or "niet ingevuld")
            for name, field in (
                ("Standaard", "standaard"),
                ("Organisatie", "organisatie"),
                ("Thema", "thema"),
                ("Status", "status"),
                ("Begindatum", "begindatum"),
                ("Contactgegevens", "contactgegevens"),
                ("Publicatiecategorie", "publicatiecategorie"),
                ("Leverancier", "leverancier"),
                ("Link naar broncode", "broncode"),
            )
        ),
    )
    yield f"\n## Doel en impact\n\n{fair.doel_en_impact}"
    yield f"\n## Afwegingen\n\n{fair.afwegingen}"
    yield f"\n## Menselijke tussenkomst\n\n{fair.menselijke_tussenkomst}"
    yield "\n## Risicobeheer\n"
    yield from _items(fair.risicobeheer)
    yield "\n## Wettelijke basis\n"
    yield from _items(f"{law.naam}: {law.toelichting}" for law in fair.wettelijke_basis)
    yield f"\n## Verwerkingsregister\n\n{fair.verwerkingsregister}"
    yield "\n## Impacttoetsen\n"
    yield from _items(f"{test.naam}: {test.stand}" for test in fair.impacttoetsen)
    yield "\n## Gegevens\n"
    yield from _items(f"{fact.naam}: {fact.toelichting}" for fact in how.gegevens)
    yield f"\n## Technische werking\n\n{how.technische_werking}"
    yield "\n### Regels die een plan nooit breekt\n"
    yield from _table(("regel", "inhoud", "bron"), ((rule.naam, rule.regel, rule.bron) for rule in how.harde_regels))
    yield "\n### Termen van de voorrang\n"
    yield from _table(
        ("term", "betekenis", "bron", "sinds", "versie", "telt nu mee"),
        (
            (t.code, t.betekenis, t.bron, t.sinds.isoformat(), str(t.versie), "ja" if t.in_gebruik else "nee")
            for t in how.termen
        ),
    )
    yield "\n### Wat nooit wordt gebruikt\n"
    yield from _items(how.nooit_gebruikt)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(head)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _items(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"- {line}"
