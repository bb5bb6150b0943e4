"""The identity provider of the demo: real OpenID Connect, no passwords, only on this machine, never beside production data."""
