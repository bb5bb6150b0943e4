"""API shapes of planning."""
