"""One transaction for one branch, holding the repositories.

Reads by key are answered from what this transaction already knows; writes are collected and executed in bulk at its end, or before a
read that runs SQL. Nothing here waits: the coroutines are driven by the writer (see `storage.database`).
"""

from functools import cached_property

from storage.accounts import Accounts
from storage.chats import Chats
from storage.check_ins import CheckIns
from storage.consents import Consents
from storage.deeds import Deeds
from storage.dispatch import Dispatch
from storage.dues_assessments import DuesAssessments
from storage.dues_claims import DuesClaims
from storage.dues_closings import DuesClosings
from storage.dues_elsewhere import DuesElsewhere
from storage.dues_reductions import DuesReductions
from storage.dues_reminding import DuesReminding
from storage.inbox import Inbox
from storage.invites import Invites
from storage.job_runs import JobRuns
from storage.ledger import Ledger
from storage.links import Links
from storage.members import Branches, Members
from storage.notices import Notices
from storage.outbox import Outbox
from storage.places import Places
from storage.policies import Policies
from storage.questions import Questions
from storage.settings import Settings
from storage.transcript import Transcript
from storage.visitors import Visitors
from storage.work import Work

CROSSING = frozenset(
    {
        "accounts",
        "branches",
        "chats",
        "dispatch",
        "inbox",
        "invites",
        "job_runs",
        "links",
        "outbox",
        "questions",
        "settings",
        "transcript",
        "visitors",
    }
)
"""Repositories with a method that works before a branch is entered; everything else refuses. The test of this list is test_crossing."""


class UnitOfWork(Work):
    """One transaction and its repositories."""

    @cached_property
    def accounts(self) -> Accounts:
        """Bound accounts."""
        return Accounts(self)

    @cached_property
    def branches(self) -> Branches:
        """Branches."""
        return Branches(self)

    @cached_property
    def chats(self) -> Chats:
        """Bound group chats."""
        return Chats(self)

    @cached_property
    def check_ins(self) -> CheckIns:
        """Check-ins."""
        return CheckIns(self)

    @cached_property
    def consents(self) -> Consents:
        """Consents."""
        return Consents(self)

    @cached_property
    def deeds(self) -> Deeds:
        """What can be undone."""
        return Deeds(self)

    @cached_property
    def dispatch(self) -> Dispatch:
        """Messages on their way, as delivery sees them."""
        return Dispatch(self)

    @cached_property
    def dues_assessments(self) -> DuesAssessments:
        """What members pay a month."""
        return DuesAssessments(self)

    @cached_property
    def dues_claims(self) -> DuesClaims:
        """What is said to be paid."""
        return DuesClaims(self)

    @cached_property
    def dues_closings(self) -> DuesClosings:
        """Months of dues that were closed."""
        return DuesClosings(self)

    @cached_property
    def dues_elsewhere(self) -> DuesElsewhere:
        """Who pays dues elsewhere."""
        return DuesElsewhere(self)

    @cached_property
    def dues_reductions(self) -> DuesReductions:
        """Less or no dues in hardship."""
        return DuesReductions(self)

    @cached_property
    def dues_reminding(self) -> DuesReminding:
        """Reminders of dues."""
        return DuesReminding(self)

    @cached_property
    def inbox(self) -> Inbox:
        """Events acted upon."""
        return Inbox(self)

    @cached_property
    def invites(self) -> Invites:
        """One-time codes."""
        return Invites(self)

    @cached_property
    def job_runs(self) -> JobRuns:
        """Occurrences of jobs."""
        return JobRuns(self)

    @cached_property
    def ledger(self) -> Ledger:
        """The books of money."""
        return Ledger(self)

    @cached_property
    def links(self) -> Links:
        """One-time links and sessions."""
        return Links(self)

    @cached_property
    def members(self) -> Members:
        """Members and their roles."""
        return Members(self)

    @cached_property
    def notices(self) -> Notices:
        """Announcements."""
        return Notices(self)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages on their way."""
        return Outbox(self)

    @cached_property
    def places(self) -> Places:
        """Current places."""
        return Places(self)

    @cached_property
    def policies(self) -> Policies:
        """What the branch decided for itself."""
        return Policies(self)

    @cached_property
    def questions(self) -> Questions:
        """Open questions."""
        return Questions(self)

    @cached_property
    def settings(self) -> Settings:
        """The deployment's own facts."""
        return Settings(self)

    @cached_property
    def transcript(self) -> Transcript:
        """The browser chat's messages."""
        return Transcript(self)

    @cached_property
    def visitors(self) -> Visitors:
        """Unbound accounts."""
        return Visitors(self)
