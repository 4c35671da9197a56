"""What the places in a sentence may hold, each kind beside its reader."""
