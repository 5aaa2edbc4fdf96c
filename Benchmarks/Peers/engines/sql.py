"""The twelve rules in SQL, for every engine that speaks it."""

import workload


def rules():
    """The rules as SQL; NULL is unknown."""
    large = f"investment >= {workload.LARGE}"
    r8 = f"(investor = 0 AND built <= {workload.LAST_DAY})"
    r9 = "(investor = 0 AND has_loan = 1 AND compliant = 1)"
    return [
        large, f"{large} AND (leads = 1 OR kind IN (0, 1))", "TRUE", "planning = 1", "land_use = 0", large,
        "land_use <= 4", r8, r9, f"{r8} OR {r9}",
        "(county IN (0, 1, 2) AND kind = 0) OR (county IN (3, 4) AND kind = 1) OR (county = 5 AND kind IN (2, 3))",
        "is_hospital = 1 AND level >= 1",
    ]


def answers():
    """The answers as columns of a SELECT."""
    return ", ".join(f"({rule}) AS r{number + 1}" for number, rule in enumerate(rules()))
