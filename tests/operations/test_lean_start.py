"""What a start loads, and what the garbage collector is spared."""

import gc
import subprocess
import sys

from bot.operations import serving

SPARED = ("rich", "pydantic_settings", "aiohttp_jinja2", "sqlalchemy.dialects.postgresql", "pypinyin", "telegram", "matplotlib", "alembic")
START = f"""
import sys
from bot import __main__ as zhibu
zhibu._load_log()
from bot.app import App
from bot.operations import opening, secret_files, serving
print([name for name in {SPARED!r} if sys.modules.get(name)])
zhibu._begin()
import gc, rich
print(gc.isenabled(), gc.get_freeze_count() > 10_000)
"""


def test_a_start_loads_nothing_that_it_can_do_without_and_rich_can_be_had_afterwards():
    ran = subprocess.run([sys.executable, "-c", f"import gc; gc.disable(){START}"], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "True True"]


def test_what_is_there_when_the_program_is_ready_is_not_searched_again():
    before, kept = gc.get_threshold(), [[number] for number in range(1000)]
    try:
        serving.settle()
        assert not any(each is kept for each in gc.get_objects())
        assert gc.get_threshold()[0] > before[0] or before[0] >= 10_000
    finally:
        gc.set_threshold(*before)
