import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.names import is_name, latin, names


@pytest.mark.parametrize("name", ["鲍子龙", "王芳", "欧阳娜娜", "阿依古丽·买买提", "阿依古丽•买买提", "Bao Zilong", "O'Neil"])
def test_a_name_looks_like_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text", ["", "王", "一二三四五六七", "12345", "B", "王3", "Bao子龙", "x" * 41, "·", "Bao  1", "鲍子龙" + " " * 80 + "来了"]
)
def test_other_text_does_not(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("张三,李四，王五", ["张三", "李四", "王五"]),
        ("张三、李四；王五 赵六", ["张三", "李四", "王五", "赵六"]),
        ("姓名\n1.张三\n2、李四\n③王五", ["张三", "李四", "王五"]),
        ("党员名单：张三 李四\n", ["张三", "李四"]),
        ("序号 姓名\n1 张三\n2 李四", ["张三", "李四"]),
        ("张　三\n李四四", ["张三", "李四四"]),
        ("张三\r\n张三\n李四", ["张三", "李四"]),
        ("Bao Zilong\nLi Na", ["Bao Zilong", "Li Na"]),
        ("(1)张三(2)李四", ["张三", "李四"]),
        ("- 张三\n- 李四\n- 123", ["张三", "李四"]),
        ("一、张三\n二、李四", ["张三", "李四"]),
        ("", []),
    ],
)
def test_a_pasted_list_gives_its_names_once_in_order(pasted: str, found: list[str]) -> None:
    assert names(pasted) == found


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("鲍子龙", "Bao Zilong"),
        ("欧阳修", "Ouyang Xiu"),
        ("司马光", "Sima Guang"),
        ("诸葛亮", "Zhuge Liang"),
        ("单田芳", "Shan Tianfang"),
        ("仇英", "Qiu Ying"),
        ("曾国藩", "Zeng Guofan"),
        ("解晓东", "Xie Xiaodong"),
        ("区志明", "Ou Zhiming"),
        ("尉迟恭", "Yuchi Gong"),
        ("李安安", "Li An'an"),
        ("吕布", "Lyu Bu"),
        ("阿依古丽·买买提", "Ayiguli Maimaiti"),
        ("王", "Wang"),
        ("Bao Zilong", "Bao Zilong"),
    ],
)
def test_a_name_is_written_in_pinyin_family_name_first(name: str, written: str) -> None:
    assert latin(name) == written


@given(
    st.lists(st.text("赵钱孙周吴郑冯陈蒋沈韩杨朱秦许何施张孔曹严华", min_size=2, max_size=4), max_size=8, unique=True),
    st.sampled_from(["\n", "、", "，", ", ", "；", "\n1. "]),
)
def test_any_separator_gives_the_same_names(people: list[str], separator: str) -> None:
    assert names(separator.join(people)) == people


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    assert len(set(names(text))) == len(names(text))
    is_name(text)
    latin(text)


def test_telephone_numbers_and_remarks_beside_names_are_dropped() -> None:
    assert names("名单如下：赵一\n2、钱二（江苏）\n3、孙三 13800000000\n李四(组长) 139-0000-0000、周五") == [
        "赵一",
        "钱二",
        "孙三",
        "李四",
        "周五",
    ]
