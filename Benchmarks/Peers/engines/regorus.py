"""Regorus, from Python: the language of OPA in Rust, as a program for its virtual machine; input and answers are JSON."""

import json
import os
import time

import regorus
import workload


def one(work):
    with open(os.path.join(os.path.dirname(__file__), "rules.rego")) as file:
        modules = [("rules.rego", file.read())]
    entries = ["data.twelve.yes", "data.twelve.no"]
    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules("{}", modules, entries))
    found = {}
    for records, asked in ((work.complete, entries[:1]), (work.missing, entries)):

        def ask(project, asked=asked):
            machine.set_input_json(json.dumps(project))
            return [json.loads(machine.execute_entry_point(entry)) for entry in asked]

        answers = [ask(project) + [range(1, 13)] for project in records.projects]
        records.check("Regorus", [workload.text_of_sets(*a[:2]) for a in answers])
        found[records.kind] = workload.per_project(ask, records.projects)
    return {"Regorus (Rust, from Python)": found}


def grow(work, count, rounds):
    if count > 1200:
        return {}  # A program holds 65 535 instructions; 12 000 rules need 180 146.
    kinds = range(8)
    lines = ["package many", *(f"led{k} if input.leads == 1" for k in kinds), *(f"led{k} if input.kind in {{0, {k}}}" for k in kinds)]
    lines += [
        f"holds contains {i} if {{ input.county == {i % 7}; input.investment >= {workload.LARGE + i}; led{i % 8} }}"
        for i in range(count)]
    start = time.process_time_ns()
    machine = regorus.Rvm()
    machine.load_program(regorus.Program.compile_from_modules("{}", [("many.rego", "\n".join(lines))], ["data.many.holds"]))
    loading = (time.process_time_ns() - start) / 1e6

    def ask():
        machine.set_input_json(json.dumps(workload.LARGE_PROJECT))
        return json.loads(machine.execute_entry_point("data.many.holds"))

    asking = workload.spent(lambda: [ask() for _ in range(rounds)])
    return {"Regorus (Rust, from Python)": asking / rounds / 1000, "Regorus, loading": loading}
