"""Cedar, from Python with its JSON boundary: a request for each rule. What is missing is an error, and denied."""

import os

import cedarpy
import workload


def one(work):
    with open(os.path.join(os.path.dirname(__file__), "rules.cedar")) as file:
        text = file.read()
    policies = cedarpy.PolicySet.from_str(text) if hasattr(cedarpy.PolicySet, "from_str") else text

    def ask(project):
        request = {"principal": 'P::"p"', "resource": 'R::"r"', "context": project}
        return [
            cedarpy.is_authorized(request | {"action": f'Action::"r{number}"'}, policies, []).allowed
            for number in range(1, 13)]

    projects = work.complete.projects
    work.complete.check("Cedar", [workload.text_of_row(ask(project)) for project in projects])
    return {"Cedar (cedarpy)": {"complete": workload.per_project(ask, projects)}}
