"""Writes `docs/algoritme.md` from `checklists/algoritme.yaml`: `python -m tools.algoritme`."""

from app.core.settings import ROOT
from app.rapportage.service.algoritme import document, read_description

if __name__ == "__main__":
    (ROOT / "docs" / "algoritme.md").write_text(document(read_description()), encoding="utf-8")
