"""What Zhibu answers: one file per matter a person can bring up."""
