"""Queries on the stock; every one starts from `readable_by`."""
