"""Generator of a municipality that does not exist, deterministic by seed."""
