"""`zhibu keys`: thin commands; what they do is in `bot.operations.keys`."""

import sys
from functools import partial
from typing import Annotated

import typer

from bot import clock as clocks
from bot.console import Config, settings_of, wait_for
from bot.operations.trouble import Trouble

keys = typer.Typer(help="The keys of sealed columns.", no_args_is_help=True)


@keys.command(name="list", epilog="Example: zhibu keys list -c config.toml")
def listing(config: Config = None) -> None:
    """List the keys of the key file, how many values are of each, and the keys that are missing."""
    from bot.operations import keys as keeping

    for line in wait_for(keeping.listed(settings_of(config), clocks.now)):
        print(line)


@keys.command(epilog="Example: zhibu keys rotate -c config.toml")
def rotate(
    config: Config = None,
    keep_old: Annotated[bool, typer.Option("--keep-old", help="Keep the old key in the key file for good.")] = False,
    drop_old: Annotated[bool, typer.Option("--drop-old", help="Drop it at once, although older back-ups need it.")] = False,
) -> None:
    """Seal everything anew with a new key, while the program runs or not; go on with it if it was interrupted."""
    from bot.operations import keys as keeping

    if keep_old and drop_old:
        raise Trouble("say --keep-old or --drop-old, not both")
    say = partial(print, flush=True)
    wait_for(keeping.rotate(settings_of(config), clocks.now, say, keep_old=keep_old, drop_old=drop_old))


@keys.command(epilog="Example: zhibu keys forget 1a2b3c4d -c config.toml")
def forget(
    key: Annotated[str, typer.Argument(help="The id of the lost key.")],
    config: Config = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase what was sealed with a key that is lost for good; tells first what that is, and asks."""
    from bot.operations import keys as keeping

    settings = settings_of(config)
    for line in wait_for(keeping.lost(settings, clocks.now, key)):
        print(line)
    if not yes:
        if not sys.stdin.isatty():
            raise Trouble("nothing was erased; say --yes if the key is lost for good")
        typer.confirm("Is the key lost for good? Erase them", abort=True)
    wait_for(keeping.forget(settings, clocks.now, key))
    print(f"They are erased; the database no longer asks for the key {key}.")
