"""Writes the workbooks of this folder with openpyxl 3.1 (pip install openpyxl). All data are made up."""
import datetime
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = Path(__file__).parent
HEAD = ["机构名称", "床位数_张", "举办者", "验收合格", "受理日期", "验收日期", "开业日期", "备注"]


def save(book, name):
    """Saves without the clock's time, so that the same script writes the same cells."""
    book.properties.created = book.properties.modified = datetime.datetime(2024, 1, 1)
    book.save(HERE / name)


def rewritten(name, source, change):
    """Copies a workbook member by member; `change` gets name and bytes and returns bytes, or None to leave it out."""
    with zipfile.ZipFile(HERE / source) as old, zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            data = change(member, old.read(member))
            if data is not None:
                new.writestr(zipfile.ZipInfo(member, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


# 台账: titles, a header over two rows with cells merged downward, days, formulas, errors, rich text, hidden rows, a gap.
book = Workbook()
sheet = book.active
sheet.title = "台账"
sheet.append(["石城市养老机构台账（虚构）"])
sheet.merge_cells("A1:H1")
sheet.append(["填报单位：石城市民政局"])
sheet.append([HEAD[0], HEAD[1], HEAD[2], HEAD[3], "时间", None, None, HEAD[7]])
sheet.append([None, None, None, None, HEAD[4], HEAD[5], HEAD[6], None])
for column in "ABCDH":
    sheet.merge_cells(f"{column}3:{column}4")
sheet.merge_cells("E3:G3")
day = datetime.date
sheet.append(["甲院", 50, "企业", True, day(2024, 3, 1), day(2024, 5, 1), day(2024, 6, 1), "好"])
sheet.append(["乙院", "五十来张", "企业", False, "2024年3月1日", "不适用", None, "第一行\n第二行"])
sheet.append(["丙院", 20, "个人", "是", datetime.datetime(2024, 3, 1, 9, 30), None, None, 0.155])
sheet["H7"].number_format = "0.0%"
sheet.append(["丁院", "#N/A", "公办", "是", day(2024, 3, 1), None, None, "有\"引号\"，逗号, 分号;"])
sheet["B8"].data_type = "e"
sheet.append(["戊院", "=10*5", "企业", "是", None, None, None, "007"])
sheet.append(["己院", 50, "企业", "是", None, None, None, CellRichText("红", TextBlock(InlineFont(b=True), "字"), "备注")])
sheet.row_dimensions[10].hidden = True
sheet["A13"], sheet["B13"] = "庚院", 88
sheet["B13"].number_format = '0"张"'
sheet["H13"] = 0.1 + 0.2
sheet["A14"], sheet["B14"] = "合计", 208
sheet["C30"].number_format = "0.00"
notes = book.create_sheet("填表说明")
notes.append(["本表数据都是虚构的"])
hidden = book.create_sheet("旧表")
hidden.append(HEAD)
hidden.append(["旧院", 1])
hidden.sheet_state = "hidden"
save(book, "台账.xlsx")

# Days since 1904, with and without a format of days.
book = Workbook()
book.epoch = CALENDAR_MAC_1904
sheet = book.active
sheet.append(HEAD)
sheet.append(["甲院", 50, "企业", "是", day(2024, 3, 1), 43890, None, None])
save(book, "一九〇四.xlsx")

# Number formats as Chinese office programs write them.
book = Workbook()
sheet = book.active
sheet.append(["格式", "值"])
for code, value in [
    ("General", 1234.5), ("0.00", 1234.5), ("#,##0.00", 1234567.89), ("0%", 0.15), ("0.00%", 0.1234), ('0.00"万元"', 800),
    ('#,##0"亩"', 12.5), ("0\\亩", 12.5), ("0.00,", 1234567), ('0!.0,"万"', 8000000), ('yyyy"年"m"月"d"日"', 45352), ("yyyy-mm-dd", 45352.75),
    ("yyyy/m/d h:mm", 45352.75), ("[$-804]aaaa", 45352), ("h:mm:ss", 0.75), ("[h]:mm", 1.5), ("mm-dd-yy", 45352), ("m\"月\"", 45352),
    ("_ * #,##0.00_ ;_ * -#,##0.00_ ", 88), ('[红色]0.00;[Blue]-0.00', 88), ("@", 88), ("0.00E+00", 123456), ("# ?/?", 0.5),
    ('"¥"#,##0.00', 88), ("General\"张\"", 20), ("G/通用格式\"户\"", 20), ("0.00_);(0.00)", -88), ("上午/下午h\"时\"mm\"分\"", 0.25),
    ("General", 0.30000000000000004), ("General", 1e21), ("General", 1.5e-7), ("General", 12345678901234567890), ("yyyy-mm-dd", 60), ("yyyy-mm-dd", -1),
]:
    sheet.append([code, value])
    sheet.cell(sheet.max_row, 2).number_format = code
save(book, "格式.xlsx")

# The same with other means: texts in their cells, prefixes, single quotes, no places, days as ISO 8601, a strict workbook's types.
book = Workbook()
sheet = book.active
sheet.title = "表"
sheet.append(HEAD[:2])
save(book, "空.xlsx")
INLINE = """<?xml version='1.0' encoding='UTF-8'?>
<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData>
<x:row><x:c t='inlineStr'><x:is><x:t>机构名称</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>床位数_张</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t xml:space='preserve'>受理日期</x:t></x:is></x:c></x:row>
<x:row><x:c t='inlineStr'><x:is><x:r><x:t>甲</x:t></x:r><x:r><x:t>院</x:t></x:r><x:rPh sb='0' eb='1'><x:t>jia</x:t></x:rPh></x:is></x:c><x:c><x:v>5.0E1</x:v></x:c><x:c t='d'><x:v>2024-03-01T00:00:00Z</x:v></x:c></x:row>
<x:row><x:c t='str'><x:f>A2</x:f><x:v>乙_x000D__x4E00_院</x:v></x:c><x:c t='e'><x:v>#DIV/0!</x:v></x:c><x:c t='d'><x:v>2024-03-01T08:30:00</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""


def sheet_is(text):
    return lambda name, data: text.encode() if name.startswith("xl/worksheets/sheet") else data


rewritten("内联.xlsx", "空.xlsx", sheet_is(INLINE))

# Damage of every kind.
rewritten("坏XML.xlsx", "空.xlsx", sheet_is("<worksheet><sheetData>\n<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c"))
rewritten("有DOCTYPE.xlsx", "空.xlsx", sheet_is('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>'))
rewritten("行乱序.xlsx", "空.xlsx", sheet_is("<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>"))
rewritten("缺共享文字.xlsx", "空.xlsx", sheet_is("<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>99</v></c></row></sheetData></worksheet>"))
rewritten("缺工作表.xlsx", "空.xlsx", lambda name, data: None if name.startswith("xl/worksheets/sheet") else data)
bomb = b"<sst><si><t>" + b"a" * (65 << 20)
rewritten("炸弹.xlsx", "空.xlsx", lambda name, data: bomb if name == "xl/styles.xml" else data)
whole = (HERE / "台账.xlsx").read_bytes()
(HERE / "截断.xlsx").write_bytes(whole[: len(whole) // 2])
ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
(HERE / "旧格式.xlsx").write_bytes(ole + "Workbook".encode("utf-16-le"))
(HERE / "加密.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
with zipfile.ZipFile(HERE / "不是工作簿.xlsx", "w") as archive:
    archive.writestr(zipfile.ZipInfo("说明.txt", (2024, 1, 1, 0, 0, 0)), "不是工作簿")
