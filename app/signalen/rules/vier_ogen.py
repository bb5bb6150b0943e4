"""Four eyes: which acts need a second person, and who may be that person (ROL-02; inferred, to be confirmed locally)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Vierogen(StrEnum):
    """Acts that two different people do together."""

    URGENTIE_VERLAGEN = "urgentie-verlagen"
    SLUITEN = "sluiten"
    ZC_OVERSLAAN = "zorgcoordinator-overslaan"
    ONTVANGER_WEGLATEN = "verplichte-ontvanger-weglaten"
    BUITEN_TABEL_DELEN = "buiten-de-regiotabel-delen"
    HEROPENEN_NA_JAAR = "heropenen-na-een-jaar"
    VERWIJDEREN_VOOR_TERMIJN = "verwijderen-voor-de-termijn"
    INZIEN_BUITEN_ROL = "inzien-buiten-de-rol"


@dataclass(frozen=True)
class Persoon:
    """An account as far as four eyes look at it.

    Attributes:
        is_af: has the role of AF.
        is_teamleider: has the role of team leader, who sees status only.
        domein: domain of the AF, zorg or veiligheid.
    """

    account_id: UUID
    gemeentecode: str
    domein: str | None
    is_af: bool
    is_teamleider: bool = False


def second_person_fault(eerste: Persoon, tweede: Persoon | None, indiener: UUID) -> str | None:
    """Why this person cannot be the second pair of eyes, in Dutch, or None when he can.

    The second is an AF of another domain or of a neighbouring municipality; never the first, the submitter or a team leader.
    """
    if tweede is None:
        return "Hiervoor is een tweede aandachtsfunctionaris nodig."
    if tweede.account_id == eerste.account_id:
        return "De tweede persoon moet iemand anders zijn."
    if tweede.account_id == indiener:
        return "Wie het signaal indiende, kan niet de tweede persoon zijn."
    if tweede.is_teamleider or not tweede.is_af:
        return "De tweede persoon moet een aandachtsfunctionaris zijn; een teamleider kan dat niet zijn."
    if tweede.gemeentecode == eerste.gemeentecode and tweede.domein == eerste.domein:
        return "De tweede persoon moet van een ander domein of uit een buurgemeente komen."
    return None
