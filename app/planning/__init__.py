"""Norm states, year plan and planning rounds; the solver is pure."""
