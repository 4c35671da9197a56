"""What verify.py checks, and how it looks into containers."""
