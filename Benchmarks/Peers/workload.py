"""The workload: twelve rules over one project, and its records as arrays of positions, days and yuan; -1 is missing."""

import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy  # noqa: E402
import polars  # noqa: E402

COUNTIES = ["右玉县", "怀仁市", "应县", "山阴县", "平鲁区", "朔城区", "其他县"]
KINDS = ["生态旅游康养基地", "乡村旅游康养度假区", "医养综合体", "旅居村", "敬老院", "康复中心", "老年公寓", "其他项目"]
INVESTORS = ["社会资本", "国有企业", "集体组织", "外商", "其他主体"]
LAND_USES = ["集体建设用地", "划拨用地", "出让用地", "租赁用地", "先租后让", "点状供地", "其他用地"]
LEVELS = ["一级", "二级", "三级"]
LAST_DAY = 20453  # 2025-12-31 in days since 1970-01-01
LARGE = 300_000_000
SAMPLE = 1000  # projects that every engine's answers are checked for
LARGE_PROJECT = {"investment": 500_000_000, "county": 2, "kind": 0, "leads": 1, "built": 19_000, "investor": 0}

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


NAMES = [name for name, _, _ in FIELDS]


class Records:
    """One table, complete or with missing values, and the program's answers for its first projects."""

    def __init__(self, kind, folder):
        self.path = os.path.join(folder, kind + ".csv")
        self.kind = kind
        with open(os.path.join(folder, kind + ".txt")) as file:
            self.wanted = file.read().split()
        self.frame = read_typed(self.path).collect()
        self.arrays = arrays(self.frame)
        rows = self.frame.head(SAMPLE).iter_rows()
        # The first projects, without what they lack.
        self.projects = [{name: value for name, value in zip(NAMES, row) if value is not None} for row in rows]

    def check(self, engine, found):
        """Ends the run where an engine's answers for the sample are not the program's."""
        for row, (one, two) in enumerate(zip(found, self.wanted)):
            if one != two:
                sys.exit(f"{engine}: project {row} of {self.path} is answered {one}, should be {two}")
        if len(found) != len(self.wanted):
            sys.exit(f"{engine}: {len(found)} answers of {len(self.wanted)}")


class Work:
    """Both tables, and a folder for what engines need."""

    def __init__(self, folder):
        self.folder = folder
        self.complete, self.missing = Records("complete", folder), Records("missing", folder)
        self.both = (self.complete, self.missing)


def text_of(known, yes):
    """Twelve answers, bits of two masks, as y, n and ?."""
    return "".join("?" if not known >> i & 1 else "y" if yes >> i & 1 else "n" for i in range(12))


def text_of_row(row):
    """The same of True, False and None."""
    return "".join("?" if value is None else "y" if value else "n" for value in row)


def text_of_sets(yes, no):
    """The same of the numbers of the rules that are answered yes and no."""
    return "".join("y" if number in yes else "n" if number in no else "?" for number in range(1, 13))


def texts_of_columns(columns):
    """The same for the first projects of twelve columns."""
    return [text_of_row([column[row] for column in columns]) for row in range(SAMPLE)]


def spent(body):
    """The processor time of a call in nanoseconds."""
    start = time.process_time_ns()
    body()
    return time.process_time_ns() - start


def per_project(ask, projects):
    """A function that asks about each project once, for the nanoseconds of one."""
    return lambda: spent(lambda: [ask(project) for project in projects]) / len(projects)


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
