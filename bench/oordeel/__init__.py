"""The independent checker: judges a year of work on neutral data and imports nothing of the service."""
