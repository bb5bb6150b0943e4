"""Queries on measures, by record."""
