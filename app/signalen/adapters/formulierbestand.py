"""Reads the intake forms of the content folder, once per process."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from app.core.errors import CannotGoOn
from app.core.http.problems import validation_faults
from app.signalen.rules.formulieren import Formulieren

BESTAND = Path(__file__).resolve().parents[3] / "checklists" / "meldroute" / "intake.yaml"


class FormulierbestandError(CannotGoOn, ValueError):
    """The intake forms cannot be used; the service must not start."""


@lru_cache(maxsize=1)
def read_forms(path: Path = BESTAND) -> Formulieren:
    """The intake forms.

    Raises:
        FormulierbestandError: the file is absent, no YAML, or has faults.
    """
    try:
        return Formulieren.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FormulierbestandError(f"{path.name} is niet te lezen ({type(error).__name__}).") from None
    except ValidationError as error:
        faults = [f"{fault.veld} {fault.melding}" for fault in validation_faults(error.errors())]
        raise FormulierbestandError(f"{path.name} is niet bruikbaar:\n- " + "\n- ".join(faults)) from None
