"""What can be wrong with a request about a measure."""

from app.core.errors import Conflict, InvalidInput, NotFound


class MaatregelNotFound(NotFound):
    """Unknown, or of a municipality in which the caller does not work."""

    code = "maatregel-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Deze maatregel bestaat niet, of u mag hem niet zien.")


class MaatregelIdInGebruik(Conflict):
    """Another measure stands under this id."""

    code = "kenmerk-in-gebruik"

    def __init__(self) -> None:
        super().__init__("Onder dit kenmerk staat al iets anders. Leg de maatregel vast onder een nieuw kenmerk.")


class MaatregelstapGeweigerd(Conflict):
    """The state of the measure does not allow this step."""

    code = "maatregelstap-geweigerd"


class MaatregelOnvolledig(InvalidInput):
    """Something is missing or does not fit; `fouten` names each."""

    code = "maatregel-onvolledig"


class MaatregelWacht(Conflict):
    """It waits for agreement; the answer is the same whatever it waits for (INS-05, ROL-12)."""

    code = "maatregel-wacht-op-afstemming"

    def __init__(self) -> None:
        super().__init__(
            "Deze maatregel wacht op afstemming. Leg hem vast als 'voorgenomen', of laat hem zo staan; "
            "u krijgt een taak zodra er een antwoord is."
        )


class GeenOvereenstemming(Conflict):
    """The answer was no; of whom and why is not told."""

    code = "maatregel-geen-overeenstemming"

    def __init__(self) -> None:
        super().__init__("Over deze maatregel is geen overeenstemming; hij kan niet worden opgelegd. Trek hem in.")


class AfstemverzoekNotFound(NotFound):
    """Unknown, or for the AF of another municipality."""

    code = "afstemverzoek-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit verzoek bestaat niet, of u mag het niet zien.")


class AfstemverzoekBeslist(Conflict):
    """It was answered, or the measure does not wait any more."""

    code = "afstemverzoek-beslist"

    def __init__(self) -> None:
        super().__init__("Dit verzoek wacht niet meer op een antwoord.")
