"""Runs SQL in DuckDB or on a Spark cluster for the tests: one JSON object a line in, one out.

usage: engine.py duckdb | engine.py spark MASTER-URL FOLDER
"""

import json
import sys


def duckdb_engine():
    import duckdb

    connection = duckdb.connect()

    def ask(statements, query):
        for statement in statements:
            connection.execute(statement)
        cursor = connection.execute(query)
        return [column[0] for column in cursor.description], cursor.fetchall()

    return ask


def spark_engine(master, folder):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(master)
        .config("spark.sql.warehouse.dir", folder + "/warehouse")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "512m")
        .config("spark.cores.max", "2")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.legacy.createHiveTableByDefault", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")

    def ask(statements, query):
        for statement in statements:
            session.sql(statement)
        frame = session.sql(query)
        return frame.columns, [tuple(row) for row in frame.collect()]

    return ask


def text(cell):
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{cell} (a float)"
    return str(cell)


def main():
    output, sys.stdout = sys.stdout, sys.stderr
    ask = duckdb_engine() if sys.argv[1] == "duckdb" else spark_engine(*sys.argv[2:4])
    print(json.dumps({"ready": True}), file=output, flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        try:
            names, rows = ask(job["statements"], job["query"])
            answer = {"names": names, "rows": [[text(cell) for cell in row] for row in rows]}
        except Exception as failure:
            answer = {"error": str(failure)[:4000]}
        print(json.dumps(answer, ensure_ascii=False), file=output, flush=True)


main()
