"""Measures the query of `tiaoli sql` on growing tables: the loaded subjects, repeated.

usage: growth.py sqlite|duckdb TABLE.sql QUERY.sql ROWS…
       growth.py spark TABLE.sql QUERY.sql ROWS… MASTER-URL FOLDER

TABLE.sql is what `--schema --rows` writes for the table `subjects`. All answers are computed and stored.
"""

import os
import shutil
import sqlite3
import sys
import time


def statements(path):
    text = open(path, encoding="utf-8").read()
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("--")]
    return [part for part in "\n".join(lines).split(";\n") if part.strip()]


def measure(name, sizes, run, worked=time.process_time):
    """Prints for each size the making of the table, the planning of the query and its run, and what each further row cost.

    `worked` is the processor time of the engine so far, which others at work on the machine disturb least.
    """
    before = (0, 0)
    for rows in sizes:
        made, planned, (seconds, work), note = run(rows, worked)
        further = (work - before[1]) / (rows - before[0]) * 1e6
        print(
            f"{name} {rows:>11,} rows: table made in {made:6.1f} s, planned in {planned:5.1f} s, ran {seconds:7.1f} s "
            f"with {work:7.1f} s of processor time, {further:6.2f} µs of it a further row{note}; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        before = (rows, work)


def timed(body):
    """The seconds of a call on the wall."""
    start = time.monotonic()
    body()
    return time.monotonic() - start


def both(body, worked):
    """The seconds of a call on the wall, and of processors."""
    start = worked()
    return timed(body), worked() - start


def working_in(folder):
    """The processor time of the processes whose working directory is in a folder: of Spark's executors."""
    ticks = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{process}/cwd").startswith(folder):
                with open(f"/proc/{process}/stat") as file:
                    ticks += sum(int(field) for field in file.read().rsplit(")", 1)[1].split()[11:13])
        except OSError:
            continue  # It ended, or is another's.
    return ticks / os.sysconf("SC_CLK_TCK")


def sqlite(table, query, sizes):
    def run(rows, worked):
        path = f"/tmp/tiaoli-growth-{os.getpid()}.db"
        database = sqlite3.connect(path)
        for statement in table:
            database.execute(statement)
        sample = database.execute('SELECT count(*) FROM "subjects"').fetchone()[0]
        database.execute('ALTER TABLE "subjects" RENAME TO "sample"')
        made = timed(
            lambda: database.execute(
                'CREATE TABLE "subjects" AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) '
                'SELECT "sample".* FROM n, "sample"',
                (rows // sample,),
            )
        )
        database.commit()
        planned = timed(lambda: database.execute(f"EXPLAIN {query}").close())
        seconds = both(lambda: (database.execute(f"CREATE TABLE answers AS {query}"), database.commit()), worked)
        database.close()
        size = os.path.getsize(path) / 1e6
        os.remove(path)
        return made, planned, seconds, f", file {size:,.0f} MB"

    measure("sqlite", sizes, run)


def duckdb(table, query, sizes):
    import duckdb as engine

    def run(rows, worked):
        path = f"/tmp/tiaoli-growth-{os.getpid()}.duckdb"
        database = engine.connect(path)
        database.execute("SET threads = 2")
        for statement in table:
            database.execute(statement)
        sample = database.execute('SELECT count(*) FROM "subjects"').fetchone()[0]
        database.execute('ALTER TABLE "subjects" RENAME TO "sample"')
        copies = f'CREATE TABLE "subjects" AS SELECT "sample".* FROM range({rows // sample}), "sample"'
        made = timed(lambda: database.execute(copies))
        planned = timed(lambda: database.execute(f"EXPLAIN {query}"))
        seconds = both(lambda: database.execute(f"CREATE TABLE answers AS {query}"), worked)
        database.close()
        size = os.path.getsize(path) / 1e6
        os.remove(path)
        return made, planned, seconds, f", file {size:,.0f} MB"

    measure("duckdb", sizes, run)


def spark(table, query, sizes, master, folder):
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import broadcast

    session = (
        SparkSession.builder.master(master)
        .config("spark.sql.warehouse.dir", folder + "/warehouse")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.cores.max", "2")
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for statement in table:
        session.sql(statement)
    sample = session.table("subjects").cache()
    count = sample.count()

    def run(rows, worked):
        facts, answers = folder + "/facts", folder + "/answers"
        for path in (facts, answers):
            shutil.rmtree(path, ignore_errors=True)
        # Written by all workers at once: the numbers are spread over partitions, and each partition holds the sample.
        copies = session.range(0, rows // count, numPartitions=max(2, rows // 1_000_000)).select()
        made = timed(lambda: copies.crossJoin(broadcast(sample)).write.parquet(facts))
        session.read.parquet(facts).createOrReplaceTempView("subjects")
        plan = []
        planned = timed(lambda: (plan.append(session.sql(query)), plan[0]._jdf.queryExecution().executedPlan()))
        seconds = both(lambda: plan[0].write.parquet(answers), worked)
        size = sum(os.path.getsize(os.path.join(answers, name)) for name in os.listdir(answers)) / 1e6
        return made, planned, seconds, f", answers {size:,.0f} MB"

    measure("spark", sizes, run, lambda: working_in(folder))


def main():
    engine, table, query = sys.argv[1], statements(sys.argv[2]), statements(sys.argv[3])[0]
    if engine == "spark":
        spark(table, query, [int(size) for size in sys.argv[4:-2]], *sys.argv[-2:])
    else:
        {"sqlite": sqlite, "duckdb": duckdb}[engine](table, query, [int(size) for size in sys.argv[4:]])


main()
