"""Measures the twelve rules side by side with other engines; every peer's answers are checked against the program's before it is timed.

Usage: run.py TIAOLI-BENCH TIAOLI FOLDER [COUNT [ROUNDS]]
The rounds are interleaved: each engine once in every round. Figures are medians, of processor time.
"""

import ctypes
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy  # noqa: E402
import polars  # noqa: E402
import rules  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
BENCH, TIAOLI, FOLDER = sys.argv[1:4]
COUNT = int(sys.argv[4]) if len(sys.argv) > 4 else 1_000_000
ROUNDS = int(sys.argv[5]) if len(sys.argv) > 5 else 5
SAMPLE = 1000
NAMES = [name for name, _, _ in rules.FIELDS]


def check(engine, found, expected):
    """Ends the run where an engine's answers for the sample are not the program's."""
    for row, (one, two) in enumerate(zip(found, expected)):
        if one != two:
            sys.exit(f"{engine}: project {row} is answered {one}, should be {two}")
    if len(found) < len(expected):
        sys.exit(f"{engine}: {len(found)} answers of {len(expected)}")


def text_of(known, yes):
    """Twelve answers as y, n and ?."""
    return "".join("?" if not known >> i & 1 else "y" if yes >> i & 1 else "n" for i in range(12))


def text_of_columns(columns, row):
    """The same of twelve columns of True, False and None."""
    return "".join("?" if c[row] is None else "y" if c[row] else "n" for c in columns)


class C:
    """The rules by hand in C: the limit."""

    def __init__(self):
        library = os.path.join(FOLDER, "limit.so")
        subprocess.run(
            ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "limit.c")], check=True)
        self.library = ctypes.CDLL(library)
        self.library.decide_one.restype = ctypes.c_int64

    def columns(self, a):
        order = ["investment", "county", "kind", "leads", "investor", "has_loan", "compliant", "planning", "land_use",
                 "is_hospital", "level", "built"]
        return (ctypes.c_void_p * len(order))(*[a[name].ctypes.data for name in order])

    def batch(self, a, missing):
        count = len(a["county"])
        known, yes = numpy.zeros(count, numpy.uint16), numpy.zeros(count, numpy.uint16)
        pointers, n = self.columns(a), ctypes.c_int64(count)
        if missing:
            return lambda: self.library.decide_missing(
                pointers, n, known.ctypes.data_as(ctypes.c_void_p), yes.ctypes.data_as(ctypes.c_void_p)) and None or (known, yes)
        known[:] = 0xFFF
        return lambda: self.library.decide(pointers, n, yes.ctypes.data_as(ctypes.c_void_p)) and None or (known, yes)

    def one(self, a):
        pointers, times = self.columns(a), 2_000_000
        start = time.process_time_ns()
        self.library.decide_one(pointers, ctypes.c_int64(SAMPLE), ctypes.c_int64(times))
        return (time.process_time_ns() - start) / times


def spent(body):
    """The processor time of a call in nanoseconds."""
    start = time.process_time_ns()
    body()
    return time.process_time_ns() - start


def batches(frames, data, expected):
    """For each engine and each of complete and missing: a function that answers all projects."""
    engines = {}
    limit = C()
    for kind in ("complete", "missing"):
        missing, frame, a, wanted = kind == "missing", frames[kind], data[kind], expected[kind]
        body = limit.batch(a, missing)
        known, yes = body()
        check("C", [text_of(int(known[i]), int(yes[i])) for i in range(SAMPLE)], wanted)
        engines["C, by hand", kind] = body

        body = lambda frame=frame: frame.select(rules.polars_rules())
        columns = [c.to_list() if len(c) > 1 else c.to_list() * SAMPLE for c in body().head(SAMPLE).get_columns()]
        check("polars", [text_of_columns(columns, i) for i in range(SAMPLE)], wanted)
        engines["polars", kind] = body

        body = (lambda a=a: rules.numpy_rules_missing(a)) if missing else (lambda a=a: rules.numpy_rules(a))
        found = body()
        if missing:
            columns = [[bool(y[i]) if k[i] else None for i in range(SAMPLE)] for k, y in found]
        else:
            columns = [[bool(c[i]) for i in range(SAMPLE)] for c in found]
        check("numpy", [text_of_columns(columns, i) for i in range(SAMPLE)], wanted)
        engines["numpy", kind] = body
        engines["DuckDB", kind] = duck(frame, wanted)
        engines["SQLite", kind] = lite(frame, wanted)
    return limit, engines


