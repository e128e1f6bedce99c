"""The configuration: one frozen class for each section of config.toml. The only reader of the environment.

What is set wins in this order: environment (ZHIBU_TELEGRAM__TOKEN), the TOML file, the defaults here.
"""

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails

from bot.loopback import LOOPBACK
from bot.patterns import Pattern
from bot.sections.base import BadConfig, Section, held
from bot.sections.onebot import OneBot
from bot.sections.qq import QQ
from bot.sections.telegram import Telegram
from bot.sections.wecom import WeCom


class General(Section):
    """The section [general]."""

    language: Annotated[Literal["zh", "en"], Field(description="the language of groups, and of people who chose none: zh or en")] = "zh"
    operator: Annotated[str, Field(description="who runs this program; told to everybody in the first private message")] = ""


class DatabaseSection(Section):
    """The section [database]."""

    url: Annotated[
        str,
        Field(
            repr=False,
            description="SQLAlchemy address of the database: a SQLite file, or postgresql+asyncpg://user@host/name (one with a password "
            "goes into the environment: ZHIBU_DATABASE__URL)",
            examples=["sqlite+aiosqlite:///var/branch.db"],
        ),
    ] = "sqlite+aiosqlite:///var/zhibu.db"

    @model_validator(mode="after")
    def _known(self) -> "DatabaseSection":
        if not self.url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return self


class Keys(Section):
    """The section [keys]."""

    file: Annotated[
        Path | None,
        Field(
            description="the file with the keys of sealed columns, made at the first start; keep a copy apart from the back-ups; empty: "
            "beside the SQLite file (var/branch.keys), or var/zhibu.keys"
        ),
    ] = None


class Web(Section):
    """The section [web]."""

    host: Annotated[str, Field(description="address to listen on; anything but the loopback needs exposed = true")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="port to listen on; 0 takes a free one")] = 8700
    exposed: Annotated[bool, Field(description="allow listening on an address that others can reach (put TLS in front)")] = False
    address: Annotated[str, Field(description="address of this server as people open it, for one-time links; empty: host and port")] = ""
    chat: Annotated[bool, Field(description="serve the browser chat; on a real deployment each opens it by a one-time link")] = True
    chat_per_second: Annotated[int, Field(ge=1, description="messages a second into one chat of the browser")] = 100
    group_per_minute: Annotated[int, Field(ge=1, description="messages a minute into one group of the browser")] = 6000
    all_per_second: Annotated[int, Field(ge=1, description="messages a second into the browser altogether")] = 1000

    @model_validator(mode="after")
    def _loopback(self) -> "Web":
        if self.host not in LOOPBACK and not self.exposed:
            raise ValueError(f"host = {self.host} can be reached by others; set exposed = true if you mean it")
        return self


class Study(Section):
    """The section [study]."""

    lessons: Annotated[
        str,
        Field(
            description="the folder of lessons, read again whenever a file changes; looked for in the working directory, then beside the "
            "program; empty: none"
        ),
    ] = "lessons"


class Aid(Section):
    """The section [aid]."""

    fire: Annotated[str, Field(description="number to call when something burns or somebody is trapped")] = "119"
    medical: Annotated[str, Field(description="number of the ambulance")] = "120"
    police: Annotated[str, Field(description="number of the police")] = "110"
    hotline: Annotated[str, Field(description="hotline for people who do not want to live; 12356 is the national one")] = "12356"
    sea: Annotated[str, Field(description="number for a boat in distress; 12395 is the national one")] = "12395"
    women: Annotated[str, Field(description="women's rights hotline, told to who is beaten at home; 12338 is the national one")] = "12338"


