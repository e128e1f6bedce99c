"""The command line's `zhibu unit …`: thin, what it does is in `bot.operations.units`."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import clock as clocks

if TYPE_CHECKING:
    from bot.config import Settings

Config = Annotated[Path | None, typer.Option("-c", "--config", help="The configuration, as config.example.toml; without it: the defaults.")]
Name = Annotated[str, typer.Argument(help="The unit's name; PARENT/NAME where several have it.")]
Under = Annotated[str | None, typer.Option("--under", help="The unit above; without it: none.")]
Branch = Annotated[str | None, typer.Option("--branch", help="The member's branch.")]


def made(settings: "Callable[[Path | None], Settings]", run: Callable[[Coroutine[Any, Any, str]], str]) -> typer.Typer:
    """The sub-commands, given how settings are read and how a coroutine is run."""
    cli = typer.Typer(no_args_is_help=True, help="The tree of organisations: committee, general branch, branch, party group.")

    @cli.command(epilog="Example: zhibu unit add 青石岭镇党委 --kind committee")
    def add(
        name: Name,
        kind: Annotated[str, typer.Option("--kind", help="committee (党委), general-branch (党总支) or group (党小组).")],
        under: Under = None,
        config: Config = None,
    ) -> None:
        """Add a unit; a branch is founded with zhibu init."""
        from bot.operations import units

        print(run(units.add(settings(config), clocks.now, name, kind, under)))

    @cli.command(epilog="Example: zhibu unit move 红旗村支部 --under 青石岭镇党委")
    def move(name: Name, under: Under = None, config: Config = None) -> None:
        """Put a unit under another; where it stood before is kept."""
        from bot.operations import units

        print(run(units.move(settings(config), clocks.now, name, under)))

    @cli.command(epilog="Example: zhibu unit rename 红旗村支部 红旗社区支部")
    def rename(name: Name, new: Annotated[str, typer.Argument(help="The new name.")], config: Config = None) -> None:
        """Call a unit by another name; the old one is kept."""
        from bot.operations import units

        print(run(units.rename(settings(config), clocks.now, name, new)))

    _more(cli, settings, run)
    return cli


def _more(cli: typer.Typer, settings: "Callable[[Path | None], Settings]", run: Callable[[Coroutine[Any, Any, str]], str]) -> None:
    """The other half of them."""

    @cli.command(epilog="Example: zhibu unit close 第三小组")
    def close(name: Name, config: Config = None) -> None:
        """End a unit that has nothing and nobody in it."""
        from bot.operations import units

        print(run(units.close(settings(config), clocks.now, name)))

    @cli.command("list", epilog="Example: zhibu unit list --on 2026-01-01")
    def listed(
        on: Annotated[str | None, typer.Option("--on", help="As it was on that day (2026-01-01).")] = None, config: Config = None
    ) -> None:
        """Print the tree."""
        from bot.operations import units

        print(run(units.listed(settings(config), clocks.now, on)))

    @cli.command(epilog="Example: zhibu unit appoint 李小山 青石岭镇党委")
    def appoint(
        member: Annotated[str, typer.Argument(help="The member's name.")],
        unit: Name,
        branch: Branch = None,
        dismiss: Annotated[bool, typer.Option("--dismiss", help="End that office.")] = False,
        config: Config = None,
    ) -> None:
        """Make a member organiser of a unit: they see the numbers of all branches below it, and no names."""
        from bot.operations import units

        print(run(units.appoint(settings(config), clocks.now, member, unit, branch, dismiss=dismiss)))
