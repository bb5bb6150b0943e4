"""What tests share: databases through the real migrations, a token issuer, a running service, a small municipality."""
