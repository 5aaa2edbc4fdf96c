"""SQLite: one SELECT over a table in memory, and a prepared statement for one project."""

import sqlite3

import workload
from engines import sql

ROWS = 200_000


def batch(work):
    """Sums over a part of the projects, and the time as for all."""
    found = {}
    for records in work.both:
        connection = sqlite3.connect(":memory:")
        connection.execute(f"CREATE TABLE projects ({', '.join(workload.NAMES)})")
        part = records.frame.head(ROWS)
        connection.executemany(f"INSERT INTO projects VALUES ({', '.join('?' * len(workload.NAMES))})", part.iter_rows())
        answers = connection.execute(f"SELECT {sql.answers()} FROM projects LIMIT {workload.SAMPLE}").fetchall()
        records.check("SQLite", [workload.text_of_row(row) for row in answers])
        sums = ", ".join(f"sum({rule})" for rule in sql.rules())
        run = lambda connection=connection: connection.execute(f"SELECT {sums} FROM projects").fetchall()
        run.scale = len(records.frame) / len(part)
        found[records.kind] = run
    return {"SQLite": found}


def one(work):
    connection = sqlite3.connect(":memory:")
    query = "SELECT " + sql.answers()
    for name in workload.NAMES:
        query = query.replace(name, f":{name}")
    ask = lambda project: connection.execute(query, project).fetchone()
    found = {}
    for records in work.both:
        projects = [{name: project.get(name) for name in workload.NAMES} for project in records.projects]
        records.check("SQLite, prepared", [workload.text_of_row(ask(project)) for project in projects])
        found[records.kind] = workload.per_project(ask, projects)
    return {"SQLite, prepared": found}
