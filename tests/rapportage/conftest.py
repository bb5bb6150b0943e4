"""The field of Voorbeeldstad, as the tests of controls have it."""

from tests.controles.conftest import tablet, veld

__all__ = ["tablet", "veld"]
