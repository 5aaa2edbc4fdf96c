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


def measure(name, sizes, run):
    for rows in sizes:
        copies, seconds, note = run(rows)
        print(f"{name} {rows:>11,} rows: {seconds:8.2f} s, {seconds / rows * 1e6:7.2f} µs a row{note}", flush=True)
        del copies


def sqlite(table, query, sizes):
    def run(rows):
        path = f"/tmp/tiaoli-growth-{os.getpid()}.db"
        database = sqlite3.connect(path)
        for statement in table:
            database.execute(statement)
        sample = database.execute('SELECT count(*) FROM "subjects"').fetchone()[0]
        database.execute('ALTER TABLE "subjects" RENAME TO "sample"')
        database.execute(
            'CREATE TABLE "subjects" AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) '
            'SELECT "sample".* FROM n, "sample"',
            (rows // sample,),
        )
        database.commit()
        start = time.monotonic()
        database.execute(f"CREATE TABLE answers AS {query}")
        database.commit()
        seconds = time.monotonic() - start
        database.close()
        size = os.path.getsize(path) / 1e6
        os.remove(path)
        return None, seconds, f", file {size:,.0f} MB"

    measure("sqlite", sizes, run)


def duckdb(table, query, sizes):
    import duckdb as engine

    def run(rows):
        path = f"/tmp/tiaoli-growth-{os.getpid()}.duckdb"
        database = engine.connect(path)
        database.execute("SET threads = 2")
        for statement in table:
            database.execute(statement)
        sample = database.execute('SELECT count(*) FROM "subjects"').fetchone()[0]
        database.execute('ALTER TABLE "subjects" RENAME TO "sample"')
        database.execute(f'CREATE TABLE "subjects" AS SELECT "sample".* FROM range({rows // sample}), "sample"')
        start = time.monotonic()
        database.execute(f"CREATE TABLE answers AS {query}")
        seconds = time.monotonic() - start
        database.close()
        size = os.path.getsize(path) / 1e6
        os.remove(path)
        return None, seconds, f", file {size:,.0f} MB"

    measure("duckdb", sizes, run)


def spark(table, query, sizes, master, folder):
    from pyspark.sql import SparkSession

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
    sample = session.table("subjects").coalesce(1).cache()
    count = sample.count()

    def run(rows):
        facts, answers = folder + "/facts", folder + "/answers"
        for path in (facts, answers):
            shutil.rmtree(path, ignore_errors=True)
        copies = session.range(rows // count).select()
        copies.crossJoin(sample).write.parquet(facts)
        session.read.parquet(facts).createOrReplaceTempView("subjects")
        start = time.monotonic()
        session.sql(query).write.parquet(answers)
        seconds = time.monotonic() - start
        size = sum(os.path.getsize(os.path.join(answers, name)) for name in os.listdir(answers)) / 1e6
        return None, seconds, f", answers {size:,.0f} MB"

    measure("spark", sizes, run)


def main():
    engine, table, query = sys.argv[1], statements(sys.argv[2]), statements(sys.argv[3])[0]
    if engine == "spark":
        spark(table, query, [int(size) for size in sys.argv[4:-2]], *sys.argv[-2:])
    else:
        {"sqlite": sqlite, "duckdb": duckdb}[engine](table, query, [int(size) for size in sys.argv[4:]])


main()
