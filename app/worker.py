"""Starts the durable background work."""