def duck(frame, wanted):
    import duckdb

    connection = duckdb.connect(config={"threads": 1})
    connection.register("frame", frame.to_arrow())
    connection.execute("CREATE TABLE projects AS SELECT * FROM frame")
    select = ", ".join(f"({rule}) AS r{i}" for i, rule in enumerate(rules.sql_rules()))
    found = connection.execute(f"SELECT {select} FROM projects LIMIT {SAMPLE}").fetchall()
    check("DuckDB", [text_of_columns([[v] for v in row], 0) for row in found], wanted)
    return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS SELECT {select} FROM projects")


def lite(frame, wanted):
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE projects ({', '.join(NAMES)})")
    part = frame.head(200_000)
    connection.executemany(f"INSERT INTO projects VALUES ({', '.join('?' * len(NAMES))})", part.iter_rows())
    select = ", ".join(f"({rule}) AS r{i}" for i, rule in enumerate(rules.sql_rules()))
    found = connection.execute(f"SELECT {select} FROM projects LIMIT {SAMPLE}").fetchall()
    check("SQLite", [text_of_columns([[v] for v in row], 0) for row in found], wanted)
    sums = ", ".join(f"sum({rule})" for rule in rules.sql_rules())
    body = lambda: connection.execute(f"SELECT {sums} FROM projects").fetchall()
    # A part of the projects, and the time as for all.
    body.scale = len(frame) / len(part)
    return body


def tables(paths, expected):
    """For each engine: from a CSV file to twelve answers in memory."""
    import duckdb

    engines = {}
    for kind, path in paths.items():
        body = lambda path=path: rules.read_typed(path).select(rules.polars_rules()).collect()
        engines["polars", kind] = body
        connection = duckdb.connect(config={"threads": 1})
        cells = []
        for name, header, form in rules.FIELDS:
            if form == "wan":
                cells.append(f'"{header}" * 10000 AS {name}')
            elif form == "truth":
                cells.append(f"CASE \"{header}\" WHEN '是' THEN 1 WHEN '否' THEN 0 END AS {name}")
            elif form == "date":
                cells.append(f"\"{header}\" - DATE '1970-01-01' AS {name}")
            else:
                whens = " ".join(f"WHEN '{value}' THEN {i}" for i, value in enumerate(form))
                cells.append(f'CASE "{header}" {whens} END AS {name}')
        types = {"备案总投资_万元": "BIGINT", "建成日期": "DATE"}
        struct = ", ".join(
            f"'{header}': '{types.get(header, 'VARCHAR')}'" for header in header_of(path))
        source = f"(SELECT {', '.join(cells)} FROM read_csv('{path}', header = true, columns = {{{struct}}}))"
        select = ", ".join(f"({rule}) AS r{i}" for i, rule in enumerate(rules.sql_rules()))
        found = connection.execute(f"SELECT {select} FROM {source} LIMIT {SAMPLE}").fetchall()
        check("DuckDB of CSV", [text_of_columns([[v] for v in row], 0) for row in found], expected[kind])
        engines["DuckDB", kind] = lambda c=connection, source=source, select=select: c.execute(
            f"CREATE OR REPLACE TEMP TABLE answers AS SELECT {select} FROM {source}")
    return engines


def header_of(path):
    with open(path, encoding="utf-8") as file:
        return file.readline().strip().split(",")


