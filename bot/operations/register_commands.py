"""The command line's `zhibu register …`: thin, what it does is in `bot.operations.register_import`."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot import clock as clocks

if TYPE_CHECKING:
    from bot.config import Settings

Config = Annotated[Path | None, typer.Option("-c", "--config", help="The configuration, as config.example.toml; without it: the defaults.")]
Branch = Annotated[str | None, typer.Option("--branch", help="The branch; without it: the only one.")]
As = Annotated[str | None, typer.Option("--as", help="The secretary as whom this is done, where there are several.")]


def made(settings: "Callable[[Path | None], Settings]", run: Callable[[Coroutine[Any, Any, str]], str]) -> typer.Typer:
    """The sub-commands, given how settings are read and how a coroutine is run."""
    cli = typer.Typer(no_args_is_help=True, help="The register of members (名册): files in and out.")

    @cli.command("import", epilog="Example: zhibu register import 名册.xlsx --branch 红旗村支部 --take all")
    def take(
        file: Annotated[Path, typer.Argument(help="A table of members: xlsx, xls, ods or CSV, with headings.")],
        branch: Branch = None,
        who: As = None,
        rows: Annotated[str | None, typer.Option("--take", help="all, or rows as 2-20,25; without it: only what would change.")] = None,
        config: Config = None,
    ) -> None:
        """Show what a file would change, every faulty row in words, or import it; faulty rows never are."""
        from bot.operations import register_import

        print(run(register_import.take(settings(config), clocks.now, file, branch, who=who, rows=rows)))

    @cli.command(epilog="Example: zhibu register export 台账.xlsx --branch 红旗村支部")
    def export(
        file: Annotated[Path, typer.Argument(help="Where the workbook goes; a file that is there is not overwritten.")],
        branch: Branch = None,
        who: As = None,
        month: Annotated[str | None, typer.Option("--report", help="The report of a month (2026-03) instead of the ledger.")] = None,
        config: Config = None,
    ) -> None:
        """Write the branch's ledger, or a monthly report, as a workbook; it is written into the trail as the secretary's."""
        from bot.operations import register_export

        print(run(register_export.write(settings(config), clocks.now, file, branch, who=who, month=month)))

    @cli.command(epilog="Example: zhibu register undo --branch 红旗村支部")
    def undo(branch: Branch = None, who: As = None, config: Config = None) -> None:
        """Take the last import back, within seven days; what was changed since stays."""
        from bot.operations import register_import

        print(run(register_import.undo(settings(config), clocks.now, branch, who)))

    return cli
