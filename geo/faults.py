"""The one base of all that can be wrong with a place that somebody hands in."""


class GeoFault(ValueError):
    """A place, box, area or file that cannot be used.

    The text is plain Dutch, fit for a problem detail, and never repeats the input.
    """