def ones(limit, frames, data, expected):
    """For each engine: the time of the twelve answers for one project, complete, in nanoseconds."""
    records = [dict(zip(NAMES, row)) for row in frames["complete"].head(SAMPLE).iter_rows()]
    wanted = expected["complete"]
    engines = {"C, by hand": lambda: limit.one(data["complete"])}

    import cel

    kinds = ["large", "large && (leads == 1 || kind in [0, 1])", "true", "planning == 1", "land_use == 0", "large",
             "land_use <= 4", "r8", "r9", "r8 || r9",
             "(county <= 2 && kind == 0) || (county in [3, 4] && kind == 1) || (county == 5 && kind in [2, 3])",
             "is_hospital == 1 && level >= 1"]
    parts = {"large": f"(investment >= {rules.LARGE})", "r8": f"(investor == 0 && built <= {rules.LAST_DAY})",
             "r9": "(investor == 0 && has_loan == 1 && compliant == 1)"}
    for name, part in parts.items():
        kinds = [kind.replace(name, part) for kind in kinds]
    programs = [cel.compile(kind) for kind in kinds]
    check("CEL", ["".join("y" if p.execute(r) else "n" for p in programs) for r in records[:200]], wanted[:200])
    engines["CEL (Rust, from Python)"] = lambda: spent(
        lambda: [p.execute(r) for r in records for p in programs]) / SAMPLE

    connection = sqlite3.connect(":memory:")
    query = "SELECT " + ", ".join(rules.sql_rules())
    for name in NAMES:
        query = query.replace(name, f":{name}")
    check("SQLite", [text_of_columns([[v] for v in connection.execute(query, r).fetchone()], 0) for r in records], wanted)
    engines["SQLite, prepared"] = lambda: spent(
        lambda: [connection.execute(query, r).fetchone() for r in records]) / SAMPLE

    if shutil.which("swipl"):
        engines["SWI-Prolog"] = prolog(records, wanted)
    engines["Cedar (cedarpy)"] = cedar(records, wanted)
    return engines


def prolog(records, wanted):
    order = ["investment", "county", "kind", "leads", "investor", "has_loan", "compliant", "planning", "land_use", "built",
             "is_hospital", "level"]
    path = os.path.join(FOLDER, "projects.pl")
    with open(path, "w") as file:
        for record in records:
            file.write(f"project(p({','.join(str(record[name]) for name in order)})).\n")

    def run(times):
        out = subprocess.run(
            ["swipl", "-O", "-q", "-g", f"measure({times})", "-t", "halt", os.path.join(HERE, "rules.pl"), path],
            capture_output=True, text=True, check=True).stdout.split("\n")
        return out[0].split(), float(out[1])

    masks, _ = run(1)
    check("SWI-Prolog", [text_of(0xFFF, int(mask)) for mask in masks], wanted)
    return lambda: run(100)[1]


def cedar(records, wanted):
    import cedarpy

    conditions = [
        "large", "large && (context.leads == 1 || [0, 1].contains(context.kind))", "true", "context.planning == 1",
        "context.land_use == 0", "large", "context.land_use <= 4", "r8", "r9", "r8 || r9",
        "(context.county <= 2 && context.kind == 0) || ([3, 4].contains(context.county) && context.kind == 1)"
        " || (context.county == 5 && [2, 3].contains(context.kind))",
        "context.is_hospital == 1 && context.level >= 1"]
    parts = {"large": f"(context.investment >= {rules.LARGE})",
             "r8": f"(context.investor == 0 && context.built <= {rules.LAST_DAY})",
             "r9": "(context.investor == 0 && context.has_loan == 1 && context.compliant == 1)"}
    for name, part in parts.items():
        conditions = [c.replace(name, part) if name != "large" else c.replace("large", part) for c in conditions]
    policies = "\n".join(
        f'permit (principal, action == Action::"r{i}", resource) when {{ {c} }};' for i, c in enumerate(conditions))
    compiled = cedarpy.PolicySet.from_str(policies) if hasattr(cedarpy.PolicySet, "from_str") else policies

    def ask(record, i):
        request = {"principal": 'P::"p"', "action": f'Action::"r{i}"', "resource": 'R::"r"', "context": record}
        return cedarpy.is_authorized(request, compiled, []).allowed

    check("Cedar", ["".join("y" if ask(r, i) else "n" for i in range(12)) for r in records[:100]], wanted[:100])
    return lambda: spent(lambda: [ask(r, i) for r in records[:100] for i in range(12)]) / 100


