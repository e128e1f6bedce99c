"""Imports every module of handlers/ and schedules/; one that fails to import stops the start."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from bot.commands import Registry
from bot.jobs import Job, jobs_of


def modules(package: str) -> list[ModuleType]:
    """The modules of a package, by name."""
    path = importlib.import_module(package).__path__
    return [importlib.import_module(f"{package}.{found.name}") for found in sorted(pkgutil.iter_modules(path), key=lambda each: each.name)]


@cache
def registry() -> Registry:
    """What handlers/ answers."""
    return Registry.of(modules("handlers"))


@cache
def jobs() -> list[Job]:
    """What schedules/ does."""
    return jobs_of(modules("schedules"))
