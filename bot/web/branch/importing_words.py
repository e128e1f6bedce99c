"""What stands on the pages of importing."""

from bot.texts import Text

TITLE = Text("导入名册", "Import members")
NOTE = Text(
    "Excel（xlsx、xls、ods）或 CSV，十兆、两万行以内。表头有“姓名”就行，列的先后不论。身份证号、住址不读不留，公式和宏不看，文件本身不存。",
    "A workbook (xlsx, xls, ods) or CSV of at most 10 MB and 20,000 rows, columns in any order; one is the name (姓名). Identity numbers "
    "and streets are neither read nor kept, formulas and macros not looked at, and the file is not stored.",
)
FILE = Text("文件", "File")
LOOK = Text("看预览", "See the preview")
NOTHING_YET = Text("先给预览，您说导才导。", "You see a preview first; nothing is imported before you say so.")
NO_FILE = Text("请先选一个文件。", "Please choose a file first.")
LATELY = Text("七天内的导入", "Imports of the last seven days")
ONE = Text("{day} {name}：新增 {made}，改 {changed}", "{day} {name}: {made} new, {changed} changed")
PASTED = Text("聊天里贴的", "pasted into the chat")
UNDO = Text("撤销这次导入", "Undo this import")
WAS_UNDONE = Text("已撤销", "undone")
TAKEN = Text(
    "导好了：新增 {made} 人，改了 {changed} 人，有问题没导的 {skipped} 行。",
    "Imported: {made} new, {changed} changed, {skipped} faulty rows left out.",
)
TITLE_PREVIEW = Text("导入预览", "What would be imported")
COUNTS = Text(
    "{name}：共 {count} 行。新增 {new}，改 {changed}，没变 {same}，有问题 {faulty}。还没有导。",
    "{name}: {count} rows. {new} new, {changed} changed, {same} the same, {faulty} faulty. Nothing is imported yet.",
)
TAKE = Text("导入", "Import")
ALL = Text("全部能导的（{count} 行）", "All that can be ({count} rows)")
SOME = Text("只导这几行", "Only these rows")
SOME_HOW = Text("行号和 Excel 里一样，比如：2-20 25", "Row numbers as in Excel, such as 2-20 25")
NOTHING_GOOD = Text("没有能导的行。", "There is no row to import.")
FAULTY = Text("有问题的，不导", "Faulty, left out")
GOOD = Text("会导入的", "What would be imported")
ROW, NAME, PROBLEM, WHAT = Text("行", "Row"), Text("姓名", "Name"), Text("问题", "What is wrong"), Text("改什么", "What changes")
MORE = Text("另有 {count} 行没有列出，一样会导。", "{count} more are not listed and would be imported as well.")
AGAIN = Text("换一个文件", "Another file")
