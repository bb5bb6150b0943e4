"""API shapes of the municipality and the format of its profile."""
