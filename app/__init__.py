"""Veldwacht: plans integral inspections against human trafficking and records what inspectors find."""
