"""numpy: expressions over arrays; with missing values over pairs of arrays, known and yes."""

import numpy
import workload


def rules(a):
    """The rules over complete arrays."""
    large = a["investment"] >= workload.LARGE
    social = a["investor"] == 0
    r8 = social & (a["built"] <= workload.LAST_DAY)
    r9 = social & (a["has_loan"] == 1) & (a["compliant"] == 1)
    county, kind = a["county"], a["kind"]
    place = (
        ((county <= 2) & (kind == 0)) | (((county == 3) | (county == 4)) & (kind == 1))
        | ((county == 5) & ((kind == 2) | (kind == 3)))
    )
    return [
        large, large & ((a["leads"] == 1) | (kind <= 1)), numpy.ones(len(large), bool), a["planning"] == 1,
        a["land_use"] == 0, large, a["land_use"] <= 4, r8, r9, r8 | r9, place,
        (a["is_hospital"] == 1) & (a["level"] >= 1),
    ]


def rules_missing(a):
    """The rules over arrays with missing values, as pairs of known and yes."""

    def test(name, holds):
        known = a[name] >= 0
        return known, known & holds

    def both(one, two):
        no = (one[0] & ~one[1]) | (two[0] & ~two[1])
        return no | (one[0] & two[0]), one[1] & two[1]

    def either(one, two):
        yes = one[1] | two[1]
        return yes | (one[0] & two[0]), yes

    large = test("investment", a["investment"] >= workload.LARGE)
    social = test("investor", a["investor"] == 0)
    r8 = both(social, test("built", a["built"] <= workload.LAST_DAY))
    r9 = both(both(social, test("has_loan", a["has_loan"] == 1)), test("compliant", a["compliant"] == 1))
    county, kind = a["county"], a["kind"]
    place = either(
        either(both(test("county", county <= 2), test("kind", kind == 0)),
               both(test("county", (county == 3) | (county == 4)), test("kind", kind == 1))),
        both(test("county", county == 5), test("kind", (kind == 2) | (kind == 3))))
    always = numpy.ones(len(county), bool)
    return [
        large, both(large, either(test("leads", a["leads"] == 1), test("kind", kind <= 1))), (always, always),
        test("planning", a["planning"] == 1), test("land_use", a["land_use"] == 0), large,
        test("land_use", a["land_use"] <= 4), r8, r9, either(r8, r9), place,
        both(test("is_hospital", a["is_hospital"] == 1), test("level", a["level"] >= 1)),
    ]



def batch(work):
    run = lambda: rules(work.complete.arrays)
    work.complete.check("numpy", workload.texts_of_columns(run()))
    missing = lambda: rules_missing(work.missing.arrays)
    columns = [[bool(y) if k else None for k, y in zip(known, yes[:workload.SAMPLE])] for known, yes in missing()]
    work.missing.check("numpy", workload.texts_of_columns(columns))
    return {"numpy": {"complete": run, "missing": missing}}
