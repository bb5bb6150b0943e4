"""The signal cards: how to recognise and what to do, per form of exploitation and type of object (INS-10)."""

from datetime import date
from pathlib import Path

import yaml
from pydantic import Field, ValidationError, model_validator

from app.checklists.rules.content import Inhoud

Regels = tuple[str, ...]


class Signaalkaart(Inhoud):
    """One card; `bij` adds what shows at one type of object."""

    code: str
    vorm: str
    titel: str
    herkennen: Regels = Field(min_length=1)
    handelen: Regels = Field(min_length=1)
    bij: dict[str, Regels]
    bron: tuple[str, ...] = Field(min_length=1)


class Signaalkaarten(Inhoud):
    """The cards in one version; `handelen` holds for every card."""

    versie: int
    geldig_vanaf: date
    licentie: str
    handelen: Regels = Field(min_length=1)
    kaarten: tuple[Signaalkaart, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "Signaalkaarten":
        codes = [kaart.code for kaart in self.kaarten]
        if len(set(codes)) != len(codes):
            msg = "a card code stands twice"
            raise ValueError(msg)
        return self


class SignaalkaartenError(ValueError):
    """The cards cannot be used."""


def read_cards(path: Path) -> Signaalkaarten:
    """The cards of a content file.

    Raises:
        SignaalkaartenError: absent, no YAML, or with faults.
    """
    try:
        return Signaalkaarten.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as fault:
        msg = f"{path.name} is niet bruikbaar: {fault}"
        raise SignaalkaartenError(msg) from None
