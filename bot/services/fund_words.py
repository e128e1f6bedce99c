"""Reading one amount out of what somebody typed, and saying what is wrong with it; a number is never guessed."""

from bot.errors import UserError
from bot.language.money import ImpossibleAmount, Wrong
from bot.language.pledges import Words
from bot.texts import Text

NO_AMOUNT = Text("请写上金额，比如“{example}”。", "Please give the amount, like “{example}”.")
UNCLEAR = Text(
    "“{words}”里像是有字母，数看不清，没有记。请用数字再写一次。",
    "“{words}” seems to have a letter in it; nothing is noted. Please write it in digits.",
)
SEVERAL = Text(
    "这句里有几个数，我不猜。一次写一笔，比如“{example}”。",
    "There are several numbers and I do not guess. One at a time, like “{example}”.",
)
WRONG = {
    Wrong.NEGATIVE: Text("金额不能是负数，没有记。请再写一次。", "The amount cannot be negative; nothing is noted. Please write it again."),
    Wrong.ZERO: Text("金额是 0，没有记。请再写一次。", "The amount is 0; nothing is noted. Please write it again."),
    Wrong.HUGE: Text(
        "“{words}”太大了，超过一百万元，没有记。请看看是不是多打了几个零。",
        "“{words}” is more than a million; nothing is noted. Are there too many zeros?",
    ),
    Wrong.FRACTION: Text(
        "金额最细到分，“{words}”没有记。请再写一次。", "Amounts go down to a fen; “{words}” is not noted. Please write it again."
    ),
}

NO_CODES = Text(
    "收款码和筹款链接我不发。《慈善法》第二十六、二十七条：没有公开募捐资格，不能公开募捐；码和链接一转就出了支部。内部互助可以："
    "发“认捐 A12 100”，钱当面交组织委员。",
    "I post no payment codes or links. Charity Law art. 26, 27: no public fundraising without qualification, and a code travels beyond the "
    "branch. Mutual help inside is fine: “pledge A12 100”, and hand the money to the dues keeper.",
)
"""Why no payment codes and no links of public appeals: also said where an announcement carries one."""


def one_amount(words: Words, example: Text) -> int:
    """The one amount in fen. Raises `UserError` for none, several or one that cannot be paid."""
    if words.unclear:
        raise UserError(UNCLEAR(words=words.unclear[:20]))
    if not words.amounts:
        raise UserError(NO_AMOUNT(example=example))
    if len(words.amounts) > 1:
        raise UserError(SEVERAL(example=example))
    try:
        return words.amounts[0].fen
    except ImpossibleAmount as error:
        raise UserError(
            WRONG[error.why](words=error.words[:20]) if error.why in {Wrong.HUGE, Wrong.FRACTION} else WRONG[error.why]
        ) from error
