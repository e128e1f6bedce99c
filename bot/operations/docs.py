"""`zhibu docs`: what is generated from the code – the command table of the README, config.example.toml, the tables of docs/."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot import discovery
from bot.commands import Command, Where
from bot.config import Settings
from bot.operations import platform_table, privacy_page, privacy_table, retention_table
from bot.permissions import ROLE_NAMES, Role, holders
from bot.texts import Text

BEGIN, END = "<!-- commands -->", "<!-- /commands -->"
_HEAD = """# Zhibu's configuration: copy it to config.toml, change what you need, and ask `zhibu doctor -c config.toml`.
# A line that begins with “# name =” shows a default. Everything can also come from the environment: ZHIBU_TELEGRAM__TOKEN=…
# Written by `zhibu docs`."""
_PLACES = {
    Where.BOTH: Text("群、私聊", "group, private"),
    Where.GROUP: Text("群", "group"),
    Where.PRIVATE: Text("私聊", "private"),
}


def commands() -> str:
    """The command table, both languages in every row."""
    rows = ["| 说什么 · say | 做什么 · what it does | 哪里 · where | 谁 · who |", "|---|---|---|---|"]
    shown = [each for each in discovery.registry().commands if not each.hidden]
    rows += [_row(each) for each in sorted(shown, key=lambda each: (_rank(each), each.slash))]
    return "\n".join(rows)


def _row(command: Command) -> str:
    takes = command.takes or Text("", "")
    said = f"**{command.word}** {takes.zh}".strip() + f"<br>`/{command.slash}` {takes.en}".rstrip()
    others = [name for name in command.names if name not in {command.word, command.slash}]
    if others:
        said += "<br>" + "、".join(others)
    where = _PLACES[command.where]
    who = _who(command)
    cells = (said, f"{command.help.zh}<br>{command.help.en}", f"{where.zh}<br>{where.en}", f"{who.zh}<br>{who.en}")
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _who(command: Command) -> Text:
    roles = holders(command.needs)
    if Role.MEMBER in roles:
        return Text("每个人", "everybody")
    return Text.join([ROLE_NAMES[role] for role in roles], "、", ", ")


def _rank(command: Command) -> int:
    """What everybody may do first."""
    return 0 if Role.MEMBER in holders(command.needs) else 1


def example() -> str:
    """config.example.toml, from the sections and their fields."""
    parts = [_HEAD]
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if isinstance(section, type) and issubclass(section, BaseModel):
            parts.append(f"[{name}]\n" + "\n".join(_setting(each, about) for each, about in section.model_fields.items()))
    return "\n\n".join(parts) + "\n"


def _setting(name: str, field: Any) -> str:
    value = field.examples[0] if field.examples else field.default
    if isinstance(value, SecretStr):
        return f"# {field.description}: a secret, never here; it stands in {name}_file or in the environment"
    if value is None or value is PydanticUndefined:
        value = ""
    line = f"{name} = {json.dumps(value, ensure_ascii=False)}"
    return f"# {field.description}\n{line if field.examples else '# ' + line}"


def readme(text: str) -> str:
    """A README with its command table renewed; the markers are added where there are none."""
    return _between(BEGIN, END, text, commands())


def _between(begin: str, end: str, text: str, table: str) -> str:
    """A text with what stands between two markers renewed."""
    table = f"{begin}\n{table}\n{end}"
    if begin not in text or end not in text:
        return f"{text.rstrip()}\n\n{table}\n".lstrip()
    return text[: text.index(begin)] + table + text[text.index(end) + len(end) :]


def outdated(folder: Path, *, write: bool) -> list[str]:
    """Which generated files differ from the code; with `write` they are renewed."""
    path = folder / "README.md"
    wanted = {path: readme(_read(path)), folder / "config.example.toml": example()}
    for name, made in (("platforms.md", platform_table), ("privacy-table.md", privacy_table), ("retention.md", retention_table)):
        document = folder / "docs" / name
        if document.exists():
            wanted[document] = _between(made.BEGIN, made.END, _read(document), made.table())
    privacy = folder / "docs" / "privacy.md"
    if privacy.exists():
        wanted[privacy] = privacy_page.renewed(_read(privacy), _between)
    stale = [path for path, text in wanted.items() if _read(path) != text]
    if write:
        for path in stale:
            path.write_text(wanted[path], encoding="utf-8")
    return [path.name for path in stale]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
