"""Queries of planning."""
