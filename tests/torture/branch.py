"""The branch that is tortured: its people are assessed, bound on Telegram, and an appeal asks for money."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import BEIJING
from bot.config import DatabaseSection, Keys, Settings
from bot.language.names import latin
from bot.operations import opening
from bot.services import deployment
from storage.keys import AccountKey, ChatKey, MemberId
from storage.unit_of_work import UnitOfWork
from tests.telegram_server import Group, User
from tests.torture.witness import Witness

START = datetime(2026, 12, 10, 9, 30, tzinfo=BEIJING).astimezone(UTC)
"""A Thursday, the tenth: the lesson of the day and the month's reminder of dues are due when the program first starts."""
KEEPER, SECRETARY, ASKER = "赵国强", "王秀英", "周海"
FEN = 2000
_SURNAMES, _GIVEN = "钱孙李吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施", "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Branch:
    """Who is in it, and the files it works with."""

    server: Witness
    database: Path
    config: Path
    webhook: Path
    log: Path
    group: Group
    users: dict[str, User]
    settings: Settings


def names(people: int) -> list[str]:
    """So many different names."""
    return [f"{_SURNAMES[n % 20]}{_GIVEN[n // 20 % 10]}{_GIVEN[n // 200]}" for n in range(people)]


async def found(folder: Path, server: Witness, people: int, port: int) -> Branch:
    """The files and a branch in the database; nothing runs yet."""
    database = folder / "torture.db"
    settings = settings_of(folder, f"sqlite+aiosqlite:///{database}")
    users = {name: server.user(name, started=True) for name in (KEEPER, SECRETARY, ASKER, *names(people))}
    group = server.add_group("红旗村支部群", *users.values())
    polling, webhook = (configured(folder, server, settings.database.url, port, hook) for hook in (None, port))
    await fill(settings, group, users)
    return Branch(server, database, polling, webhook, folder / "log.jsonl", group, users, settings)


def settings_of(folder: Path, url: str) -> Settings:
    """How the database is opened beside the processes."""
    return Settings(database=DatabaseSection(url=url), keys=Keys(file=_keys(folder)))


def _keys(folder: Path) -> Path:
    return folder / "zhibu.keys"


def configured(folder: Path, server: Witness, url: str, port: int, hook: int | None) -> Path:
    """The configuration of a process: it listens at one port, and the platform calls at another (`hook`), or is polled."""
    secrets = {"token": server.token, "webhook_secret": "torture"}
    for name, words in secrets.items():
        (folder / name).touch(0o600)
        (folder / name).write_text(words, encoding="utf-8")
    lines = [
        "[database]",
        f'url = "{url}"',
        "[keys]",
        f'file = "{_keys(folder)}"',
        "[web]",
        f"port = {port}",
        "chat = false",
        "[study]",
        'lessons = ""',
        "[telegram]",
    ]
    lines += [f'token_file = "{folder / "token"}"', f'base_url = "{server.base_url}"', "members_own_choice = true"]
    if hook is not None:
        lines += ['mode = "webhook"', f'webhook_secret_file = "{folder / "webhook_secret"}"']
        lines += [f'webhook_url = "http://127.0.0.1:{hook}/telegram/main"']
    file = folder / f"{port}{'-webhook' if hook is not None else ''}.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


async def fill(settings: Settings, group: Group, users: dict[str, User]) -> None:
    """The branch and its people in an empty database."""
    async with opening.opened(settings, lambda: START - timedelta(days=1)) as opened:
        await opened.run(deployment.ensure_key)
        await opened.run(_fill, group, users)


async def _fill(work: UnitOfWork, group: Group, users: dict[str, User]) -> None:
    work.enter(work.branches.add("红旗村支部", "Hongqi Village Branch").id)
    work.chats.bind(ChatKey("telegram", "main", str(group.id)), group.title)
    for name, user in users.items():
        office = {KEEPER: ["dues_keeper"], SECRETARY: ["secretary"]}.get(name, [])
        member = work.members.add(name, latin(name), ["member", *office]).id
        key = AccountKey("telegram", "main", str(user.id))
        work.accounts.bind(key, member, key.user_id)
        await work.accounts.change(key, introduced_at=work.now)
        await _assess(work, member)
        if name == ASKER:
            await work.appeals.add(member, "open", money=True, posted_at=work.now, public_text="一位同志家中遇到困难。")


async def _assess(work: UnitOfWork, member: MemberId) -> None:
    await work.dues_assessments.add(member, effective_from="2026-01", monthly_fen=FEN, category="salaried", article="第二条")
