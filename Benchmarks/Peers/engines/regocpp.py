"""rego-cpp, from Python: the language of OPA, compiled into a bundle that is asked for the rules answered yes (and no)."""

import os

import regopy
import workload


def one(work):
    interpreter = regopy.Interpreter()
    with open(os.path.join(os.path.dirname(__file__), "rules.rego")) as file:
        interpreter.add_module("twelve", file.read())
    found = {}
    for records, query in ((work.complete, "data.twelve.yes"), (work.missing, "data.twelve.yes; data.twelve.no")):
        bundle = interpreter.build(query, [])

        def ask(project, bundle=bundle):
            interpreter.set_input(project)
            return interpreter.query_bundle(bundle).results[0].expressions

        answers = [ask(project) for project in records.projects]
        every = range(1, 13)
        records.check("rego-cpp", [workload.text_of_sets(*(a if len(a) > 1 else (a[0], every))) for a in answers])
        found[records.kind] = workload.per_project(ask, records.projects)
    return {"rego-cpp (from Python)": found}
