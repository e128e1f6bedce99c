"""The section [onebot]: QQ through an implementation of OneBot v11, such as NapCat."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

from bot.loopback import LOOPBACK
from bot.sections.base import Section, Words, held


class OneBot(Section):
    """The section [onebot]."""

    accounts: Annotated[Words, Field(description="the QQ numbers that the bot speaks through, usually one; empty: QQ is not used so")] = ()
    mode: Annotated[
        Literal["reverse", "forward", "http"],
        Field(description="reverse: NapCat calls us at /onebot/v11/ws; forward: we call it; http: it posts to /onebot/v11/http"),
    ] = "reverse"
    urls: Annotated[Words, Field(description="addresses of each account's OneBot, for forward (ws://…) and http (http://…), in order")] = ()
    token: Annotated[SecretStr, Field(description="the access token, the same here and in NapCat; none is only taken on this machine")] = (
        SecretStr("")
    )
    token_file: Annotated[Path | None, Field(description="a file that holds nothing but the token (chmod 600)")] = None
    signature: Annotated[SecretStr, Field(description="the secret by which NapCat signs what it posts (mode = http)")] = SecretStr("")
    signature_file: Annotated[Path | None, Field(description="a file that holds nothing but that secret (chmod 600)")] = None
    announce: Annotated[
        Literal["message", "essence", "notice"],
        Field(description="how an announcement is kept in sight: message: not at all; essence: 精华; notice: a 群公告 beside it"),
    ] = "message"
    accept_friends: Annotated[
        bool, Field(description="accept who wants to be the bot's friend on QQ, so that they reach it in private")
    ] = True
    jitter: Annotated[float, Field(ge=0, le=60, description="seconds that what nobody waits for is put off at random, at most")] = 2.0
    chat_per_second: Annotated[int, Field(ge=1, description="messages a second into one chat")] = 1
    group_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one group")] = 10
    private_per_minute: Annotated[int, Field(ge=1, description="messages a minute to one person in private")] = 20
    all_per_second: Annotated[int, Field(ge=1, description="messages a second through one account")] = 3
    all_per_minute: Annotated[int, Field(ge=1, description="messages a minute through one account: many in a row get it frozen")] = 60

    @field_validator("accounts")
    @classmethod
    def _numbers(cls, accounts: tuple[str, ...]) -> tuple[str, ...]:
        if any(not each.isascii() or not each.isdecimal() for each in accounts):
            raise ValueError("accounts holds QQ numbers, digits only")
        if len(set(accounts)) < len(accounts):
            raise ValueError("accounts holds a QQ number twice")
        return accounts

    @model_validator(mode="after")
    def _addressed(self) -> "OneBot":
        if self.mode != "reverse" and len(self.urls) != len(self.accounts):
            raise ValueError(f"mode = {self.mode} needs one address in urls for each of the accounts")
        if self.mode == "http" and self.accounts and not (self.signature_file or self.signature.get_secret_value()):
            raise ValueError("mode = http needs a signature (or signature_file)")
        schemes = {"ws", "wss"} if self.mode == "forward" else {"http", "https"}
        if self.mode != "reverse" and any(urlsplit(each).scheme not in schemes or not urlsplit(each).hostname for each in self.urls):
            raise ValueError(f"mode = {self.mode} needs urls that begin with {' or '.join(f'{each}://' for each in sorted(schemes))}")
        if any("access_token" in urlsplit(each).query or "@" in urlsplit(each).netloc for each in self.urls):
            raise ValueError("urls holds a secret, which does not belong there; put the token into a file and name that as token_file")
        if self.tokenless() and any(urlsplit(each).hostname not in LOOPBACK for each in self.urls):
            raise ValueError("without a token only a OneBot on this machine may be called; set token_file")
        return self

    def tokenless(self) -> bool:
        """Whether no token was given."""
        return not (self.token_file or self.token.get_secret_value())

    def secret(self) -> str:
        """The access token; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("onebot", "token", self.token, self.token_file)

    def secrets(self) -> list[str]:
        """Everything that must not show in a log. Raises `BadConfig` for an unreadable file."""
        return [self.secret(), self.signing()]

    def signing(self) -> str:
        """What posts are signed with; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("onebot", "signature", self.signature, self.signature_file)
