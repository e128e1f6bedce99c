"""The command line's `zhibu keys …`: thin, what it does is in `bot.operations.keys`."""

import sys
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import clock as clocks
from bot.operations.trouble import Trouble

if TYPE_CHECKING:
    from bot.config import Settings

Config = Annotated[Path | None, typer.Option("-c", "--config", help="The configuration, as config.example.toml; without it: the defaults.")]


def made(settings: "Callable[[Path | None], Settings]", run: Callable[[Coroutine[Any, Any, Any]], Any]) -> typer.Typer:
    """The sub-commands, given how settings are read and how a coroutine is run."""
    cli = typer.Typer(no_args_is_help=True, help="The keys of sealed columns.")

    @cli.command(name="list", epilog="Example: zhibu keys list -c config.toml")
    def listing(config: Config = None) -> None:
        """List the keys of the key file, how many values are of each, and the keys that are missing."""
        from bot.operations import keys

        for line in run(keys.listed(settings(config), clocks.now)):
            print(line)

    @cli.command(epilog="Example: zhibu keys rotate -c config.toml")
    def rotate(
        config: Config = None,
        keep_old: Annotated[bool, typer.Option("--keep-old", help="Keep the old key in the key file for good.")] = False,
        drop_old: Annotated[bool, typer.Option("--drop-old", help="Drop it at once, although older back-ups need it.")] = False,
    ) -> None:
        """Seal everything anew with a new key, while the program runs or not; go on with it if it was interrupted."""
        from bot.operations import keys

        if keep_old and drop_old:
            raise Trouble("say --keep-old or --drop-old, not both")
        say = partial(print, flush=True)
        run(keys.rotate(settings(config), clocks.now, say, keep_old=keep_old, drop_old=drop_old))

    @cli.command(epilog="Example: zhibu keys forget 1a2b3c4d -c config.toml")
    def forget(
        key: Annotated[str, typer.Argument(help="The id of the lost key.")],
        config: Config = None,
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    ) -> None:
        """Erase what was sealed with a key that is lost for good; tells first what that is, and asks."""
        from bot.operations import keys

        chosen = settings(config)
        for line in run(keys.lost(chosen, clocks.now, key)):
            print(line)
        if not yes:
            if not sys.stdin.isatty():
                raise Trouble("nothing was erased; say --yes if the key is lost for good")
            typer.confirm("Is the key lost for good? Erase them", abort=True)
        run(keys.forget(chosen, clocks.now, key))
        print(f"They are erased; the database no longer asks for the key {key}.")

    return cli
