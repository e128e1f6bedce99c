"""The kinds of keys, so that one is never taken for another."""

from typing import NamedTuple, NewType

BranchId = NewType("BranchId", int)
MemberId = NewType("MemberId", int)
NoticeId = NewType("NoticeId", int)
AppealId = NewType("AppealId", int)
OfferId = NewType("OfferId", int)
QuestionId = NewType("QuestionId", int)
OutboxId = NewType("OutboxId", int)
UnitId = NewType("UnitId", int)
EventKey = NewType("EventKey", str)
"""Platform, instance and the platform's own number of an event: the same event always has the same key."""


class ChatKey(NamedTuple):
    """Where messages go: a chat of one account (instance) on one platform."""

    platform: str
    instance: str
    chat_id: str


class AccountKey(NamedTuple):
    """Who wrote, as the platform knows them."""

    platform: str
    instance: str
    user_id: str
