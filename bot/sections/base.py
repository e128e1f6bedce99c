"""What every section of the configuration is: frozen, strict, and its secrets in files or in the environment."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr


class BadConfig(Exception):
    """The configuration cannot be used; the message says which line and why, in one sentence."""


class Section(BaseModel):
    """One section of config.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _several(value: object) -> object:
    """A list as the environment can bear it: words with commas between them; a number by itself is a word."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return [str(each) if isinstance(each, int) else each for each in value] if isinstance(value, list) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_several)]
"""Several words, numbers taken as words; in the environment with commas between them."""


def held(section: str, name: str, value: SecretStr, file: Path | None) -> str:
    """A secret, from wherever it was given; empty for none. Raises `BadConfig` for an unreadable file."""
    if file is None:
        return value.get_secret_value()
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text"
        raise BadConfig(f"[{section}] {name}_file = {file} cannot be read: {reason}") from None
