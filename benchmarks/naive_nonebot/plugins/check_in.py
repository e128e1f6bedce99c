"""签到: one session and one commit per message; an answer for everybody."""

import time
from datetime import datetime, timedelta, timezone

from nonebot import on_fullmatch, require
from nonebot.adapters.onebot.v11 import MessageEvent
from sqlalchemy import BigInteger, Engine, Index, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

require("nonebot_plugin_orm")
from nonebot_plugin_orm import Model, async_scoped_session  # noqa: E402  a plugin is required before it is imported

BEIJING = timezone(timedelta(hours=8))


@event.listens_for(Engine, "connect")
def pragmas(connection, _):
    """An answered check-in survives a crash of the process and of the machine."""
    connection.execute("pragma journal_mode=WAL")
    connection.execute("pragma synchronous=FULL")


class Member(Model):
    """A person in a group, or in their private chat."""

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[int] = mapped_column(BigInteger)
    gid: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    __table_args__ = (Index("ix_member", "uid", "gid", unique=True),)


class Attendance(Model):
    """A check-in of a day."""

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int]
    gid: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[str]
    at: Mapped[float]
    __table_args__ = (Index("ix_attendance", "member_id", "day", unique=True), Index("ix_day", "gid", "day"))


check_in = on_fullmatch("签到")


@check_in.handle()
async def _(message: MessageEvent, session: async_scoped_session):
    uid, gid = message.user_id, getattr(message, "group_id", message.user_id)
    day = datetime.now(BEIJING).date().isoformat()
    member = await session.scalar(select(Member).where(Member.uid == uid, Member.gid == gid))
    if member is None:
        await check_in.finish("请先报到")
    seen = await session.scalar(select(Attendance.id).where(Attendance.member_id == member.id, Attendance.day == day))
    if seen is None:
        session.add(Attendance(member_id=member.id, gid=gid, day=day, at=time.time()))
        await session.commit()
    count = await session.scalar(select(func.count()).select_from(Attendance).where(Attendance.gid == gid, Attendance.day == day))
    await check_in.finish(f"{'签到成功' if seen is None else '今天已签到'}，今日 {count} 人")
