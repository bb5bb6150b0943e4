"""What reports do, by use case."""
