"""SWI-Prolog: clauses, asked in a process of its own."""

import os
import shutil
import subprocess

import workload

if not shutil.which("swipl"):
    raise ImportError("swipl")

RULES = os.path.join(os.path.dirname(__file__), "rules.pl")
ORDER = ["investment", "county", "kind", "leads", "investor", "has_loan", "compliant", "planning", "land_use", "built",
         "is_hospital", "level"]


def run(goal, *files):
    command = ["swipl", "-O", "-q", "-g", goal, "-t", "halt", *files]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")


def facts(work):
    path = os.path.join(work.folder, "projects.pl")
    with open(path, "w") as file:
        for project in work.complete.projects:
            file.write(f"project(p({','.join(str(project[name]) for name in ORDER)})).\n")
    return path


def one(work):
    path = facts(work)
    masks = run("measure(1)", RULES, path)[0].split()
    work.complete.check("SWI-Prolog", [workload.text_of(0xFFF, int(mask)) for mask in masks])
    return {"SWI-Prolog": {"complete": lambda: float(run("measure(100)", RULES, path)[1])}}


def process(work):
    """A whole process that answers the first project."""
    return {"SWI-Prolog": ["swipl", "-q", "-g", "project(P), mask(P, M), print(M), nl", "-t", "halt", RULES, facts(work)]}


def grow(work, count, rounds):
    path = os.path.join(work.folder, f"many{count}.pl")
    with open(path, "w") as file:
        for i in range(count):
            file.write(f"m({i}, I, C, K, L) :- I >= {workload.LARGE + i}, ( L =:= 1 -> true ; K =:= {i % 8} ), C =:= {i % 7}.\n")
        file.write("ask(N) :- aggregate_all(count, m(_, 500000000, 2, 0, 1), N).\n")
        file.write("measure(T) :- statistics(cputime, A), forall(between(1, T, _), ask(_)), statistics(cputime, B), "
                   "X is (B - A) * 1.0e6 / T, format(\"~4f~n\", [X]).\n")
    return {"SWI-Prolog": float(run(f"measure({rounds * 20})", path)[0])}
