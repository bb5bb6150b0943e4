"""API shapes of the stock."""
