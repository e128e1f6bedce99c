"""How Zhibu works: from an event of a platform to what people see."""
