"""What every service leans on. Knows no service."""
