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
