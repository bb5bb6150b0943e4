"""What a tablet does, for the story: the day's package, answers to a checklist, events in a batch."""

from typing import Any

from app.cli.klant import Klant
from app.core.clock import utc_now
from app.core.identifiers import new_id

Answers = dict[str, Any]
CHOICES = {"ja_nee", "ja_nee_nvt", "keuze"}


class Tablet:
    """A tablet of one toezichthouder."""

    def __init__(self, klant: Klant, id: str | None = None) -> None:  # noqa: A002 - the name of the field
        self.klant = klant
        self.id = id or str(new_id())
        self._number = 0
        self._lists: list[dict[str, Any]] = []

    def items(self) -> list[dict[str, Any]]:
        """All items of the lists that hold now."""
        if not self._lists:
            for one in self.klant.lees("/checklists"):
                self._lists.append(self.klant.lees(f"/checklists/{one['code']}/versies/{one['versie']}"))
        return [item for one in self._lists for item in one["items"]]

    def ordinary_answers(self, objecttype: str) -> Answers:
        """The core of the checklists for this type of object, answered so that nothing is wrong."""
        answers: Answers = {}
        for item in self.items():
            if objecttype in item["kern"] and not item["berekening"]:
                answers[item["code"]] = _harmless(item)
        return answers

    def send(self, control_id: str, *events: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Sends events of one control and gives the result of each."""
        batch = []
        for soort, inhoud in events:
            self._number += 1
            batch.append(
                {
                    "gebeurtenisId": str(new_id()),
                    "controleId": control_id,
                    "soort": soort,
                    "apparaatId": self.id,
                    "volgnummer": self._number,
                    "apparaatTijd": utc_now().isoformat(),
                    "inhoud": inhoud,
                }
            )
        results: list[dict[str, Any]] = self.klant.stuur("/synchronisaties", {"gebeurtenissen": batch}, 200)[
            "resultaten"
        ]
        return results

    def whole_control(self, control_id: str, answers: Answers) -> list[dict[str, Any]]:
        """Started, answered, finished: the results of the three events."""
        return self.send(
            control_id, ("controle-gestart", {}), ("antwoorden", {"antwoorden": answers}), ("controle-afgerond", {})
        )


def _harmless(item: dict[str, Any]) -> Any:  # noqa: ANN401 - an answer
    """An answer that fires no trigger of the item."""
    if item["antwoordtype"] not in CHOICES:
        return 1.0 if item["antwoordtype"] == "getal" else "geen bijzonderheden"
    firing = {trigger["antwoord"] for trigger in item["triggers"] or []}
    choices = [choice for choice in item["keuzes"] if choice not in firing]
    preferred = next((choice for choice in ("nee", "ja", "geen") if choice in choices), choices[0])
    return [preferred] if item["meervoudig"] else preferred
