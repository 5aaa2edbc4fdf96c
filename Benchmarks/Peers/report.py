"""Prints the figures as tables, each beside the program's."""

SIZES = (12, 120, 1200, 12000)


def table(title, unit, mine, peers):
    """Complete data and data with missing values; after each figure how many times as long as the program it is."""
    print(f"\n{title} ({unit}): complete, × 条理; 10 % missing, × 条理")
    rows = [("条理", mine)] + sorted(peers.items(), key=lambda row: row[1].get("complete", 0))
    for name, values in rows:
        cells = ""
        for kind in ("complete", "missing"):
            value = values.get(kind)
            cells += f"{'–':>14}{'':>10}" if value is None else f"{value:>14.2f}{value / mine[kind]:>10.2f}"
        print("  " + name + " " * (46 - width(name)) + cells)


def width(text):
    """The columns that a text takes on a screen."""
    return sum(2 if ord(letter) >= 0x2E80 else 1 for letter in text)


def report(figures, growing):
    own = {key[1]: value for key, value in figures.items() if key[0] == "own"}
    kinds = ("complete", "missing")

    def peers(group):
        found = {}
        for key, value in figures.items():
            if key[0] == group:
                found.setdefault(key[1], {})[key[2]] = value
        return found

    def mine(name):
        return {kind: own[name.format(kind)] for kind in kinds}

    others = peers("batch") | {"条理, with masks of reasons": mine("reasons-{}")}
    table("twelve verdicts in memory, one thread", "ns a project", mine("batch-{}"), others)
    others = peers("csv") | {"条理, read and typed only": mine("reading-{}"), "条理, from CSV to CSV": mine("csv-{}")}
    table("from a CSV file to answers, one thread", "ns a project", mine("answered-{}"), others)
    others = peers("one") | {"条理, with the trace of a derivation": mine("one-{}-trace")}
    table("one decision, warm, in process", "ns", mine("one-{}-verdicts"), others)

    measures = int(own["policy-measures"])
    print(f"\nall {measures} measures of the policy with their readings, one 项目 (µs), 条理 alone; × its twelve rules")
    for name, what in (("decisions", "decisions, a project asked before"), ("derivation", "the same with their derivation"),
                       ("once", "decisions, a project never met")):
        value = own["policy-" + name]
        print(f"  {what:<46}{value / 1000:>14.2f}{value / own['one-complete-verdicts']:>10.1f}")
    print("verdicts in columns in memory, 20 000 项目 (ns a project), 条理 alone; × its twelve rules")
    for name, count in (("compiled", "compiled"), ("columns", "measures")):
        value, asked = own["policy-" + name], own[f"policy-{name}-interpreted"]
        what = f"{int(own['policy-columns-' + count])} measures, {asked:g} of them by the interpreter"
        print(f"  {what:<46}{value:>14.1f}{value / own['batch-complete']:>10.1f}")

    print("\na fresh process, twelve rules, one answer (ms of the wall); × 条理")
    times = {key[1]: value for key, value in figures.items() if key[0] == "process"}
    for name, value in times.items():
        print("  " + name + " " * (46 - width(name)) + f"{value:>14.2f}{value / times['条理']:>10.2f}")
    print("\ngrowth with rules, one decision (µs; loading in ms): 12, 120, 1 200, 12 000 rules; the last as a multiple of the first")
    for name, values in growing.items():
        cells = "".join(f"{values[size]:>12.2f}" if size in values else f"{'–':>12}" for size in SIZES)
        print("  " + name + " " * (30 - width(name)) + f"{cells}{values[max(values)] / values[SIZES[0]]:>10.1f}")
    print("\nthe rest of 条理:", ", ".join(f"{name} {value:.2f}" for name, value in own.items()))
