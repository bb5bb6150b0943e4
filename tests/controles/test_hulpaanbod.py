"""That help was offered is one yes or no at a control, and stands nowhere else (PLN-09)."""

from datetime import timedelta

import pytest

from tests.controles.conftest import Field, Tablet, today
from tests.support.service import Service

ANTWOORDEN = {"BEV-01": "bedrijfsruimte of open voor publiek", "BEV-02": "ja"}


@pytest.mark.requirement("PLN-09")
def test_that_help_was_offered_is_yes_or_no_and_never_to_whom(veld: Field, tablet: Tablet, service: Service) -> None:
    controle = veld.plan("HOT", today() - timedelta(days=1))
    path = f"/controles/{controle}/hulpaanbod"
    *begin, end = tablet.whole(controle, ANTWOORDEN)
    assert {row["status"] for row in tablet.send(*begin)} == {"verwerkt"}
    assert service.as_("af").get(path).json() == {"hulpaanbod": None}
    for words in ("aan iemand in kamer 3", {"ja": True}, ["ja"]):
        wrong = tablet.event("controle-afgerond", controle, {"hulpaanbod": words})
        assert tablet.send(wrong)[0]["status"] != "verwerkt"
    more = tablet.event("controle-afgerond", controle, {"hulpaanbod": True, "hulpaanbodAan": "x"})
    assert tablet.send(more)[0]["status"] != "verwerkt"
    assert tablet.send({**end, "inhoud": {"hulpaanbod": True}})[0]["status"] == "verwerkt"
    assert service.as_("af").get(path).json() == {"hulpaanbod": True}
    assert service.as_("toezichthouder").get(path).json() == {"hulpaanbod": True}
    for sub, status in (("planner", 403), ("bestuur", 403), ("vergunningverlener", 403), ("buur-af", 404)):
        assert service.as_(sub).get(path).status_code == status, sub
    assert "hulpaanbod" not in service.as_("planner").get(f"/controles/{controle}").text
    assert "hulpaanbod" not in service.as_("planner").get(f"/objecten/{veld.objecten['HOT']}/dossier").text
