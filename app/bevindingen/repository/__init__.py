"""Queries on findings and photos."""
