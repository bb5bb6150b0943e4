"""API shapes of measures, and what other features hand over."""
