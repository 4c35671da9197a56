"""What must hold of what was received; a check raises a Mismatch and does nothing else."""
