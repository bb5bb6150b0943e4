"""What follows from the answer of Veilig Thuis (table C, RTE-09). Only Veilig Thuis sets the class; it never changes a finding."""

from app.signalen.status import VtKlasse

VERVOLG: dict[VtKlasse, str] = {
    VtKlasse.GEEN: "Geen mensenhandel. Veilig Thuis schakelt het sociaal team in; u kunt het signaal sluiten.",
    VtKlasse.RISICO: "Geen mensenhandel, wel risicofactoren. Vraag na of de zorgcoördinator contact heeft.",
    VtKlasse.MOGELIJK: "Mogelijk mensenhandel. Houd het signaal open en noteer wanneer u met de politie overlegt.",
    VtKlasse.SPRAKE: "Er is sprake van mensenhandel. Houd het signaal open en draag het over aan de politie.",
}
ROUTE: dict[VtKlasse, str] = {VtKlasse.GEEN: "sociaal-team", VtKlasse.SPRAKE: "politie-mensenhandel"}
"""Kind of partner that this class leads to."""