def own_round():
    """One round of the program itself: name and nanoseconds."""
    out = subprocess.run([BENCH, "peers", str(COUNT), FOLDER], capture_output=True, text=True, check=True).stdout
    figures = {name: float(value) for name, value in (line.split("\t") for line in out.splitlines() if "\t" in line)}
    for line in subprocess.run([BENCH, "decide", "12"], capture_output=True, text=True, check=True).stdout.splitlines():
        words = line.split("\t")
        if words[0] == "decide":
            figures["one-" + words[2] + "-" + words[3]] = float(words[4])
    return figures


def growth():
    """For each engine the times in microseconds of asking 12 … 12 000 rules about one complete project, and of loading them in milliseconds."""
    import cel

    found = {}
    for line in subprocess.run([BENCH, "decide", "12000"], capture_output=True, text=True, check=True).stdout.splitlines():
        words = line.split("\t")
        if words[0] == "rules":
            engine = {"ask": "条理, which may hold", "scan": "条理, without its index", "load": "条理, loading"}[words[3]]
            found.setdefault(engine, {})[int(words[2])] = float(words[4]) / (1 if words[3] == "load" else 1000)
    record = {"investment": 500_000_000, "county": 2, "kind": 0, "leads": 1, "built": 19_000, "investor": 0}
    for count in (12, 120, 1200, 12000):
        start = time.process_time_ns()
        programs = [
            cel.compile(f"investment >= {rules.LARGE + i} && (leads == 1 || kind in [0, {i % 8}]) && county == {i % 7}")
            for i in range(count)]
        found.setdefault("CEL, loading", {})[count] = (time.process_time_ns() - start) / 1e6
        rounds = max(1, 2400 // count)
        time_of = spent(lambda: [p.execute(record) for _ in range(rounds) for p in programs]) / rounds / 1000
        found.setdefault("CEL (Rust, from Python)", {})[count] = time_of
        if shutil.which("swipl"):
            path = os.path.join(FOLDER, f"many{count}.pl")
            with open(path, "w") as file:
                for i in range(count):
                    file.write(f"m({i}, I, C, K, L) :- I >= {rules.LARGE + i}, ( L =:= 1 -> true ; K =:= {i % 8} ), C =:= {i % 7}.\n")
                file.write("ask(N) :- aggregate_all(count, m(_, 500000000, 2, 0, 1), N).\n")
                file.write("measure(T) :- statistics(cputime, A), forall(between(1, T, _), ask(_)), statistics(cputime, B), "
                           "X is (B - A) * 1.0e6 / T, format(\"~4f~n\", [X]).\n")
            out = subprocess.run(["swipl", "-O", "-q", "-g", f"measure({rounds * 20})", "-t", "halt", path],
                                 capture_output=True, text=True, check=True).stdout
            found.setdefault("SWI-Prolog", {})[count] = float(out)
    return found


def process(command):
    """The time of a whole process on the wall, in milliseconds; spawned, so that this one's memory isn't copied."""
    path = shutil.which(command[0])
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    start = time.perf_counter_ns()
    _, status = os.waitpid(os.posix_spawn(path, command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}")
    return (time.perf_counter_ns() - start) / 1e6


def main():
    os.makedirs(FOLDER, exist_ok=True)
    subprocess.run([BENCH, "peers-data", str(COUNT), FOLDER], check=True)
    paths = {kind: os.path.join(FOLDER, kind + ".csv") for kind in ("complete", "missing")}
    expected = {kind: open(os.path.join(FOLDER, kind + ".txt")).read().split() for kind in paths}
    frames = {kind: rules.read_typed(path).collect() for kind, path in paths.items()}
    data = {kind: rules.arrays(frame) for kind, frame in frames.items()}
    limit, in_memory = batches(frames, data, expected)
    from_csv = tables(paths, expected)
    single = ones(limit, frames, data, expected)
    policy, subject = os.path.join(FOLDER, "十二项"), os.path.join(FOLDER, "one.csv")
    own_process = [TIAOLI, "query", policy, "虚构项目1", "--facts", subject, "--as-of", "2024-06-01"]
    prolog_process = ["swipl", "-q", "-g", "project(P), mask(P, M), print(M), nl", "-t", "halt",
                      os.path.join(HERE, "rules.pl"), os.path.join(FOLDER, "projects.pl")]
    times = {}

    def note(key, value):
        times.setdefault(key, []).append(value)

    for number in range(ROUNDS + 1):
        figures = own_round()
        found = [(("own", name), value) for name, value in figures.items()]
        found += [(("batch", *key), spent(body) * getattr(body, "scale", 1) / COUNT) for key, body in in_memory.items()]
        found += [(("csv", *key), spent(body) / COUNT) for key, body in from_csv.items()]
        found += [(("one", name), body()) for name, body in single.items()]
        for name, command in (("条理", own_process), ("SWI-Prolog", prolog_process)):
            if shutil.which(command[0]):
                found.append((("process", name), statistics.median(process(command) for _ in range(15))))
        if number > 0:  # the first warms up
            for key, value in found:
                note(key, value)
    report({key: statistics.median(values) for key, values in times.items()}, growth())


def report(m, growing):
    own = {key[1]: value for key, value in m.items() if key[0] == "own"}
    print(f"{COUNT} projects, seed 36, {ROUNDS} interleaved rounds, medians of processor time; load {os.getloadavg()}")
    print("python", sys.version.split()[0], "polars", polars.__version__, "numpy", numpy.__version__)

    def table(title, unit, mine, peers):
        print(f"\n{title} ({unit}); the last column: how many times as long as 条理")
        print(f"  {'条理':<32}{mine:>12.2f}")
        for name, value in sorted(peers.items(), key=lambda entry: entry[1]):
            print(f"  {name:<34}{value:>12.2f}{value / mine:>10.2f}")

    for kind, title in (("complete", "complete"), ("missing", "10 % missing")):
        peers = {key[1]: value for key, value in m.items() if key[0] == "batch" and key[2] == kind}
        peers["条理, with masks of reasons"] = own[f"reasons-{kind}"]
        table(f"in memory, one thread, {title}", "ns a project", own[f"batch-{kind}"], peers)
    for kind in ("complete", "missing"):
        peers = {key[1]: value for key, value in m.items() if key[0] == "csv" and key[2] == kind}
        peers["条理, read and typed only"] = own[f"reading-{kind}"]
        peers["条理, from CSV to CSV"] = own[f"csv-{kind}"]
        table(f"from a CSV file to answers, one thread, {kind}", "ns a project", own[f"answered-{kind}"], peers)
    peers = {key[1]: value for key, value in m.items() if key[0] == "one"}
    peers["条理, 10 % missing"] = own["one-missing-verdicts"]
    peers["条理, with the trace of a derivation"] = own["one-complete-trace"]
    table("one decision, warm, in process, complete", "ns", own["one-complete-verdicts"], peers)
    processes = {key[1]: value for key, value in m.items() if key[0] == "process"}
    mine = processes.pop("条理")
    table("a fresh process, twelve rules, one answer", "ms of the wall", mine, processes)
    print("\ngrowth with rules, one decision (µs; loading in ms): 12, 120, 1 200, 12 000 rules; the last as a multiple of the first")
    for name, values in growing.items():
        figures = "".join(f"{values.get(count, float('nan')):>12.2f}" for count in (12, 120, 1200, 12000))
        print(f"  {name:<30}{figures}{values[12000] / values[12]:>10.1f}")
    print("\nthe rest of 条理:", json.dumps({k: round(v, 2) for k, v in own.items()}, ensure_ascii=False))


main()
