"""Queries on the municipality's records, by subject; each starts from `readable_by` unless it says why not."""
