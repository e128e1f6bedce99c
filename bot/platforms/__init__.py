"""Chat platforms, each behind the protocol of `base`."""
