"""Measures the twelve rules side by side with other engines; every peer's answers are checked against the program's before it is timed.

Usage: run.py TIAOLI-BENCH TIAOLI POLICY FOLDER [COUNT [ROUNDS]]
Each file in `engines` is a peer and says what it can: `batch` (many projects in memory), `table` (from a CSV file), `one` (one project),
`process` (a fresh process), `grow` (many rules). A peer that is not installed is named and left out.
The rounds are interleaved: each engine once in every round. Figures are medians, of processor time.
"""

import importlib
import importlib.metadata
import os
import shutil
import statistics
import subprocess
import sys
import time

import workload
from report import report

BENCH, TIAOLI, POLICY, FOLDER = sys.argv[1:5]
COUNT = int(sys.argv[5]) if len(sys.argv) > 5 else 1_000_000
ROUNDS = int(sys.argv[6]) if len(sys.argv) > 6 else 5
PEERS = ["c", "polars", "numpy", "openfisca", "duckdb", "sqlite", "prolog", "cel", "cedar", "zen", "clips", "regocpp", "regorus"]


def installed():
    """The modules of the peers that are there."""
    found = []
    for name in PEERS:
        try:
            found.append(importlib.import_module(f"engines.{name}"))
        except ImportError as error:
            print(f"left out: {name} is not installed ({error})")
    return found


def versions():
    """The versions of the packages that peers come from."""
    with open(os.path.join(os.path.dirname(__file__), "requirements.txt")) as file:
        names = [line.split("==")[0] for line in file]
    there = {d.name.lower(): d.version for d in importlib.metadata.distributions()}
    return [f"{name} {there[name]}" for name in names if name in there]


def gather(peers, what, *arguments):
    """What all peers that can give it say, by name."""
    found = {}
    for peer in peers:
        if hasattr(peer, what):
            found |= getattr(peer, what)(*arguments)
    return found


def program(*words):
    """The figures that the program's benchmark prints: the words of each line with tabs."""
    out = subprocess.run([BENCH, *words], capture_output=True, text=True, check=True).stdout
    return [line.split("\t") for line in out.splitlines() if "\t" in line]


def own_round():
    """One round of the program itself: name and nanoseconds."""
    figures = {name: float(value) for name, value in program("peers", str(COUNT), FOLDER)}
    for words in program("decide", "12"):
        if words[0] == "decide":
            figures[f"one-{words[2]}-{words[3]}"] = float(words[4])
    return figures | {f"policy-{name}": float(value) for name, value in program("measures", POLICY)}


def growth(peers, work):
    """For each engine the times in microseconds of asking 12 … 12 000 rules about one complete project, and of loading them in milliseconds."""
    found = {}
    for words in program("decide", "12000"):
        if words[0] == "rules":
            engine = {"ask": "条理, which may hold", "scan": "条理, without its index", "load": "条理, loading"}[words[3]]
            found.setdefault(engine, {})[int(words[2])] = float(words[4]) / (1 if words[3] == "load" else 1000)
    for count in (12, 120, 1200, 12000):
        for name, value in gather(peers, "grow", work, count, max(1, 2400 // count)).items():
            found.setdefault(name, {})[count] = value
    return found


def process(command):
    """The time of a whole process on the wall, in milliseconds; spawned, so that this one's memory isn't copied."""
    path = shutil.which(command[0])
    silent = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    start = time.perf_counter_ns()
    _, status = os.waitpid(os.posix_spawn(path, command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}")
    return (time.perf_counter_ns() - start) / 1e6


def bodies(engines):
    """Pairs of engine and kind of data, and what answers it."""
    return [((name, kind), body) for name, kinds in engines.items() for kind, body in kinds.items()]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    subprocess.run([BENCH, "peers-data", str(COUNT), FOLDER], check=True)
    peers, work = installed(), workload.Work(FOLDER)
    in_memory, from_csv, single = (bodies(gather(peers, what, work)) for what in ("batch", "table", "one"))
    rules, subject = os.path.join(FOLDER, "十二项"), os.path.join(FOLDER, "one.csv")
    processes = {"条理": [TIAOLI, "query", rules, "虚构项目1", "--facts", subject, "--as-of", "2024-06-01"]}
    processes |= gather(peers, "process", work)
    times = {}
    for number in range(ROUNDS + 1):
        found = [(("own", name), value) for name, value in own_round().items()]
        found += [(("batch", *key), workload.spent(body) * getattr(body, "scale", 1) / COUNT) for key, body in in_memory]
        found += [(("csv", *key), workload.spent(body) / COUNT) for key, body in from_csv]
        found += [(("one", *key), body()) for key, body in single]
        for name, command in processes.items():
            found.append((("process", name), statistics.median(process(command) for _ in range(15))))
        if number > 0:  # the first warms up
            for key, value in found:
                times.setdefault(key, []).append(value)
    print(f"{COUNT} projects, seed 36, {ROUNDS} interleaved rounds, medians of processor time; load {os.getloadavg()}")
    print("python", sys.version.split()[0], *versions())
    report({key: statistics.median(values) for key, values in times.items()}, growth(peers, work))


main()
