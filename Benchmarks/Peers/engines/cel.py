"""CEL in Rust, from Python: a compiled expression for each rule. What is missing is an error to it."""

import os
import time

import cel
import workload


def one(work):
    with open(os.path.join(os.path.dirname(__file__), "rules.cel")) as file:
        programs = [cel.compile(line) for line in file]
    ask = lambda project: [program.execute(project) for program in programs]
    work.complete.check("CEL", [workload.text_of_row(ask(project)) for project in work.complete.projects])
    return {"CEL (Rust, from Python)": {"complete": workload.per_project(ask, work.complete.projects)}}


def grow(work, count, rounds):
    start = time.process_time_ns()
    programs = [
        cel.compile(f"investment >= {workload.LARGE + i} && (leads == 1 || kind in [0, {i % 8}]) && county == {i % 7}")
        for i in range(count)]
    loading = (time.process_time_ns() - start) / 1e6
    asking = workload.spent(lambda: [p.execute(workload.LARGE_PROJECT) for _ in range(rounds) for p in programs])
    return {"CEL (Rust, from Python)": asking / rounds / 1000, "CEL, loading": loading}
