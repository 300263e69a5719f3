"""A real SMTP server that keeps every letter instead of passing it on: what people would get, for all to see."""
