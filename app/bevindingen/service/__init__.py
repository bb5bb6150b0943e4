"""Findings and photos by use case."""
