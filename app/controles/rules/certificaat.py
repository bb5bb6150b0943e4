"""When the register of certificates speaks where the inspector did not (REG-14)."""

from collections.abc import Mapping
from datetime import date

ITEM = "HUI-20"
BEWOOND = "HUI-26"
_GEZIEN = frozenset({"ja", "nee", "nvt"})


def register_speaks(waarden: Mapping[str, object], laatste_dag: date, datum: date) -> bool:
    """Whether a certificate that ended before the day of the control is a finding on item HUI-20.

    What the inspector saw goes before the register: with a new certificate on the table the answer is 'nee' and there is no
    finding. Nor is there one where nobody is housed.

    Args:
        waarden: The answers that count, by item.
        laatste_dag: The last day of the certificate that holds longest.
        datum: The day of the control.
    """
    return laatste_dag < datum and waarden.get(ITEM) not in _GEZIEN and waarden.get(BEWOOND) != "nee"