class Backup(Section):
    """The section [backup]."""

    automatic: Annotated[
        bool, Field(description="back the database up once a day while the program runs (SQLite; the sample is left out)")
    ] = True
    folder: Annotated[
        Path | None, Field(description="where this database's back-ups are kept, and no other's; empty: backups beside the database")
    ] = None
    hour: Annotated[int, Field(ge=0, le=23, description="at which hour of the day, Beijing's time")] = 4
    daily: Annotated[int, Field(ge=1, le=366, description="how many days a back-up of each is kept")] = 7
    weekly: Annotated[int, Field(ge=0, le=520, description="how many weeks a back-up of each is kept")] = 4
    monthly: Annotated[int, Field(ge=0, le=240, description="how many months a back-up of each is kept, within `expires`")] = 1
    expires: Annotated[
        int, Field(ge=1, le=3660, description="after how many days a back-up is deleted whatever the others say; the newest never is")
    ] = 30
    key_file: Annotated[
        Path | None, Field(description="encrypt back-ups with the key in this file (zhibu backup --new-key FILE makes one)")
    ] = None


class Metrics(Section):
    """The section [metrics]."""

    port: Annotated[
        int, Field(ge=0, le=65535, description="a port of its own on 127.0.0.1 for /healthz, /readyz, /metrics; 0: only beside the page")
    ] = 0
    token: Annotated[SecretStr, Field(description="who asks for /metrics has to send this as a Bearer token; empty: this machine only")] = (
        SecretStr("")
    )
    token_file: Annotated[Path | None, Field(description="a file that holds nothing but that token")] = None

    def secret(self) -> str:
        """The token, from wherever it was given; empty for none. Raises `BadConfig` for an unreadable file."""
        return held("metrics", "token", self.token, self.token_file)


class Log(Section):
    """The section [log]."""

    format: Annotated[
        Literal["auto", "json", "text"], Field(description="auto: lines to read on a terminal, JSON for everything else; json; text")
    ] = "auto"
    level: Annotated[
        Literal["auto", "debug", "info", "warning"],
        Field(description="from what on something is logged; info: each event and each message, by number; auto: warning on a terminal"),
    ] = "auto"


class Settings(Section):
    """Everything that can be set."""

    general: General = General()
    database: DatabaseSection = DatabaseSection()
    keys: Keys = Keys()
    web: Web = Web()
    telegram: Telegram = Telegram()
    onebot: OneBot = OneBot()
    qq: QQ = QQ()
    wecom: WeCom = WeCom()
    study: Study = Study()
    aid: Aid = Aid()
    backup: Backup = Backup()
    metrics: Metrics = Metrics()
    log: Log = Log()

    @model_validator(mode="after")
    def _no_open_door(self) -> "Settings":
        """Whoever reaches the server could speak for everybody in the branch."""
        if self.web.exposed and self.onebot.accounts and self.onebot.mode == "reverse" and self.onebot.tokenless():
            raise ValueError("[onebot] needs a token_file where [web] exposed is on, or whoever reaches the server could be its OneBot")
        return self

    def platforms(self) -> tuple[str, ...]:
        """The chat platforms that are set up, by name; our own page is not among them. Raises `BadConfig` for an unreadable file."""
        used = {
            "telegram": self.telegram.secret(),
            "onebot": self.onebot.accounts,
            "qq": self.qq.app_id,
            "wecom": self.wecom.used(),
        }
        return tuple(name for name, given in used.items() if given)

    def secrets(self) -> list[str]:
        """Every secret that is given here, to be kept out of logs. Raises `BadConfig` for an unreadable file."""
        platforms = (self.telegram, self.onebot, self.qq, self.wecom)
        return [*(each for section in platforms for each in section.secrets()), self.metrics.secret(), _password(self.database.url)]

    def secret_files(self) -> dict[str, Path]:
        """The files that hold secrets, by the setting that names them."""
        named = {f"[{name}] {each}": value for name in type(self).model_fields for each, value in getattr(self, name) if value}
        return {setting: value for setting, value in named.items() if setting.endswith("_file") and isinstance(value, Path)}


def _password(url: str) -> str:
    try:
        parts = urlsplit(url)
        return parts.password or parse_qs(parts.query).get("password", [""])[0]
    except ValueError:
        return ""


