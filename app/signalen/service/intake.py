"""The forms of intake: which the caller gets, and whether what is submitted fits the form of its source; every fault at once."""

from app.core.errors import Fout
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.service.teams import team_names
from app.signalen.adapters.formulierbestand import read_forms
from app.signalen.errors import BronVoorbehouden, GeenSignaal
from app.signalen.rules.bronnen import ground_fault, reference_fault
from app.signalen.rules.formulieren import Formulier, Formulieren, Keuze
from app.signalen.rules.urgentie import highest, least_for
from app.signalen.schemas.intake import KeuzeRead, SignaalformulierRead, VraagRead
from app.signalen.schemas.signalen import SignaalCreate
from app.signalen.service.plaats import place_faults
from app.signalen.status import Bronsoort, Urgentie

ZONDER_VRAAG = frozenset({"id", "bron"})


def load_forms() -> Formulieren:
    """Reads and checks the forms, once per process; call it when the service starts.

    Raises:
        FormulierbestandError: they cannot be used.
    """
    return read_forms()


def list_forms(uow: UnitOfWork) -> list[SignaalformulierRead]:
    """The forms that the caller's roles may use, each with its questions and choices (ROL-09, ROL-17)."""
    forms = load_forms()
    return [_show(forms, form) for form in forms.formulieren if uow.caller.has(*form.rollen)]


def check_form(uow: UnitOfWork, data: SignaalCreate, bron: Bronsoort) -> None:
    """Holds what is submitted against the form of its source.

    Raises:
        BronVoorbehouden: the caller's roles do not submit from this source (table G).
        GeenSignaal: fields that do not fit, are missing, or do not make a signal together; all of them.
    """
    forms = load_forms()
    form = forms.form_of(bron)
    if not uow.caller.has(*form.rollen):
        raise BronVoorbehouden("Een signaal uit deze bron dient een ander in, meestal de aandachtsfunctionaris.")
    filled = _filled(data)
    found = forms.faults(form, filled, data.waarnemingen)
    reference = reference_fault(bron, data.bronkenmerk)
    if reference is not None and "bronkenmerk" not in {name for name, _ in found}:
        found.append(("bronkenmerk", reference))
    ground = ground_fault(bron, urgency_of(data, bron), grond=data.niet_pluis or bool(data.waarnemingen))
    if ground is not None:
        found.append(("nietPluis", ground))
    found += place_faults(data)
    about = {"betrokkenDomein", "betrokkenTeamId"} & filled
    if data.gaat_over is None:
        found += [(name, "hoort bij een signaal over een collega of bestuurder") for name in sorted(about)]
    elif data.betrokken_team_id is not None and data.betrokken_team_id not in team_names(uow, uow.caller.gemeentecode):
        found.append(("betrokkenTeamId", "is geen team van uw gemeente"))
    if found:
        raise GeenSignaal(
            "Dit kan zo niet worden ingediend; zie 'fouten'.", [Fout(f"body.{name}", text) for name, text in found]
        )


def urgency_of(data: SignaalCreate, bron: Bronsoort) -> Urgentie:
    """The urgency that was chosen, or the higher one of what was seen or heard, or that a minor in a sexual setting asks (table A)."""
    least = least_for(data.vormen, data.mogelijk_minderjarig)
    return highest(
        data.urgentie, least, *(choice.urgentie for choice in _chosen(data, bron) if choice.urgentie is not None)
    )


def seen_or_heard(data: SignaalCreate, bron: Bronsoort) -> list[str]:
    """What was seen or heard, as the reasons of the signal say it."""
    return [choice.tekst for choice in _chosen(data, bron)]


def _chosen(data: SignaalCreate, bron: Bronsoort) -> list[Keuze]:
    forms = load_forms()
    return [choice for choice in forms.choices_of(forms.form_of(bron)) if choice.code in data.waarnemingen]


def _filled(data: SignaalCreate) -> set[str]:
    """Names of the fields that hold something, as the API spells them."""
    fields = SignaalCreate.model_fields
    held = {name for name in data.model_fields_set if getattr(data, name) not in (None, [], "", False)}
    return {fields[name].alias or name for name in held} - ZONDER_VRAAG


def _show(forms: Formulieren, form: Formulier) -> SignaalformulierRead:
    choices = [KeuzeRead.model_validate(choice) for choice in forms.choices_of(form)]
    questions = [
        VraagRead(
            veld=name,
            soort=forms.vragen[name].soort,
            vraag=forms.vragen[name].vraag,
            uitleg=forms.vragen[name].uitleg,
            verplicht=name in form.verplicht,
            keuzes=choices if name == "waarnemingen" else [],
        )
        for name in forms.fields_of(form)
    ]
    return SignaalformulierRead(
        bron=form.bron, versie=forms.versie, titel=form.titel, uitleg=form.uitleg, vragen=questions
    )
