"""The section [telegram]."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, model_validator

from bot.patterns import Pattern
from bot.sections.base import BadConfig, Section, held

_SECRET = Pattern(r"[A-Za-z0-9_-]{0,256}")
_SIGNS = "webhook_secret may hold A-Z a-z 0-9 _ - only, at most 256 of them"


class Telegram(Section):
    """The section [telegram]."""

    token: Annotated[SecretStr, Field(description="the token that @BotFather gave")] = SecretStr("")
    token_file: Annotated[Path | None, Field(description="a file that holds nothing but the token (chmod 600)")] = None
    mode: Annotated[Literal["polling", "webhook"], Field(description="polling needs no public address")] = "polling"
    base_url: Annotated[str, Field(description="address of the Bot API")] = "https://api.telegram.org/bot"
    webhook_url: Annotated[str, Field(description="public address that Telegram calls; ends in /telegram/main")] = ""
    webhook_secret: Annotated[SecretStr, Field(description="what Telegram sends along so that nobody else can call (A-Z a-z 0-9 _ -)")] = (
        SecretStr("")
    )
    webhook_secret_file: Annotated[Path | None, Field(description="a file that holds nothing but webhook_secret (chmod 600)")] = None
    members_own_choice: Annotated[
        bool, Field(description="true: members chose Telegram as their place themselves, so nobody is asked whether it may be used")
    ] = False

    chat_per_second: Annotated[int, Field(ge=1, description="messages a second into one chat")] = 1
    group_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one group")] = 20
    all_per_second: Annotated[int, Field(ge=1, description="messages a second altogether")] = 30

    @model_validator(mode="after")
    def _webhook(self) -> "Telegram":
        given = self.webhook_secret_file or self.webhook_secret.get_secret_value()
        if self.mode == "webhook" and not (self.webhook_url and given):
            raise ValueError("mode = webhook needs webhook_url and a webhook_secret (or webhook_secret_file)")
        if not _SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            raise ValueError(_SIGNS)
        return self

    def secret(self) -> str:
        """The token, from wherever it was given; empty where Telegram is not used. Raises `BadConfig` for an unreadable file."""
        return held("telegram", "token", self.token, self.token_file)

    def hook_secret(self) -> str:
        """The webhook's secret, from wherever it was given. Raises `BadConfig` for an unreadable file, or what Telegram would not send."""
        secret = held("telegram", "webhook_secret", self.webhook_secret, self.webhook_secret_file)
        if not _SECRET.fullmatch(secret):
            raise BadConfig(f"[telegram] {_SIGNS}")
        return secret

    def secrets(self) -> list[str]:
        """Everything that must not show in a log. Raises `BadConfig` for an unreadable file."""
        return [self.secret(), self.hook_secret()]
