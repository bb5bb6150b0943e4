"""The figures of the service, each one command."""
