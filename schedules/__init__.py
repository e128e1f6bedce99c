"""What Zhibu does unasked: one file per job."""
