"""The `veldwacht` command: set-up, running, the demo and its story."""
