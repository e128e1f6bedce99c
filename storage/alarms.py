"""That somebody was in danger: who and when, never what they said."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from storage.keys import MemberId
from storage.records import fields
from storage.tables_aid import aid_alarm
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm; `over_at` is when the person said that all is well."""

    id: int
    member_id: MemberId
    at: datetime
    over_at: datetime | None


class Alarms:
    """The alarms of this branch's members."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def of(self, member_id: MemberId) -> list[Alarm]:
        """The alarms of a member, the newest first."""
        where = (aid_alarm.c.branch_id == self._work.branch_id, aid_alarm.c.member_id == member_id)
        return [
            fields(Alarm)(row)
            for row in await self._work.rows(select(aid_alarm).where(*where).order_by(aid_alarm.c.at.desc(), aid_alarm.c.id))
        ]

    async def since(self, at: datetime) -> list[Alarm]:
        """All alarms since a moment, the newest first."""
        where = (aid_alarm.c.branch_id == self._work.branch_id, aid_alarm.c.at >= at)
        return [
            fields(Alarm)(row)
            for row in await self._work.rows(select(aid_alarm).where(*where).order_by(aid_alarm.c.at.desc(), aid_alarm.c.id))
        ]

    def add(self, member_id: MemberId) -> int:
        """Note an alarm now; answers its id."""
        alarm_id = int(self._work.new_id())
        values = {"id": alarm_id, "member_id": member_id, "at": self._work.now, "over_at": None}
        self._work.insert(aid_alarm, **values, branch_id=self._work.branch_id)
        return alarm_id

    def end(self, alarm: Alarm) -> None:
        """Note that it is over."""
        self._work.update(aid_alarm, {"id": alarm.id, "branch_id": self._work.branch_id}, over_at=self._work.now)

    async def forget_before(self, at: datetime) -> None:
        """Drop alarms from before a moment."""
        await self._work.change(delete(aid_alarm).where(aid_alarm.c.branch_id == self._work.branch_id, aid_alarm.c.at < at))
