"""The short forms by which a signal is submitted, per source: what is asked, and nothing else (ROL-09, ROL-17, RTE-17 to RTE-19).

Content: `checklists/meldroute/intake.yaml`. A form has no question for who it is about or who reported; what a form does not ask is refused.
"""

from collections.abc import Collection, Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from app.gemeenten.rules.rollen import Rol
from app.signalen.status import Bronsoort, Urgentie

Veldnaam = Annotated[str, Field(pattern=r"^[a-z][A-Za-z]+$")]


class _Content(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True)


class Keuze(_Content):
    """Something that can be seen or heard.

    Attributes:
        urgentie: at least this urgent, when it is chosen (table A).
    """

    code: Annotated[str, Field(pattern=r"^[a-z][a-z-]+$")]
    tekst: str
    urgentie: Urgentie | None = None


class Vraag(_Content):
    """A question and the kind of answer that it asks."""

    soort: str
    vraag: str
    uitleg: str | None = None


class Formulier(_Content):
    """The form of one source."""

    bron: Bronsoort
    titel: str
    uitleg: str
    rollen: tuple[Rol, ...]
    velden: tuple[Veldnaam, ...]
    verplicht: tuple[Veldnaam, ...] = ()
    keuzelijst: str | None = None


class Formulieren(_Content):
    """All forms; each source has one."""

    versie: int
    bron: tuple[str, ...]
    vragen: Mapping[Veldnaam, Vraag]
    keuzelijsten: Mapping[str, tuple[Keuze, ...]]
    altijd: tuple[Veldnaam, ...]
    formulieren: tuple[Formulier, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        sources = [form.bron for form in self.formulieren]
        asked = {name for form in self.formulieren for name in self.fields_of(form)}
        faults = [f"geen of meer dan een formulier voor {bron}" for bron in Bronsoort if sources.count(bron) != 1]
        faults += [f"vraag {name} ontbreekt" for name in sorted(asked - self.vragen.keys())]
        for form in self.formulieren:
            if not set(form.verplicht) <= set(self.fields_of(form)):
                faults.append(f"{form.bron} verplicht een vraag die het niet stelt")
            if ("waarnemingen" in form.velden) != (form.keuzelijst in self.keuzelijsten):
                faults.append(f"{form.bron} heeft geen keuzelijst bij waarnemingen")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def form_of(self, bron: Bronsoort) -> Formulier:
        """The form of a source."""
        return next(form for form in self.formulieren if form.bron is bron)

    def fields_of(self, form: Formulier) -> tuple[str, ...]:
        """What a form asks, the questions of its own first."""
        return (*form.velden, *self.altijd)

    def choices_of(self, form: Formulier) -> tuple[Keuze, ...]:
        """What can be chosen as seen or heard."""
        return () if form.keuzelijst is None else self.keuzelijsten[form.keuzelijst]

    def faults(self, form: Formulier, filled: Collection[str], waarnemingen: Collection[str]) -> list[tuple[str, str]]:
        """Every field that does not fit the form, with why, in Dutch.

        Args:
            form: the form of the source.
            filled: names of the fields that hold something.
            waarnemingen: codes of what was seen or heard.
        """
        asked = set(self.fields_of(form))
        found = [(name, "hoort niet bij deze bron; laat het weg") for name in sorted(set(filled) - asked)]
        found += [(name, "ontbreekt; dit is verplicht bij deze bron") for name in form.verplicht if name not in filled]
        known = {choice.code for choice in self.choices_of(form)}
        if "waarnemingen" in asked and not set(waarnemingen) <= known:
            found.append(("waarnemingen", "bevat iets wat niet op de lijst van dit formulier staat"))
        return found
