"""What reports reach outside the service: the typesetter, in a process of its own."""
