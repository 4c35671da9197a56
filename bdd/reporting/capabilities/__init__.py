"""What not every tested system has: how scenarios say that they need it, and what became of it."""
