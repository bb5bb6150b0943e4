"""The figures of the design, each one command: `./run bench F9`."""
