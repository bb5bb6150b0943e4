"""The published content, once per run."""

from datetime import date

import pytest

from app.checklists import service
from app.checklists.rules.catalogue import Catalogus


@pytest.fixture(scope="session")
def catalogus() -> Catalogus:
    return service.get_catalogue(service.current_versions(date(2026, 12, 1)))


@pytest.fixture(scope="session")
def normen(catalogus: Catalogus) -> dict[str, float | None]:
    """The national seeds and those of The Hague on 1 June 2026."""
    zaden = max(service.load_catalogue().normen, key=lambda normen: normen.versie)
    dag = date(2026, 6, 1)
    waarden = {
        norm.sleutel: norm.waarde
        for norm in (*zaden.landelijk, *zaden.gemeenten["0518"])
        if (norm.geldig_vanaf or dag) <= dag <= (norm.geldig_tot or dag)
    }
    return catalogus.norm_values(waarden)
