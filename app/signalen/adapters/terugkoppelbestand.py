"""Reads the standard texts of feedback from the content folder."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from app.core.settings import ROOT
from app.signalen.adapters.routebestanden import RoutebestandError
from app.signalen.rules.terugkoppelteksten import Terugkoppelteksten

BESTAND = ROOT / "checklists" / "meldroute" / "terugkoppelteksten.yaml"


def read_texts(path: Path) -> Terugkoppelteksten:
    """The texts in a file.

    Raises:
        RoutebestandError: absent, unreadable or with faults.
    """
    try:
        return Terugkoppelteksten.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RoutebestandError([f"{path.name}: geen leesbare YAML ({type(error).__name__})"]) from None
    except ValidationError as error:
        raise RoutebestandError([f"{path.name}: {fault['msg']}" for fault in error.errors()]) from None


@lru_cache(maxsize=1)
def feedback_texts() -> Terugkoppelteksten:
    """The texts of this service, read once per process."""
    return read_texts(BESTAND)
