"""polars: expressions over a frame, in memory and from a CSV file."""

import polars
import workload


def rules():
    """The rules as polars expressions; null is unknown."""
    c = polars.col
    large = c("investment") >= workload.LARGE
    r8 = (c("investor") == 0) & (c("built") <= workload.LAST_DAY)
    r9 = (c("investor") == 0) & (c("has_loan") == 1) & (c("compliant") == 1)
    kind = c("kind")
    place = (
        (c("county").is_in([0, 1, 2]) & (kind == 0))
        | (c("county").is_in([3, 4]) & (kind == 1))
        | ((c("county") == 5) & kind.is_in([2, 3]))
    )
    rules = [
        large, large & ((c("leads") == 1) | kind.is_in([0, 1])), polars.lit(True), c("planning") == 1,
        c("land_use") == 0, large, c("land_use") <= 4, r8, r9, r8 | r9, place,
        (c("is_hospital") == 1) & (c("level") >= 1),
    ]
    return [rule.alias(f"r{number + 1}") for number, rule in enumerate(rules)]


def batch(work):
    found = {}
    for records in work.both:
        run = lambda frame=records.frame: frame.select(rules())
        columns = [c.to_list() if len(c) > 1 else c.to_list() * workload.SAMPLE for c in run().head(workload.SAMPLE)]
        records.check("polars", workload.texts_of_columns(columns))
        found[records.kind] = run
    return {"polars": found}


def table(work):
    return {"polars": {r.kind: lambda path=r.path: workload.read_typed(path).select(rules()).collect() for r in work.both}}
