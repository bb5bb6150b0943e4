"""Queries on signals, by record."""
