"""What the rules say: pure functions, each with its source."""
