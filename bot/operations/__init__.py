"""What an operator does: sample, backup, doctor, docs."""
