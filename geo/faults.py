"""The one base of all that can be wrong with a place that somebody hands in."""


class GeoFault(ValueError):  # noqa: N818 -- house style names a fault by what is wrong: PuntOutsideNederland
    """A place, box, area or file that cannot be used.

    The text is plain Dutch, fit for a problem detail, and never repeats the input.
    """
