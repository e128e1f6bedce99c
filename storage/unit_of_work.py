"""One transaction for one branch, holding the repositories.

Reads by key are answered from what this transaction already knows; writes are collected and executed in bulk at its end, or before a
read that runs SQL. Nothing here waits: the coroutines are driven by the writer (see `storage.writer`).
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from storage.accounts import Accounts
from storage.agenda import Agenda
from storage.agreements import Agreements
from storage.aid_offers import AidOffers
from storage.alarms import Alarms
from storage.appeals import Appeals
from storage.backlog import Backlog
from storage.branch_words import BranchWords
from storage.bulletins import Bulletins
from storage.care_contacts import CareContacts
from storage.chats import Chats
from storage.check_ins import CheckIns
from storage.consents import Consents
from storage.deeds import Deeds
from storage.departures import Departures
from storage.discussions import Discussions
from storage.dispatch import Dispatch
from storage.doubts import Doubts
from storage.dues_assessments import DuesAssessments
from storage.dues_claims import DuesClaims
from storage.dues_closings import DuesClosings
from storage.dues_elsewhere import DuesElsewhere
from storage.dues_reductions import DuesReductions
from storage.dues_reminding import DuesReminding
from storage.home import Home
from storage.inbox import Inbox
from storage.invites import Invites
from storage.job_runs import JobRuns
from storage.keys import BranchId
from storage.ledger import Ledger
from storage.lessons import Lessons
from storage.liaisons import Liaisons
from storage.links import Links
from storage.members import Branches, Members
from storage.message_counts import MessageCounts
from storage.news import NewsDigests
from storage.notices import Notices
from storage.outbox import Outbox
from storage.pairings import Pairings
from storage.payouts import Payouts
from storage.places import Places
from storage.pledges import Pledges
from storage.policies import Policies
from storage.processes import Processes
from storage.questions import Questions
from storage.reflections import Reflections
from storage.register import Register
from storage.review_cards import ReviewCards
from storage.seeking import Seeking
from storage.settings import Settings
from storage.skills import Skills
from storage.studies import Studies
from storage.study_times import StudyTimes
from storage.trail import Trail
from storage.transcript import Transcript
from storage.unit_counts import UnitCounts
from storage.units import Units
from storage.vault import Vault
from storage.visitors import Visitors
from storage.work import Work

CROSSING = frozenset(
    {
        "accounts",
        "agenda",
        "backlog",
        "branches",
        "chats",
        "dispatch",
        "doubts",
        "home",
        "inbox",
        "invites",
        "job_runs",
        "lessons",
        "links",
        "message_counts",
        "outbox",
        "processes",
        "questions",
        "seeking",
        "settings",
        "transcript",
        "unit_counts",
        "units",
        "visitors",
    }
)
"""Repositories with a method that works before a branch is entered; everything else refuses. The test of this list is test_crossing."""


KEYED = frozenset({"members", "consents", "check_ins"})
"""Repositories that know rows by keys that mean the same in every branch, so that they serve a whole transaction."""


class UnitOfWork(Work):
    """One transaction and its repositories; those of a branch are put aside while another errand works for another branch."""

    def __init__(self, connection: Connection, new_id: Callable[[], int], vault: Vault, *, alone: bool = True) -> None:
        super().__init__(connection, new_id, vault, alone=alone)
        self._aside: dict[BranchId, dict[str, Any]] = {}

    def turn(self, now: datetime) -> None:
        """Begin an errand."""
        held = {name: self.__dict__.pop(name) for name in self.__dict__.keys() & OF_BRANCH}
        if self.entered is not None:
            self._aside[self.entered] = held
        super().turn(now)

    def enter(self, branch: BranchId) -> None:
        """Open this unit of work for one branch, for the rest of the errand."""
        fresh = self.entered is None
        super().enter(branch)
        if fresh:
            self.__dict__.update(self._aside.pop(branch, {}))

    def undo(self) -> None:
        """The errand failed: nothing it did is kept, and nothing it may have learned is believed."""
        super().undo()
        self._aside.clear()
        for name in OF_BRANCH | CROSSING | KEYED:
            self.__dict__.pop(name, None)

    @cached_property
    def accounts(self) -> Accounts:
        """Bound accounts."""
        return Accounts(self)

    @cached_property
    def agenda(self) -> Agenda:
        """Which branches may have something to do."""
        return Agenda(self)

    @cached_property
    def agreements(self) -> Agreements:
        """Agreements with the organisations where members are."""
        return Agreements(self)

    @cached_property
    def aid_offers(self) -> AidOffers:
        """Offers to help with an appeal."""
        return AidOffers(self)

    @cached_property
    def alarms(self) -> Alarms:
        """Who was in danger, and when."""
        return Alarms(self)

    @cached_property
    def appeals(self) -> Appeals:
        """Appeals for help."""
        return Appeals(self)

    @cached_property
    def backlog(self) -> Backlog:
        """What waits to be sent, in numbers."""
        return Backlog(self)

    @cached_property
    def branches(self) -> Branches:
        """Branches."""
        return Branches(self)

    @cached_property
    def news(self) -> NewsDigests:
        """News digests."""
        return NewsDigests(self)

    @cached_property
    def branch_words(self) -> BranchWords:
        """The branch's own words."""
        return BranchWords(self)

    @cached_property
    def bulletins(self) -> Bulletins:
        """Hardship bulletins."""
        return Bulletins(self)

    @cached_property
    def care_contacts(self) -> CareContacts:
        """When members were talked with, visited or called."""
        return CareContacts(self)

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
    def departures(self) -> Departures:
        """Who goes away."""
        return Departures(self)

    @cached_property
    def discussions(self) -> Discussions:
        """Discussions in the group."""
        return Discussions(self)

    @cached_property
    def dispatch(self) -> Dispatch:
        """Messages on their way, as delivery sees them."""
        return Dispatch(self)

    @cached_property
    def home(self) -> Home:
        """Where this database is."""
        return Home(self)

    @cached_property
    def doubts(self) -> Doubts:
        """Messages of which it is not known whether they arrived."""
        return Doubts(self)

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
    def lessons(self) -> Lessons:
        """The lesson library."""
        return Lessons(self)

    @cached_property
    def liaisons(self) -> Liaisons:
        """Who looks after whom."""
        return Liaisons(self)

    @cached_property
    def links(self) -> Links:
        """One-time links and sessions."""
        return Links(self)

    @cached_property
    def members(self) -> Members:
        """Members and their roles."""
        return Members(self)

    @cached_property
    def message_counts(self) -> MessageCounts:
        """How many messages were sent."""
        return MessageCounts(self)

    @cached_property
    def notices(self) -> Notices:
        """Announcements."""
        return Notices(self)

    @cached_property
    def outbox(self) -> Outbox:
        """Messages on their way."""
        return Outbox(self)

    @cached_property
    def pairings(self) -> Pairings:
        """Who looks after which household."""
        return Pairings(self)

    @cached_property
    def payouts(self) -> Payouts:
        """Payments out of the care fund, and who agreed."""
        return Payouts(self)

    @cached_property
    def places(self) -> Places:
        """Current places."""
        return Places(self)

    @cached_property
    def pledges(self) -> Pledges:
        """What members promised to the care fund."""
        return Pledges(self)

    @cached_property
    def processes(self) -> Processes:
        """The programs that work on this database."""
        return Processes(self)

    @cached_property
    def policies(self) -> Policies:
        """What the branch decided for itself."""
        return Policies(self)

    @cached_property
    def questions(self) -> Questions:
        """Open questions."""
        return Questions(self)

    @cached_property
    def reflections(self) -> Reflections:
        """What members think about what they learned."""
        return Reflections(self)

    @cached_property
    def register(self) -> Register:
        """The register of members."""
        return Register(self, self.vault)

    @cached_property
    def review_cards(self) -> ReviewCards:
        """Questions that come back."""
        return ReviewCards(self)

    @cached_property
    def seeking(self) -> Seeking:
        """Finding those who are lost."""
        return Seeking(self)

    @cached_property
    def settings(self) -> Settings:
        """The deployment's own facts."""
        return Settings(self)

    @cached_property
    def studies(self) -> Studies:
        """What a branch and its members do with the library."""
        return Studies(self)

    @cached_property
    def study_times(self) -> StudyTimes:
        """Hours of study."""
        return StudyTimes(self)

    @cached_property
    def skills(self) -> Skills:
        """What members offered in advance to help with."""
        return Skills(self)

    @cached_property
    def trail(self) -> Trail:
        """Who saw or changed what about whom."""
        return Trail(self)

    @cached_property
    def transcript(self) -> Transcript:
        """The browser chat's messages."""
        return Transcript(self)

    @cached_property
    def unit_counts(self) -> UnitCounts:
        """How branches stand, in numbers."""
        return UnitCounts(self)

    @cached_property
    def units(self) -> Units:
        """The tree of organisations."""
        return Units(self)

    @cached_property
    def visitors(self) -> Visitors:
        """Unbound accounts."""
        return Visitors(self)


OF_BRANCH = frozenset(name for name, value in vars(UnitOfWork).items() if isinstance(value, cached_property)) - CROSSING - KEYED
"""The other repositories: what they know is one branch's."""
