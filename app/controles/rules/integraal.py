"""What makes a control or action integral: the municipality with at least one partner (CAD-05, GR)."""

GEMEENTE = "gemeente toezicht"


def is_integral(partners: int, *, gemeente: bool) -> bool:
    """Whether it counts as integral.

    Args:
        partners: partner organisations that take part; a second team of the municipality is no partner.
        gemeente: the municipality itself takes part.
    """
    return gemeente and partners >= 1