def _refuse_secrets(path: Path) -> None:
    """A configuration is copied, sent for help and put under version control: secrets do not stand in it. Raises `BadConfig`."""
    try:
        given: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # it is told where it is read
    for section, field in Settings.model_fields.items():
        values = given.get(section)
        for name, value in values.items() if isinstance(values, dict) else ():
            setting, variable = type(field.default).model_fields.get(name), f"ZHIBU_{section}__{name}".upper()
            if setting is not None and setting.annotation is SecretStr and value:
                raise BadConfig(
                    f"[{section}] {name} is a secret and does not belong into {path.name}: put it into a file that only you can read, "
                    f"name that as {name}_file, and delete the line; or set {variable}"
                )
            if name == "url" and isinstance(value, str) and _password(value):
                raise BadConfig(
                    f"[{section}] url holds a password, which does not belong into {path.name}: set the whole url as {variable}"
                )


def _explained(error: ErrorDetails) -> str:
    where = [str(part) for part in error["loc"]]
    if error["type"] == "model_type":
        return f"[{where[0]}] must be a section, not a value"
    if error["type"] != "extra_forbidden":
        return ": ".join(filter(None, (".".join(where), error["msg"].removeprefix("Value error, "))))
    sections = {name: list(type(field.default).model_fields) for name, field in Settings.model_fields.items()}
    *section, unknown = where
    if section:
        return f"[{section[0]}] has no setting {unknown}; {_meant(unknown, sections[section[0]])}"
    home = next((name for name, settings in sections.items() if unknown in settings), None)
    if home is not None:
        return f"{unknown} belongs under [{home}]"
    return f"there is no section [{unknown}]; {_meant(unknown, list(sections))}"


def _meant(unknown: str, known: list[str]) -> str:
    close = get_close_matches(unknown, known, n=1)
    return f"did you mean {close[0]}?" if close else f"there is {', '.join(known)}"


def load(path: Path | None = None) -> Settings:
    """Read the configuration. Raises `BadConfig` with one sentence about the first thing that is wrong."""
    if path is not None and not path.is_file():
        raise BadConfig(f"there is no file {path}")
    if path is not None:
        _refuse_secrets(path)

    try:
        written = tomllib.loads(path.read_text(encoding="utf-8")) if path is not None else {}
    except ValueError as error:
        raise BadConfig(_unreadable(path, str(error))) from None
    try:
        return Settings.model_validate(_over(written, _environment(os.environ)))
    except ValidationError as error:
        raise BadConfig(_explained(error.errors(include_input=False, include_url=False)[0])) from None


_TWICE = Pattern(r"Cannot declare \((.+?),?\) twice \(at line (\d+)")


def _unreadable(path: Path | None, error: str) -> str:
    """Why it is no TOML. What happens to nearly everybody is a second [section] under the example's own."""
    if (twice := _TWICE.search(error)) is None:
        return f"{path} is not valid TOML: {error}"
    section = ".".join(part.strip(" '\"") for part in twice[1].split(","))
    return (
        f"{path} has [{section}] twice; in line {twice[2]} it begins again: put the lines below it under the first [{section}], and delete "
        f"this one（[{section}] 这一段前面已经有了，把第 {twice[2]} 行下面的话写到那一段里，再删掉这一行）"
    )


def _environment(variables: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What is set as ZHIBU_SECTION__NAME; other names that begin with ZHIBU_ may mean something to others. Raises `BadConfig`."""
    given: dict[str, dict[str, str]] = {}
    for variable, value in variables.items():
        section, mark, name = variable.lower().removeprefix("zhibu_").partition("__")
        if not mark or not variable.lower().startswith("zhibu_"):
            continue
        if section not in Settings.model_fields:
            raise BadConfig(f"{variable} is set, but there is no section [{section}]; {_meant(section, list(Settings.model_fields))}")
        given.setdefault(section, {})[name] = value
    return given


def overlooked() -> list[tuple[str, str]]:
    """Variables of the environment that count for nothing because one _ is missing, each with the name that would count."""
    counts = {
        f"ZHIBU_{section}_{name}".upper(): f"ZHIBU_{section}__{name}".upper()
        for section, field in Settings.model_fields.items()
        for name in type(field.default).model_fields
    }
    return [(variable, counts[variable.upper()]) for variable in os.environ if variable.upper() in counts]


def _over(written: dict[str, Any], given: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """The sections of the file, with what the environment says over them."""
    sections = dict(written)
    for section, values in given.items():
        below = written.get(section, {})
        sections[section] = {**below, **values} if isinstance(below, dict) else below
    return sections
