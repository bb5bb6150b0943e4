"""API shapes of signals, and what other features hand over."""
