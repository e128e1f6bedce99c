"""What Zhibu remembers: the only place that knows SQL."""
