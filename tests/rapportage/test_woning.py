"""What a third party does at a dwelling is found by nobody but the AF of its signal (REG-05, vector M32)."""

import re
from datetime import timedelta

from app.core.runtime import Runtime
from app.objecten.status import Objecttype
from tests.controles.conftest import Field, Tablet, signals, today
from tests.objecten.stock import make_object
from tests.support.municipality import STAD
from tests.support.service import Service
from tests.support.twee_klassen import term, visit

OUTPUTS = (
    ("toezichthouder", "/werkpakketten/{today}"),
    ("toezichthouder", "/controles/{control}"),
    ("teamleider", "/controles/{control}/rapport"),
    ("planner", "/objecten/{home}/dossier"),
    ("vergunningverlener", "/objecten/{home}/dossier"),
    ("af", "/objecten/{home}/dossier"),
    ("af", "/objecten/{home}/inzage"),
    ("planner", "/bevindingen?objectId={home}"),
    ("planner", "/objecten?type=WON&limiet=100"),
    ("planner", "/exporten/objecten?type=WON"),
    ("planner", "/exporten/controles?objectId={home}"),
    ("hoofdplanner", "/controles?objectId={home}"),
    ("bestuur", "/rapportages/monitor/signalen?jaar={year}"),
)


def test_m32_no_output_tells_a_dwelling_where_a_third_party_exploits_from_another(
    runtime: Runtime, service: Service, veld: Field, tablet: Tablet
) -> None:
    """Advice of two points and no signal; every output of the two dwellings is the same but for what each has of its own."""
    term(runtime, 14)
    with runtime.system_unit("test") as uow:
        homes = [make_object(uow, Objecttype.WON, number, STAD).id for number in (71, 72)]
    day = today() - timedelta(days=20)
    controls = [
        visit(veld, tablet, home, day, {"HUI-01": 30, "HUI-02": 2, "HUI-21": answer, "ENT-21": "nee"})
        for home, answer in zip(homes, ("ja", "nee"), strict=True)
    ]
    assert signals(runtime) == []
    own = [{str(home): "PLEK", str(control): "CONTROLE"} for home, control in zip(homes, controls, strict=True)]
    for sub, path in OUTPUTS:
        texts = []
        for home, control, names in zip(homes, controls, own, strict=True):
            where = path.format(home=home, control=control, today=today(), year=today().year)
            answer = service.as_(sub).get(where)
            assert answer.status_code == 200, (sub, where, answer.text)
            assert "HUI-21" not in answer.text or "werkpakketten" in path, (sub, path)
            text = answer.text
            for value, name in names.items():
                text = text.replace(value, name)
            texts.append(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z|\d+\.\d{5,}|7[12]\b", "*", text))
        assert "{home}" not in path or texts[0] == texts[1], (sub, path)
