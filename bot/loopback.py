"""How a machine names itself."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Addresses and names under which nobody else reaches a machine."""
