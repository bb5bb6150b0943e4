"""Measures with terms and re-checks."""
