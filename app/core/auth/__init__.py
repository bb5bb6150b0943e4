"""Sign-in: browsers by session cookie through OpenID Connect, machines by bearer token, and the demo identity provider."""
