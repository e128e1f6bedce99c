"""What an operator is told when a command cannot do its work."""


class Trouble(Exception):
    """Something the operator can mend; the message is one sentence that says how."""
