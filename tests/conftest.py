"""Shared fixtures."""

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog

from storage import key_file
from tests.databases import ON_SERVER, SERVING, Databases, Files, Served, Template, empty, served
from tests.dialogue import Dialogue
from tests.lesson_folder import library

# Timings live in `make bench`, and a run must not fail for what another would not have met: `--hypothesis-profile=seek` looks further.
hypothesis.settings.register_profile("zhibu", deadline=None, derandomize=True, max_examples=50)
hypothesis.settings.register_profile("seek", deadline=None)
hypothesis.settings.load_profile("zhibu")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


ON_BOTH = (
    "tests/storage/",
    "tests/handlers/test_dues_claims",
    "tests/handlers/test_pledge_receipts",
    "tests/services/test_posting",
    "tests/handlers/test_checkin",
    "tests/handlers/test_undo",
    "tests/handlers/test_me.py",
    "tests/test_router.py",
    "tests/test_several_processes.py",
    "tests/test_three_processes.py",
    "tests/test_jobs.py",
    "tests/test_delivery",
    "tests/test_month.py",
    "tests/test_telegram_day.py",
    "tests/test_one_person.py",
    "tests/handlers/test_departure",
    "tests/handlers/test_liaisons",
    "tests/handlers/test_own_accounts",
    "tests/handlers/test_register",
    "tests/handlers/test_sharing",
    "tests/services/test_importing",
    "tests/handlers/test_send_to",
    "tests/operations/test_move",
    "tests/operations/test_server",
    "tests/operations/test_verify",
)
"""What `make check` runs on PostgreSQL, too: what depends on the database most, and a month of everything else."""


LONG = (
    "tests/browser/test_branch_pages.py",
    "tests/browser/test_first_run.py::test_a_place_is",
    "tests/browser/test_first_run.py::test_check_ins_and",
    "tests/browser/test_first_run.py::test_everything_can",
    "tests/browser/test_first_run.py::test_nothing_scrolls",
    "tests/browser/test_first_run.py::test_one_press",
    "tests/browser/test_first_run.py::test_two_tabs",
    "tests/browser/test_importing.py",
    "tests/browser/test_map_page.py",
    "tests/fuzz/",
    "tests/handlers/test_bulletin.py",
    "tests/handlers/test_discussion.py",
    "tests/handlers/test_distribution.py",
    "tests/handlers/test_dues_closing.py",
    "tests/handlers/test_dues_receipt.py",
    "tests/handlers/test_low_signal.py",
    "tests/handlers/test_seek_campaign.py",
    "tests/operations/test_audit.py::test_tampering",
    "tests/operations/test_backup.py",
    "tests/operations/test_doctor.py",
    "tests/operations/test_doctor_onebot.py",
    "tests/operations/test_faults.py",
    "tests/operations/test_init.py",
    "tests/operations/test_keys.py",
    "tests/operations/test_register_import.py",
    "tests/operations/test_restore.py",
    "tests/operations/test_run.py",
    "tests/operations/test_sample",
    "tests/operations/test_say.py",
    "tests/operations/test_stopping.py",
    "tests/platforms/test_contract_attacks.py",
    "tests/platforms/test_wecom.py",
    "tests/render/test_papers.py",
    "tests/render/test_tables.py::test_hostile",
    "tests/render/test_tables.py::test_rows_of_long",
    "tests/schedules/test_daily_lesson.py",
    "tests/schedules/test_dues_reminder.py",
    "tests/schedules/test_every_job.py",
    "tests/schedules/test_gathered_reminders.py",
    "tests/schedules/test_low_signal_over.py",
    "tests/schedules/test_monthly_digest.py",
    "tests/schedules/test_notice_nudge.py",
    "tests/services/test_aid_stateful.py",
    "tests/services/test_dues_keeping_stateful.py",
    "tests/services/test_dues_stateful.py",
    "tests/services/test_fund_stateful.py",
    "tests/services/test_low_signal.py",
    "tests/services/test_sheets.py",
    "tests/test_branch_day.py",
    "tests/test_cross_border.py",
    "tests/test_map_privacy.py",
    "tests/test_misbehaviour.py",
    "tests/test_month.py",
    "tests/test_one_file.py",
    "tests/test_quiet_month.py",
    "tests/test_spelled.py",
    "tests/test_torture.py",
    "tests/test_typed_month.py",
)
"""What takes longest – a month, a thousand steps, a browser's every width, hostile papers – is run by `make check`.

So `make test` stays under five minutes on two cores.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is run on both kinds of database, and what takes long."""
    for item in items:
        if item.nodeid.startswith(LONG):
            item.add_marker("long")
        if item.nodeid.startswith(ON_BOTH):
            item.add_marker("postgres")


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays; to search it for garbage again and again took a tenth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What is about SQLite's files has nothing to say about a server."""
    if ON_SERVER and item.get_closest_marker("sqlite"):
        pytest.skip("about SQLite files")
    if not ON_SERVER and item.get_closest_marker("server"):
        pytest.skip("about a PostgreSQL server: ZHIBU_TEST_DATABASE=postgresql")


@pytest.fixture(autouse=True)
def _dropped() -> Iterator[None]:
    """A server's databases end with the test that made them."""
    yield
    for each in SERVING:
        each.clear()


@pytest.fixture(scope="session", autouse=True)
def _keys(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The keys of databases on the tests' own server are no deployment's."""
    key_file.OF_SERVER = tmp_path_factory.mktemp("keys") / "server.keys"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Served]:
    """Databases on a PostgreSQL server of this worker's own, started when it is first asked for."""
    with served() as made:
        yield made


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Makes the databases of the kind that this run is about."""
    made: Databases = request.getfixturevalue("postgres") if ON_SERVER else Files()
    return made


@pytest.fixture(scope="session")
def empty_database(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A migrated, empty database to be copied."""
    return empty(databases, tmp_path_factory.mktemp("template") / "empty.db")


@pytest.fixture
def database_url(empty_database: Template, tmp_path: Path) -> str:
    """The address of a migrated, empty database of this test's own."""
    return empty_database.copy(tmp_path / "zhibu.db")


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Dialogue]:
    """A branch with a secretary, a dues keeper, a liaison and three members; time stands still until it is told to pass."""
    dialogue = Dialogue(database_url)
    await dialogue.open()
    yield dialogue
    await dialogue.close()


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder with four lessons."""
    return library(tmp_path / "lessons")


@pytest.fixture
async def study(empty_database: Template, tmp_path: Path, lessons: Path) -> AsyncIterator[Dialogue]:
    """A branch as that of `chat` with the four lessons in its library."""
    dialogue = Dialogue(empty_database.copy(tmp_path / "study.db"), str(lessons))
    await dialogue.open()
    await dialogue.pass_time(seconds=0)
    yield dialogue
    await dialogue.close()
