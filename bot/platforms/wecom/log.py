"""What this adapter tells the log."""

from typing import Protocol


class Log(Protocol):
    """A structured log as structlog's."""

    def info(self, event: str, **values: object) -> object:
        """For whoever wants to know."""
        ...

    def warning(self, event: str, **values: object) -> object:
        """Something to look at."""
        ...

    def error(self, event: str, **values: object) -> object:
        """Something lost or about to be."""
        ...
