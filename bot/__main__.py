"""The command line: `zhibu`. Every command is thin; what it does is in `bot.operations`."""

import asyncio
import gc
import importlib
import os
import secrets
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot import clock as clocks
from bot.operations import key_commands, register_commands, unit_commands
from bot.operations.findings import Grade
from bot.operations.lock import InUse, Lock
from bot.operations.trouble import Trouble

if TYPE_CHECKING:
    from bot.config import Settings

T = TypeVar("T")
Config = Annotated[Path | None, typer.Option("-c", "--config", help="The configuration, as config.example.toml; without it: the defaults.")]
Branch = Annotated[str | None, typer.Option("--branch", help="The branch's name.")]

cli = typer.Typer(
    name="zhibu",
    help="Zhibu (支部): the bot that lives in a party branch's chat group.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _settings(path: Path | None, *, serving: bool = False) -> "Settings":
    """The configuration; and the log is set up. What is not the running program itself only logs what is wrong."""
    from bot import config
    from bot.operations import logs
    from bot.sections.base import BadConfig

    logs.configure()
    settings = config.load(path)
    if not serving:
        _begin()
    logs.configure(shape=settings.log.format, level=settings.log.level if serving else "warning")
    with suppress(BadConfig):  # what needs an unreadable secret says so itself
        logs.withhold(settings.secrets())
    return settings


def _begin() -> None:
    """All is loaded, and something runs from now on: the garbage collector looks at what comes, and not at what was loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _await(work: Coroutine[Any, Any, T]) -> T:
    _begin()
    with asyncio.Runner() as runner:
        return runner.run(work)


def _hint(words: str) -> None:
    if words:
        print(words, file=sys.stderr)


@contextmanager
def _locked(settings: "Settings", *, alone: bool = True) -> Iterator[Lock]:
    """The lock on the database's file, after a look whether that can be used; on a server nobody runs there, if that is to be `alone`."""
    from bot.operations import opening

    path = opening.usable(settings, clocks.now)
    if path is None and alone and (running := opening.running_at(settings, clocks.now)) is not None:
        raise InUse(running)
    with Lock(path) as lock:
        yield lock


async def _load_sample(settings: "Settings", *, reset: bool) -> bool:
    from bot.operations import opening
    from bot.services import deployment

    async with opening.opened(settings, clocks.now) as database:
        if not reset and await database.run(deployment.is_sample):
            return False
        from bot.operations import sample

        fresh = await database.run(sample.load, reset=reset)
    if fresh:
        from bot.app import App
        from bot.operations import story

        await story.perform(partial(App, opening.offline(settings)), clocks.now())
    return fresh


@cli.command(epilog="Example: zhibu run -c config.toml")
def run(
    config: Config = None,
    sample: Annotated[bool, typer.Option("--sample", help="With the invented sample branch, if the database is empty.")] = False,
) -> None:
    """Run the bot until Ctrl-C or SIGTERM; prints the address of its page."""
    from bot.app import App
    from bot.operations import opening, secret_files, serving

    settings = _settings(config, serving=True)
    with _locked(settings, alone=sample) as lock:
        usual = settings.web.port
        settings = serving.with_free_port(settings)
        if settings.web.port != usual:
            _hint(f"Port {usual} is taken, so it is {settings.web.port} this time.")
        app = App(settings)
        if sample:
            _await(_load_sample(settings, reset=False))
        else:
            _hint(_await(opening.missing(settings, clocks.now)))
        for finding in secret_files.examine(settings):
            _hint(f"Note: {finding.text}")

        def ready(address: str) -> None:
            print(f"支部 is open at {address}  (Ctrl-C stops it)" if address else "支部 is running  (Ctrl-C stops it)", flush=True)

        _await(serving.serve(app, lock, ready))


@cli.command(epilog="Example: zhibu sample --reset")
def sample(
    config: Config = None,
    reset: Annotated[bool, typer.Option("--reset", help="Delete everything in the sample database and load it anew.")] = False,
) -> None:
    """Load the invented sample branch: 56 people with some months of history. A real deployment is never touched."""
    settings = _settings(config)
    with _locked(settings):
        fresh = _await(_load_sample(settings, reset=reset))
    print("The sample branch is loaded; zhibu run shows it." if fresh else "The sample branch is there already; --reset makes it anew.")


@cli.command(epilog="Example: zhibu say --as 李小山 --in group 签到")
def say(
    text: Annotated[str | None, typer.Argument(help="What is said.")] = None,
    who: Annotated[str, typer.Option("--as", help="Who: a name, in characters or pinyin, an id (p1), or a role, as 书记.")] = "",
    where: Annotated[str, typer.Option("--in", help="group or private.")] = "group",
    press: Annotated[str | None, typer.Option("--press", help="Press the newest button of this label instead.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="When, like 2026-03-10T09:00 (Beijing's time).")] = None,
    script: Annotated[Path | None, typer.Option("--script", help="Lines “TIME | NAME | group, private or press | TEXT”.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per message.")] = False,
    english: Annotated[bool, typer.Option("--en", help="Print the English words.")] = False,
    config: Config = None,
) -> None:
    """Be somebody of the sample: one message through the real router; prints what everybody sees."""
    from bot.operations import say as saying

    settings = _settings(config)
    if script is not None:
        spoken = saying.read(script)
    elif not who or (text is None) == (press is None):
        raise Trouble("say who with --as, and either a text or a button with --press; zhibu say --help shows an example")
    else:
        moment = saying.moment(at) if at else None
        spoken = [saying.line(who, "press" if press is not None else where, press or text or "", moment)]
    _await(_say(settings, spoken, partial(saying.printed, json_lines=json, language="en" if english else "zh")))


async def _say(settings: "Settings", spoken: list[Any], printed: Callable[[Any], str]) -> None:
    from bot.operations import opening
    from bot.operations import say as saying

    try:
        with _locked(settings):
            from bot.app import App

            if opening.is_usual(settings) and await _load_sample(settings, reset=False):
                _hint("The database was empty, so the sample branch is in it now.")
            played = saying.play(partial(App, opening.offline(settings)), clocks.now(), spoken)
            async for messages in played:
                _print_all(messages, printed)
    except InUse as busy:
        async for messages in saying.tell(busy.address, spoken):
            _print_all(messages, printed)


def _print_all(messages: list[Any], printed: Callable[[Any], str]) -> None:
    for message in messages:
        print(printed(message), flush=True)


@cli.command(epilog="Example: zhibu init -c config.toml --branch 红旗村支部 --secretary 王秀英")
def init(
    config: Config = None,
    branch: Branch = None,
    secretary: Annotated[str | None, typer.Option("--secretary", help="The secretary's name.")] = None,
    again: Annotated[bool, typer.Option("--again", help="A new code for the secretary of a branch that exists.")] = False,
) -> None:
    """Found a branch and print its secretary's one-time code; asks for what is not given."""
    from bot.operations import init as founding

    settings = _settings(config)
    if again:
        code = _await(founding.again(settings, clocks.now, branch, secretary))
    else:
        name = branch or _asked("The branch's name (支部名称)", "--branch")
        code = _await(founding.found(settings, clocks.now, name, secretary or _asked("The secretary's name (书记姓名)", "--secretary")))
    print(founding.next_steps(settings, code))


def _asked(what: str, option: str) -> str:

    if not sys.stdin.isatty():
        raise Trouble(f"{what} is needed: give it with {option}")
    return str(typer.prompt(what)).strip()


@cli.command(epilog="Example: zhibu link 李小山 -c config.toml")
def link(
    name: Annotated[str, typer.Argument(help="The member's name.")],
    config: Config = None,
    branch: Branch = None,
) -> None:
    """Print a one-time address that opens the browser chat as a member; for branches without another platform."""
    from bot.operations import init as founding

    address, missing = _await(founding.link(_settings(config), clocks.now, name, branch))
    print(address)
    _hint(missing)


@cli.command(epilog="Example: zhibu doctor -c config.toml")
def doctor(config: Config = None) -> None:
    """Say in words what is wrong with a configuration and how to mend it; exit code 1 if something must be mended."""
    from bot.operations import doctor as examination
    from bot.operations import logs

    findings = _await(examination.examine(config, clocks.now))
    for finding in findings:
        print(f"{finding.grade.value:<5} {logs.redacted(finding.text)}")
    raise typer.Exit(1 if any(finding.grade is Grade.MEND for finding in findings) else 0)


@cli.command(epilog="Example: zhibu migrate -c config.toml")
def migrate(config: Config = None) -> None:
    """Bring the database to this version of the program (run does so, too)."""
    from bot.operations import opening

    settings = _settings(config)
    with _locked(settings):
        changed = opening.prepare(settings, clocks.now)
    print("The database is ready." if changed else "The database was up to date.")


@cli.command(epilog="Example: zhibu backup backup-2026-03-10.db -c config.toml")
def backup(
    file: Annotated[Path | None, typer.Argument(help="The file to write; never overwritten.")] = None,
    config: Config = None,
    plain: Annotated[bool, typer.Option("--plain", help="Unsealed, although a key is set.")] = False,
    new_key: Annotated[Path | None, typer.Option("--new-key", help="Make a key in this file instead.")] = None,
) -> None:
    """Write a consistent copy of the database, while the program runs or not; sealed where [backup] key_file names a key."""
    from bot.operations import backup as copying
    from bot.operations import erasures, expiry, opening, sealed

    settings = _settings(config)
    if (file is None) == (new_key is None):
        raise Trouble("name the file to write, for example: zhibu backup backup-2026-03-10.db; or make a key with --new-key FILE")
    if new_key is not None:
        sealed.new_key(new_key)
        print(f'{new_key} is a new key: set [backup] key_file = "{new_key}", and keep a copy on paper or elsewhere.')
        print("Without it nobody can open a sealed back-up, you neither.")
    if file is not None:
        key = None if plain else copying.key_of(settings)
        database = opening.path_of(settings, clocks.now)
        size = copying.copy(database, file, key)
        safe = "It is sealed; only the key opens it." if key else "It holds everything about your members; keep it as safe as the database."
        print(f"{file}: {size // 1024} KiB. {safe}")
        erasures.keep(settings, database)
        for gone in expiry.prune(settings, database, clocks.now()):
            print(f"{gone} was older than {settings.backup.expires} days and is deleted ([backup] expires).")
        print(copying.keys_apart(settings))


@cli.command(epilog="Example: zhibu restore var/backups/zhibu-2026-03-10.db -c config.toml")
def restore(
    file: Annotated[Path, typer.Argument(help="The back-up; it stays as it is.")],
    config: Config = None,
    key_file: Annotated[Path | None, typer.Option("--key-file", help="The key of a sealed one, if not that of [backup] key_file.")] = None,
    without_keys: Annotated[bool, typer.Option("--without-keys", help="Although a key of sealed columns is lost: erase those.")] = False,
) -> None:
    """Put a back-up in the database's place, after examining it; what stood there is kept aside. Stop the bot first."""
    from bot.operations import restore as restoring

    for line in restoring.told(_await(restoring.restore(_settings(config), clocks.now, file, key_file, without_keys=without_keys))):
        print(line)


@cli.command(epilog="Example: zhibu traces 李小山 13800001234 -c config.toml --log zhibu.log")
def traces(
    words: Annotated[
        list[str], typer.Argument(help="A name, a number, an account: whatever should be left nowhere; “-” reads them from stdin.")
    ],
    config: Config = None,
    log: Annotated[list[Path] | None, typer.Option("--log", help="Look into this file of the log, too.")] = None,
) -> None:
    """Look whether words stand anywhere in the database, its file, its back-ups' list or a log; exit code 1 if they do."""
    from bot.operations import opening
    from bot.operations import traces as tracing

    settings = _settings(config)
    wanted = [line.strip() for line in sys.stdin] if words == ["-"] else words
    database = opening.path_of(settings, clocks.now)
    found = tracing.search(database, wanted, [*(log or [])])
    for line in tracing.told(found):
        print(line)
    raise typer.Exit(1 if found else 0)


@cli.command(name="verify", epilog="Example: zhibu verify -c config.toml")
def verify_all(
    config: Config = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Look whether everything in the database is as it has to be, while the program runs or not; exit code 1 if something is wrong."""
    from bot.operations import verify as verifying

    found = verifying.verify(_settings(config), clocks.now)
    for line in [verifying.as_json(found)] if json else verifying.told(found):
        print(line)
    raise typer.Exit(1 if any(each.wrong for each in found) else 0)


@cli.command(epilog="Example: zhibu move --to postgresql+asyncpg://zhibu:PASSWORD@localhost/zhibu -c config.toml")
def move(
    to: Annotated[str, typer.Option("--to", help="The address of the other database, empty, as in [database] url; - reads it from input.")],
    config: Config = None,
) -> None:
    """Carry the whole database over to another, row by row, and compare both; go on with it if it was interrupted."""
    from bot.operations import move as moving

    address = sys.stdin.readline().strip() if to == "-" else to
    print(moving.move(_settings(config), clocks.now, address, partial(print, flush=True)))


ledger = typer.Typer(help="The two ledgers, dues and care fund.", no_args_is_help=True)
cli.add_typer(ledger, name="ledger")


@ledger.command(epilog="Example: zhibu ledger verify -c config.toml")
def verify(config: Config = None) -> None:
    """Recompute every entry of every ledger; exit code 1 if one was changed, lost or does not balance."""
    from bot.operations import ledger as verifying

    audits = _await(verifying.verify(_settings(config), clocks.now))
    for name, audit in audits:
        for line in verifying.told(name, audit):
            print(line)
    raise typer.Exit(1 if any(audit.faults for _, audit in audits) else 0)


audit = typer.Typer(help="The log of who saw or changed what about whom.", no_args_is_help=True)
cli.add_typer(audit, name="audit")


@audit.command(name="verify", epilog="Example: zhibu audit verify -c config.toml")
def verify_audit(config: Config = None) -> None:
    """Recompute the log of every branch; exit code 1 if an entry was changed, removed, put between or put elsewhere."""
    from bot.operations import audit as verifying

    chains = verifying.verify(_settings(config), clocks.now)
    for line in verifying.told(chains):
        print(line)
    raise typer.Exit(1 if any(each.faults for each in chains) else 0)


lessons = typer.Typer(help="The lesson library.", no_args_is_help=True)
cli.add_typer(lessons, name="lessons")


@lessons.command(name="check", epilog="Example: zhibu lessons check lessons")
def check_lessons(
    folder: Annotated[str | None, typer.Argument(help="The folder; without it the one that is configured.")] = None,
    config: Config = None,
) -> None:
    """Print every fault of the lesson files as “file:line: what”; exit code 1 if there is one."""
    from bot.operations import lessons as checking

    faults, sound = checking.check(_settings(config).study.lessons if folder is None else folder)
    for line in faults:
        print(line)
    print(
        f"{sound} lessons are good." if not faults else f"{sound} lessons are good; faults in the others: {len(faults)}.", file=sys.stderr
    )
    raise typer.Exit(1 if faults else 0)


@cli.command(epilog="Example: zhibu docs --check")
def docs(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit code 1 if something is out of date.")] = False,
) -> None:
    """Write the tables of README.md and docs/platforms.md and config.example.toml from the code, in the current folder."""
    from bot.operations import docs as generating

    stale = generating.outdated(Path.cwd(), write=not check)
    if check and stale:
        _hint(f"{' and '.join(stale)} differ from the code; run zhibu docs")
        raise typer.Exit(1)
    print(f"{' and '.join(stale)} written." if stale else "The documents are in step with the code.")


@cli.command(epilog="Example: zhibu understand 我到哈尔滨了 --at 2026-03-10T09:00 --json")
def understand(
    text: Annotated[str, typer.Argument(help="What is said.")] = "",
    at: Annotated[str, typer.Option("--at", help="When it is said, Beijing time: 2026-03-10T09:00. Without it: now.")] = "",
    where: Annotated[str, typer.Option("--in", help="group or private.")] = "private",
    role: Annotated[str, typer.Option("--role", help="Who says it: member, secretary, probationary, stranger.")] = "member",
    context: Annotated[str, typer.Option("--context", help="What was said last: notice, dues_reminder, quiz …")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    scored: Annotated[Path | None, typer.Option("--score", help="A file of examples to understand instead of TEXT.")] = None,
    least: Annotated[float, typer.Option("--min", help="With --score: the share that has to be understood exactly.")] = 0.97,
    only: Annotated[str, typer.Option("--only", help="With --score: only these intents, parted by commas.")] = "",
    failures: Annotated[bool, typer.Option("--failures", help="With --score: print what was not understood.")] = False,
) -> None:
    """Print what a text means, as the bot understands it, and by which rule; or how many of a file's examples are understood."""
    from bot.operations import understanding

    try:
        moment = clocks.parsed(at) if at else clocks.now().astimezone(clocks.BEIJING)
    except ValueError:
        raise Trouble(f"--at cannot be read: “{at}”; it looks like 2026-03-10T09:00") from None
    if scored is None:
        print(understanding.told(understanding.meant(text, understanding.setting(moment, where, role, context)), as_json=as_json))
        return
    wanted = frozenset(filter(None, only.split(",")))
    result = understanding.score(understanding.read(scored, moment), understanding.meant, wanted)
    for line in [*(understanding.failures(result) if failures else []), *understanding.table(result)]:
        print(line)
    raise typer.Exit(1 if result.share < least or result.acted else 0)


cli.add_typer(key_commands.made(_settings, _await), name="keys")
cli.add_typer(unit_commands.made(_settings, _await), name="unit")
cli.add_typer(register_commands.made(_settings, _await), name="register")


def _load_log() -> None:
    """Load structlog, but not rich, which it takes along for coloured tracebacks that we do not print: 3 MB, a twentieth of the start."""
    if "structlog" not in sys.modules and "rich" not in sys.modules:
        modules: dict[str, Any] = sys.modules
        modules["rich"] = None  # the documented way to say that there is no such module
        importlib.import_module("structlog")
        del sys.modules["rich"]


def main() -> None:
    """The entry point: every trouble is one sentence and an exit code, never a traceback. What is written is for this account only."""
    os.umask(0o077)
    gc.disable()  # until something runs: what is loaded stays, and to look through it again and again took a tenth of the start
    _load_log()
    try:
        code = cli(standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        code = 130
    except typer.TyperException as error:
        _hint(f"zhibu: {getattr(error, 'format_message', error.__str__)().rstrip('.')}; zhibu --help shows how")
        code = 2
    except BrokenPipeError:
        code = 1
    except Exception as error:  # noqa: BLE001  whatever it is, the operator gets one sentence
        code = _explain(error)
    sys.exit(code if isinstance(code, int) else 0)


def _explain(error: Exception) -> int:
    """One sentence about what went wrong."""
    from bot.operations import faults, logs
    from bot.sections.base import BadConfig

    if isinstance(error, BadConfig):
        _hint(f"zhibu: the configuration cannot be used: {logs.redacted(str(error))}")
        return 2
    if isinstance(error, Trouble | InUse):
        _hint(f"zhibu: {logs.redacted(str(error))}")
        return 1
    if (fault := faults.explained(error)) is not None:
        _hint(f"zhibu: {fault}")
        return 1
    number = secrets.token_hex(3)
    _hint(f"zhibu: something went wrong that should not have; number {number} in {logs.keep(error, number)} says more")
    return 1


if __name__ == "__main__":
    main()
