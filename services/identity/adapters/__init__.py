"""The world outside identity's own code: Argon2id, sealing, signed tickets, and providers of OpenID Connect."""
