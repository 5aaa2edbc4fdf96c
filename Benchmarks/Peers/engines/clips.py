"""CLIPS, from Python: a network of rules that facts run through; for missing values with rules for the answer no.

A project is decided by one call: facts that Python asserts and holds make each further one slower.
"""

import os
import time

import clips
import workload

NIL = clips.Symbol("nil")


def environment(*files):
    made = clips.Environment()
    for file in files:
        made.load(os.path.join(os.path.dirname(__file__), file))
    return made


def one(work):
    found = {}
    for records, files in ((work.complete, ["rules.clp"]), (work.missing, ["rules.clp", "rules-no.clp"])):
        made = environment(*files)
        ask = lambda project, made=made: made.call("decide", *[project.get(name, NIL) for name in workload.NAMES])
        texts = []
        for project in records.projects:
            answers = ask(project)
            pairs = list(zip(answers[::2], answers[1::2]))
            yes = {rule for rule, answer in pairs if answer == "yes"}
            no = {rule for rule, answer in pairs if answer == "no"} if records is work.missing else range(1, 13)
            texts.append(workload.text_of_sets(yes, no))
        records.check("CLIPS", texts)
        found[records.kind] = workload.per_project(ask, records.projects)
    return {"CLIPS (from Python)": found}


def grow(work, count, rounds):
    made = environment("rules.clp")
    made.clear()
    made.build("(deftemplate project (slot investment) (slot county) (slot kind) (slot leads))")
    made.build("(deftemplate holds (slot rule))")
    start = time.process_time_ns()
    for i in range(count):
        made.build(
            f"(defrule m{i} (project (county {i % 7}) (investment ?x&:(>= ?x {workload.LARGE + i})))"
            f" (or (project (leads 1)) (project (kind 0|{i % 8}))) => (assert (holds (rule {i}))))")
    loading = (time.process_time_ns() - start) / 1e6
    made.build("(deffunction ask () (reset) (assert (project (investment 500000000) (county 2) (kind 0) (leads 1))) (run))")
    asking = workload.spent(lambda: [made.call("ask") for _ in range(rounds)])
    return {"CLIPS (from Python)": asking / rounds / 1000, "CLIPS, loading": loading}
