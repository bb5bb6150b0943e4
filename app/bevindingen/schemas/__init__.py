"""Shapes of findings and photos."""
