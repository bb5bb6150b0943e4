"""The `veldwacht` command."""
