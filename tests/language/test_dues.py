"""What is understood of dues, and what is left alone."""

from decimal import Decimal

import pytest

from bot.language import dues

READERS = {each.__name__: each for each in (dues.query, dues.how, dues.why, dues.calculates, dues.paid, dues.for_other, dues.less)}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("党费", "query"),
        ("dangfei duoshao", "query"),
        ("党费多少", "query"),
        ("我还欠多少党费", "query"),
        ("我党费交到几月了", "query"),
        ("这个月党费交了没", "query"),
        ("查一下我的党费", None),
        ("我欠多少", "query"),
        ("我欠多少党费啊", "query"),
        ("还要交多少钱", "query"),
        ("党费多少钱一个月", "query"),
        ("怎么欠的？", "query"),
        ("欠费", "query"),
        ("党费交到哪个月了", "query"),
        ("how much do I owe", "query"),
        ("why do I owe?", "query"),
        ("我欠你多少", None),
        ("他欠多少", None),
        ("还要交多少作业", None),
        ("凭啥是20", "why"),
        ("为什么我要交20", "why"),
        ("凭什么每个月交20块？", "why"),
        ("为什么交这么多", "why"),
        ("凭啥要3个人", None),
        ("为什么是你", None),
        ("交党费", "how"),
        ("我想交党费", "how"),
        ("我想交电费", None),
        ("my dues", "query"),
        ("我每个月要交多少党费", "query"),
        ("我欠了几个月党费", "query"),
        ("党费收据", "query"),
        ("what do i owe in dues", "query"),
        ("党费交给谁", "how"),
        ("dangfei zenme jiao", "how"),
        ("交党费30", "paid"),
        ("交党费 10月11月一共40", "paid"),
        ("交党费的有10个人", None),
        ("交党费需要10分钟", None),
        ("交了", "paid"),
        ("我交了", "paid"),
        ("交了吗", None),
        ("打了", None),
        ("交作业了", None),
        ("交了12月的", "paid"),
        ("交了10月和11月的党费", "paid"),
        ("交了12月的房租", None),
        ("交10月的", None),
        ("去年12月的交了", "paid"),
        ("两个月一起交了", "paid"),
        ("已交两个月", "paid"),
        ("三个月没交了", None),
        ("我交了三个月房租", None),
        ("周海还没交呢", None),
        ("两个月的党费转给赵国强了", "paid"),
        ("他把党费转给书记了", None),
        ("党费转给谁了", "how"),
        ("党费能缓交吗", "less"),
        ("I paid 20 for March", "paid"),
        ("把上半年的党费120交了", "paid"),
        ("补缴1月2月党费40", "paid"),
        ("我爸帮我交了党费60，1到3月", "paid"),
        ("帮李小山代交3月党费20元", "for_other"),
        ("他们都交党费了", None),
        ("老张交党费了吗", None),
        ("通知：请大家按时交党费", None),
        ("工会会费交了20", None),
        ("今天党员活动交党费", None),
        ("档费怎么交啊", "how"),
        ("还没交党费，怎么交", "how"),
        ("怎么交党费", "how"),
        ("how do i pay my dues", "how"),
        ("税后六千党费多少", "calculates"),
        ("工资3000交多少", "calculates"),
        ("下岗了还要交吗", "calculates"),
        ("年薪三十万，这个月没发", "calculates"),
        ("退休金五千二要交多少", "calculates"),
        ("农民交多少党费", "calculates"),
        ("大学生要交党费吗", "calculates"),
        ("3月党费20已转", "paid"),
        ("三月份党费二十块转过去了", "paid"),
        ("补去年6月到现在的党费", "paid"),
        ("老婆替我交的党费，25", "paid"),
        ("老公帮我交了党费", "paid"),
        ("自愿多交1500元党费", "paid"),
        ("国庆节回来把全年党费一起交", "paid"),
        ("一二三月一起交了60", "paid"),
        ("已交 60 一月到三月", "paid"),
        ("我交党费了", "paid"),
        ("i paid my dues 60 jan-mar", "paid"),
        ("替周海已交 20 三月", "for_other"),
        ("帮周海交了党费20", "for_other"),
        ("paid for Zhou Hai 20 march", "for_other"),
        ("我失业半年了，想少交点党费", "less"),
        ("能不能少交点党费", "less"),
        ("党费交不起了", "less"),
        ("申请减免", "less"),
        ("党费的事回头再说", None),
        ("我捐过了", None),
        ("我捐200", None),
        ("今天真冷", None),
        ("我老婆在深圳", None),
        ("谁还没交党费", None),
        ("他党费交了", None),
        ("你们党费交了吗", None),
        ("3月交了300块水电费", None),
        ("交了300块", None),
        ("给孩子交了学费3000", None),
        ("替我交了", None),
        ("工资多少", None),
        ("工资3000", None),
        ("工资3000租房多少", None),
        ("我明天交党费", None),
        ("3月工资3000发了", None),
        ("党费涨了", None),
        ("钱已经转给书记了", None),
        ("帮他交了吗", None),
        ("党费" * 60, None),
    ],
)
def test_a_sentence_means_one_thing_or_nothing(text: str, meant: str | None) -> None:
    assert [name for name, reads in READERS.items() if reads(text) is not None] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("text", "category", "base", "before"),
    [
        ("税后六千党费多少", "salaried", Decimal(6000), False),
        ("税前八千要交多少党费", "salaried", Decimal(8000), True),
        ("工资3000交多少", "salaried", Decimal(3000), None),
        ("年薪三十万，这个月没发", "annual_salary", Decimal(0), None),
        ("退休金五千二要交多少", "retired", Decimal(5200), None),
        ("下岗了还要交吗", "laid_off", None, None),
        ("低保户交多少", "dibao", None, None),
        ("领抚恤金的交多少", "relief", None, None),
        ("开店的上季度收入18000交多少党费", "self_employed", Decimal(18000), None),
        ("6000", "salaried", Decimal(6000), None),
    ],
)
def test_what_is_to_be_worked_out(text: str, category: str, base: Decimal | None, before: bool | None) -> None:
    found = dues.calculation(text)
    assert (found.category, found.base, found.before_tax) == (category, base, before)


def test_a_quarter_and_a_month_are_told_apart() -> None:
    assert dues.of_quarter("开店的上季度收入18000交多少党费")
    assert not dues.of_quarter("开店的月均6000")
    assert dues.of_this_month("年薪制，这个月发了两万")
    assert not dues.of_this_month("年薪三十万")


def test_who_paid_and_for_whom() -> None:
    assert dues.by_relative("老婆替我交的党费，25")
    assert not dues.by_relative("已交 25 三月")
    assert dues.other("替周海同志已交 20 三月") == ("周海", " 20 三月")
    assert dues.other("已交 20 三月") is None
    assert dues.voluntary("自愿多交1500元党费")
    assert not dues.voluntary("已交 20 三月")


def test_what_is_only_meant_for_later_is_told_from_what_was_done() -> None:
    assert dues.only_meant("补去年6月到现在的党费")
    assert dues.only_meant("国庆节回来把全年党费一起交")
    assert not dues.only_meant("已交全年党费240")
    assert not dues.only_meant("补交了去年6月的党费 20")


def test_categories_by_their_words() -> None:
    assert [dues.category(word) for word in ("在职", "农民", "Retired", "老板")] == ["salaried", "farmer", "retired", None]
