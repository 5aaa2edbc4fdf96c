"""The workload: twelve rules over one project, and its records as arrays of positions, days and yuan; -1 is missing."""

import numpy
import polars

COUNTIES = ["右玉县", "怀仁市", "应县", "山阴县", "平鲁区", "朔城区", "其他县"]
KINDS = ["生态旅游康养基地", "乡村旅游康养度假区", "医养综合体", "旅居村", "敬老院", "康复中心", "老年公寓", "其他项目"]
INVESTORS = ["社会资本", "国有企业", "集体组织", "外商", "其他主体"]
LAND_USES = ["集体建设用地", "划拨用地", "出让用地", "租赁用地", "先租后让", "点状供地", "其他用地"]
LEVELS = ["一级", "二级", "三级"]
LAST_DAY = 20453  # 2025-12-31 in days since 1970-01-01
LARGE = 300_000_000

# The field of each column of the table, in order, and how its cells are read.
FIELDS = [
    ("investment", "备案总投资_万元", "wan"),
    ("county", "所在县区", COUNTIES),
    ("kind", "项目种类", KINDS),
    ("leads", "龙头企业", "truth"),
    ("has_loan", "有银行贷款", "truth"),
    ("compliant", "贷款合规", "truth"),
    ("planning", "符合国土空间规划", "truth"),
    ("is_hospital", "是医院", "truth"),
    ("investor", "投资主体", INVESTORS),
    ("land_use", "用地方式", LAND_USES),
    ("built", "建成日期", "date"),
    ("level", "医院等级", LEVELS),
]


def read_typed(path):
    """The table at a path as a polars frame of integers with nulls, read strictly."""
    frame = polars.scan_csv(path, schema_overrides={"备案总投资_万元": polars.Int64, "建成日期": polars.Date})
    columns = []
    for name, header, form in FIELDS:
        column = polars.col(header)
        if form == "wan":
            column = column * 10_000
        elif form == "truth":
            column = column.replace_strict(["是", "否"], [1, 0], return_dtype=polars.Int8)
        elif form == "date":
            column = column.cast(polars.Int32)
        else:
            column = column.replace_strict(form, list(range(len(form))), return_dtype=polars.Int8)
        columns.append(column.alias(name))
    return frame.select(columns)


def arrays(frame):
    """The columns of a frame as numpy arrays, -1 where a value is missing."""
    return {name: numpy.ascontiguousarray(frame[name].fill_null(-1).to_numpy()) for name, _, _ in FIELDS}


def polars_rules():
    """The rules as polars expressions; null is unknown."""
    c = polars.col
    large = c("investment") >= LARGE
    r8 = (c("investor") == 0) & (c("built") <= LAST_DAY)
    r9 = (c("investor") == 0) & (c("has_loan") == 1) & (c("compliant") == 1)
    kind = c("kind")
    place = (
        (c("county").is_in([0, 1, 2]) & (kind == 0))
        | (c("county").is_in([3, 4]) & (kind == 1))
        | ((c("county") == 5) & kind.is_in([2, 3]))
    )
    rules = [
        large, large & ((c("leads") == 1) | kind.is_in([0, 1])), polars.lit(True), c("planning") == 1,
        c("land_use") == 0, large, c("land_use") <= 4, r8, r9, r8 | r9, place,
        (c("is_hospital") == 1) & (c("level") >= 1),
    ]
    return [rule.alias(f"r{number + 1}") for number, rule in enumerate(rules)]


def sql_rules():
    """The rules as SQL; NULL is unknown."""
    large = f"investment >= {LARGE}"
    r8 = f"(investor = 0 AND built <= {LAST_DAY})"
    r9 = "(investor = 0 AND has_loan = 1 AND compliant = 1)"
    return [
        large, f"{large} AND (leads = 1 OR kind IN (0, 1))", "TRUE", "planning = 1", "land_use = 0", large,
        "land_use <= 4", r8, r9, f"{r8} OR {r9}",
        "(county IN (0, 1, 2) AND kind = 0) OR (county IN (3, 4) AND kind = 1) OR (county = 5 AND kind IN (2, 3))",
        "is_hospital = 1 AND level >= 1",
    ]


def numpy_rules(a):
    """The rules over complete arrays."""
    large = a["investment"] >= LARGE
    social = a["investor"] == 0
    r8 = social & (a["built"] <= LAST_DAY)
    r9 = social & (a["has_loan"] == 1) & (a["compliant"] == 1)
    county, kind = a["county"], a["kind"]
    place = (
        ((county <= 2) & (kind == 0)) | (((county == 3) | (county == 4)) & (kind == 1))
        | ((county == 5) & ((kind == 2) | (kind == 3)))
    )
    return [
        large, large & ((a["leads"] == 1) | (kind <= 1)), numpy.ones(len(large), bool), a["planning"] == 1,
        a["land_use"] == 0, large, a["land_use"] <= 4, r8, r9, r8 | r9, place,
        (a["is_hospital"] == 1) & (a["level"] >= 1),
    ]


def numpy_rules_missing(a):
    """The rules over arrays with missing values, as pairs of known and yes."""

    def test(name, holds):
        known = a[name] >= 0
        return known, known & holds

    def both(one, two):
        no = (one[0] & ~one[1]) | (two[0] & ~two[1])
        return no | (one[0] & two[0]), one[1] & two[1]

    def either(one, two):
        yes = one[1] | two[1]
        return yes | (one[0] & two[0]), yes

    large = test("investment", a["investment"] >= LARGE)
    social = test("investor", a["investor"] == 0)
    r8 = both(social, test("built", a["built"] <= LAST_DAY))
    r9 = both(both(social, test("has_loan", a["has_loan"] == 1)), test("compliant", a["compliant"] == 1))
    county, kind = a["county"], a["kind"]
    place = either(
        either(both(test("county", county <= 2), test("kind", kind == 0)),
               both(test("county", (county == 3) | (county == 4)), test("kind", kind == 1))),
        both(test("county", county == 5), test("kind", (kind == 2) | (kind == 3))))
    always = numpy.ones(len(county), bool)
    return [
        large, both(large, either(test("leads", a["leads"] == 1), test("kind", kind <= 1))), (always, always),
        test("planning", a["planning"] == 1), test("land_use", a["land_use"] == 0), large,
        test("land_use", a["land_use"] <= 4), r8, r9, either(r8, r9), place,
        both(test("is_hospital", a["is_hospital"] == 1), test("level", a["level"] >= 1)),
    ]
