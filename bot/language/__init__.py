"""What people type: pure functions from text to meaning."""
