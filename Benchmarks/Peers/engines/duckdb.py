"""DuckDB: one SELECT over a table in memory, and over a CSV file."""

import duckdb
import workload
from engines import sql


def connect():
    return duckdb.connect(config={"threads": 1})


def measured(connection, records, source, engine):
    """A function that answers all projects of a source, whose first answers are checked."""
    found = connection.execute(f"SELECT {sql.answers()} FROM {source} LIMIT {workload.SAMPLE}").fetchall()
    records.check(engine, [workload.text_of_row(row) for row in found])
    return lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS SELECT {sql.answers()} FROM {source}")


def batch(work):
    found = {}
    for records in work.both:
        connection = connect()
        connection.register("frame", records.frame.to_arrow())
        connection.execute("CREATE TABLE projects AS SELECT * FROM frame")
        found[records.kind] = measured(connection, records, "projects", "DuckDB")
    return {"DuckDB": found}


def cell(name, header, form):
    """A column of the file as the number that the rules compare."""
    if form == "wan":
        value = f'"{header}" * 10000'
    elif form == "truth":
        value = f"CASE \"{header}\" WHEN '是' THEN 1 WHEN '否' THEN 0 END"
    elif form == "date":
        value = f"\"{header}\" - DATE '1970-01-01'"
    else:
        value = f'CASE "{header}" ' + " ".join(f"WHEN '{option}' THEN {i}" for i, option in enumerate(form)) + " END"
    return f"{value} AS {name}"


def table(work):
    found = {}
    cells = ", ".join(cell(*field) for field in workload.FIELDS)
    types = {"备案总投资_万元": "BIGINT", "建成日期": "DATE"}
    for records in work.both:
        with open(records.path, encoding="utf-8") as file:
            headers = file.readline().strip().split(",")
        columns = ", ".join(f"'{header}': '{types.get(header, 'VARCHAR')}'" for header in headers)
        source = f"(SELECT {cells} FROM read_csv('{records.path}', header = true, columns = {{{columns}}}))"
        found[records.kind] = measured(connect(), records, source, "DuckDB of CSV")
    return {"DuckDB": found}
