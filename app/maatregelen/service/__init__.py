"""Measures by use case."""
