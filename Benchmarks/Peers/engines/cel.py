"""CEL in Rust, from Python: a compiled expression for each rule. What is missing is an error, which `||` and `&&` pass over where they can."""

import os
import time

import cel
import workload


def answer(program, project):
    try:
        return program.execute(project)
    except RuntimeError:
        return None


def one(work):
    with open(os.path.join(os.path.dirname(__file__), "rules.cel")) as file:
        programs = [cel.compile(line) for line in file]
    ask = lambda project: [answer(program, project) for program in programs]
    found = {}
    for records in work.both:
        records.check("CEL", [workload.text_of_row(ask(project)) for project in records.projects])
        found[records.kind] = workload.per_project(ask, records.projects)
    return {"CEL (Rust, from Python)": found}


def grow(work, count, rounds):
    start = time.process_time_ns()
    programs = [
        cel.compile(f"investment >= {workload.LARGE + i} && (leads == 1 || kind in [0, {i % 8}]) && county == {i % 7}")
        for i in range(count)]
    loading = (time.process_time_ns() - start) / 1e6
    asking = workload.spent(lambda: [p.execute(workload.LARGE_PROJECT) for _ in range(rounds) for p in programs])
    return {"CEL (Rust, from Python)": asking / rounds / 1000, "CEL, loading": loading}
