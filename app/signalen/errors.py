"""What can be wrong with a request about a signal."""

from app.core.errors import Conflict, Forbidden, Fout, InvalidInput, NotFound


class SignaalNotFound(NotFound):
    """Unknown, not sent yet, or of another municipality."""

    code = "signaal-niet-gevonden"

    def __init__(self) -> None:
        super().__init__("Dit signaal bestaat niet, of u mag het niet zien.")


class SignaalplekNotFound(NotFound):
    """The object or municipality is unknown or not the caller's."""

    code = "signaalplek-niet-gevonden"


class SignaalIdInGebruik(Conflict):
    """Another signal, or the same with other content, stands under this id."""

    code = "kenmerk-in-gebruik"

    def __init__(self) -> None:
        super().__init__("Onder dit kenmerk staat al iets anders. Dien het in met een nieuw kenmerk.")


class SignaalstapGeweigerd(Conflict):
    """The state machine refuses this step."""

    code = "signaalstap-geweigerd"


class BronVoorbehouden(Forbidden):
    """Only an AF submits a signal from this source."""

    code = "bron-voorbehouden"


class GeenSignaal(InvalidInput):
    """What was sent is no signal, or not a whole one."""

    code = "geen-signaal"


class BronOnjuist(InvalidInput):
    """The source of a signal does not fit together."""

    code = "bron-onjuist"

    def __init__(self, veld: str, melding: str) -> None:
        super().__init__("De bron van het signaal klopt niet; zie 'fouten'.", [Fout(f"body.{veld}", melding)])
