"""Use cases, one module per matter: plain async functions over a unit of work."""
