"""Travel times between points: the straight line, a detour factor and a speed per way to travel.

No road network: enough to put the visits of a shift in a good order, on any machine and without a network.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, hypot, isfinite
from typing import Literal

import numpy as np

from geo.crs import Punt, PuntNotFinite
from geo.faults import GeoFault

Vervoerwijze = Literal["fiets", "auto", "lopend"]

_SECONDS_PER_HOUR, _METRES_PER_KM = 3_600, 1_000
_ROUNDING_S = 1e-6  # 468.0000000001 s is 468 s, not 469


class InvalidTravelParameters(GeoFault):
    """A factor, speed or way to travel that cannot be."""


@dataclass(frozen=True)
class TravelMode:
    """How one way to travel relates to the straight line.

    Attributes:
        detour_factor: road metres per metre of straight line, at least 1.
        speed_kmh: door to door in town, kilometres per hour.

    Raises:
        InvalidTravelParameters: a factor below 1 or a speed that is not above 0.
    """

    detour_factor: float
    speed_kmh: float

    def __post_init__(self) -> None:
        if not (isfinite(self.detour_factor) and self.detour_factor >= 1):
            raise InvalidTravelParameters("De omwegfactor moet 1 of meer zijn.")
        if not (isfinite(self.speed_kmh) and self.speed_kmh > 0):
            raise InvalidTravelParameters("De snelheid moet groter dan 0 zijn.")

    @property
    def seconds_per_metre(self) -> float:
        """Seconds of travel per metre of straight line."""
        return self.detour_factor * _SECONDS_PER_HOUR / (self.speed_kmh * _METRES_PER_KM)


@dataclass(frozen=True)
class TravelParameters:
    """The travel modes of a municipality.

    Source of the defaults: planning prototype, setting per municipality (design principle 5). They are town
    estimates, not measurements.
    """

    fiets: TravelMode = field(default=TravelMode(detour_factor=1.3, speed_kmh=15.0))
    auto: TravelMode = field(default=TravelMode(detour_factor=1.4, speed_kmh=25.0))
    lopend: TravelMode = field(default=TravelMode(detour_factor=1.2, speed_kmh=5.0))

    def of(self, mode: Vervoerwijze) -> TravelMode:
        """Return the parameters of one way to travel.

        Raises:
            InvalidTravelParameters: for an unknown one.
        """
        match mode:
            case "fiets":
                return self.fiets
            case "auto":
                return self.auto
            case "lopend":
                return self.lopend
        raise InvalidTravelParameters("Onbekende vervoerwijze. Kies fiets, auto of lopend.")


DEFAULT_PARAMETERS = TravelParameters()


def distance(start: Punt, end: Punt) -> float:
    """Return the straight line between two points in metres."""
    return hypot(end.x - start.x, end.y - start.y)


def travel_seconds(
    start: Punt, end: Punt, mode: Vervoerwijze, parameters: TravelParameters = DEFAULT_PARAMETERS
) -> int:
    """Return the travel time in whole seconds, rounded up: one cell of `travel_matrix`."""
    return travel_matrix([start, end], mode, parameters)[0][1]


def travel_minutes(
    start: Punt, end: Punt, mode: Vervoerwijze, parameters: TravelParameters = DEFAULT_PARAMETERS
) -> int:
    """Return the travel time in whole minutes, rounded up, to show on a screen."""
    return ceil(travel_seconds(start, end, mode, parameters) / 60)


def travel_matrix(
    points: Sequence[Punt], mode: Vervoerwijze, parameters: TravelParameters = DEFAULT_PARAMETERS
) -> list[list[int]]:
    """Return the travel time from each point to each point in whole seconds.

    Seconds, not minutes, because a route adds up dozens of them. Each is rounded up, so that no route is
    promised shorter than it is. Symmetric, zero on the diagonal, and the same for the same input.

    Raises:
        PuntNotFinite: a point without usable coordinates.
        InvalidTravelParameters: an unknown way to travel.
    """
    factor = parameters.of(mode).seconds_per_metre
    places = np.array([(point.x, point.y) for point in points], dtype=np.float64).reshape(-1, 2)
    if not np.isfinite(places).all():
        raise PuntNotFinite("Een coördinaat ontbreekt of is geen getal.")
    steps = places[:, np.newaxis, :] - places[np.newaxis, :, :]
    seconds = np.hypot(steps[..., 0], steps[..., 1]) * factor
    rounded: list[list[int]] = np.ceil(np.maximum(seconds - _ROUNDING_S, 0.0)).astype(np.int64).tolist()
    return rounded
