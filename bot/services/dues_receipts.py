"""收据: what a member has for dues that were confirmed. Everybody gets their own; another's number gives nothing."""

import re
from dataclasses import dataclass

from bot.clock import beijing_day
from bot.errors import UserError
from bot.language.capital_amounts import amount_in_words
from bot.language.money import yuan
from bot.language.normalise import clean
from bot.messages import Drawing
from bot.patterns import Pattern
from bot.permissions import Actor, Permission, Subject, require
from bot.render.papers import Paper
from bot.services import drawings, privacy
from bot.services.dues_standing import ClaimKind, ClaimState
from bot.services.dues_table_files import KIND_NAMES
from bot.services.dues_words import money, told
from bot.services.ledgers import Book
from bot.services.people import present
from bot.texts import Text
from storage.dues_claims import Claim
from storage.unit_of_work import UnitOfWork

NONE_YET = Text(
    "还没有您的收据：组织委员确认到账后才有。发“党费”看报到哪一步了。",
    "There is no receipt of yours yet: it comes when the dues keeper has confirmed. “dues” tells where it stands.",
)
NOT_YOURS = Text("没有找到您的这张收据。发“收据”看您有哪些。", "There is no such receipt of yours. “receipt” shows which there are.")
REVERSED = Text(
    "收据 {receipt} 已经冲正，不再有效。有疑问请问组织委员。",
    "Receipt {receipt} was reversed and is no longer valid. Please ask the dues keeper if in doubt.",
)
RECEIPT = Text("收据 {receipt}：{what}，{amount}，在文件里。", "Receipt {receipt}: {what}, {amount}, in the file.")
OTHERS = Text("\n您还有：{receipts}。看哪张就发“收据 编号”。", "\nYou also have {receipts}; send “receipt” and the number.")
_NUMBER = Pattern(r"d ?-? ?(?P<year>20[0-9]{2}) ?-? ?(?P<number>[0-9]{1,6})", re.IGNORECASE)
_SHOWN = 6
_FOOTER = "机器人不经手钱款，只记账。校验码是账本里这一笔的指纹；私聊机器人发“验账”，可以把整本账从头算一遍。"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A claim that was confirmed and its paper; `others` are the newest other receipts of the member."""

    claim: Claim
    what: Text
    paper: Drawing
    others: tuple[str, ...]

    @property
    def text(self) -> Text:
        """What is said beside the file."""
        said = RECEIPT(receipt=self.claim.receipt or "", what=self.what, amount=money(self.claim.fen))
        return said + OTHERS(receipts=Text.join(map(Text.plain, self.others), "、", ", ")) if self.others else said


def numbered(words: str) -> str | None:
    """The receipt's number in words; "" where there are none, None for what is no number."""
    said = clean(words)
    if not said:
        return ""
    match = _NUMBER.fullmatch(said)
    return f"D-{match['year']}-{int(match['number']):04}" if match else None


async def of_member(work: UnitOfWork, actor: Actor, words: str, platform: str) -> Receipt:
    """A receipt of one's own, the newest where no number is said. Raises `UserError`: another's looks like none at all."""
    require(actor, Permission.DUES_OWN, Subject(work.branch_id, actor.member))
    mine = [each for each in await work.dues_claims.of(actor.member) if each.receipt] if actor.member is not None else []
    wanted = numbered(words)
    valid = [each for each in mine if each.state == ClaimState.CONFIRMED]
    if wanted == "":
        if not valid:
            raise UserError(NONE_YET)
        found = max(valid, key=lambda each: each.decided_at or each.at)
    else:
        asked = [each for each in mine if each.receipt == wanted]
        if not asked:
            raise UserError(NOT_YOURS)
        found = asked[0]
    if found.state != ClaimState.CONFIRMED:
        raise UserError(REVERSED(receipt=found.receipt or ""))
    others = [each.receipt or "" for each in reversed(valid) if each is not found][:_SHOWN]
    return Receipt(found, _what(work, found), await _paper(work, found, platform), tuple(others))


def _what(work: UnitOfWork, claim: Claim) -> Text:
    return told(claim.named, beijing_day(work.now)) if claim.months else KIND_NAMES[ClaimKind(claim.kind)]


async def _paper(work: UnitOfWork, claim: Claim, platform: str) -> Drawing:
    member, branch = await present(work, claim.member_id), await work.branches.get(work.branch_id)
    entries = await work.ledger.of_ref(Book.DUES.value, claim.receipt or "")
    keeper = await work.members.get(claim.decided_by) if claim.decided_by is not None else None
    confirmed = (await privacy.named(work, platform, keeper)).zh if keeper is not None else "当时的组织委员"
    day = beijing_day(claim.decided_at or claim.at)
    # The year stands on the paper for good, so months are named with it.
    what = "、".join(f"{each[:4]}年{int(each[5:])}月" for each in claim.named) if claim.months else KIND_NAMES[ClaimKind(claim.kind)].zh
    fields = [
        ("收据编号", claim.receipt or ""),
        ("交款人", member.name),
        ("项目", f"党费，{what}"),
        ("金额", f"¥{yuan(claim.fen)}"),
        ("人民币（大写）", amount_in_words(claim.fen)),
        ("确认到账", confirmed),
        ("日期", f"{day.year}年{day.month}月{day.day}日"),
        ("校验码", f"第 {entries[0].number} 笔  {entries[0].hash[:16]}" if entries else ""),
    ]
    paper = Paper("党费收据", [branch.name], fields, footer=_FOOTER)
    return drawings.sealed(work, drawings.paper(paper, f"{claim.receipt}.pdf", work.now))
