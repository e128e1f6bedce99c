"""Independent implementations as the other side of our wire: `make peers`."""
