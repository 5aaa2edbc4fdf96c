"""GoRules ZEN (Rust), from Python: a decision with a node of expressions, and the same as one expression. What is missing is an error to it."""

import json
import os

import workload
import zen


def one(work):
    with open(os.path.join(os.path.dirname(__file__), "rules.json")) as file:
        text = file.read()
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(text))
    rules = {e["key"]: e["value"] for e in json.loads(text)["nodes"][1]["content"]["expressions"]}
    # Outside a decision no expression sees the answers of those before it.
    rules["r10"] = rules["r10"].replace("$.r8", f"({rules['r8']})").replace("$.r9", f"({rules['r9']})")
    expression = zen.compile_expression("{" + ", ".join(f"{name}: {rule}" for name, rule in rules.items()) + "}")
    ways = {
        "GoRules ZEN, a decision (from Python)": lambda project: decision.evaluate(project)["result"],
        "GoRules ZEN, one expression (from Python)": expression.evaluate,
    }
    for name, ask in ways.items():
        work.complete.check(name, [workload.text_of_row([ask(p)[rule] for rule in rules]) for p in work.complete.projects])
    return {name: {"complete": workload.per_project(ask, work.complete.projects)} for name, ask in ways.items()}
