"""Rules of photos as pure functions."""
