"""The rules by hand in C: the limit."""

import ctypes
import os
import shutil
import subprocess
import time

import numpy
import workload

if not shutil.which("gcc"):
    raise ImportError("gcc")

ORDER = ["investment", "county", "kind", "leads", "investor", "has_loan", "compliant", "planning", "land_use",
         "is_hospital", "level", "built"]


def library(work):
    path = os.path.join(work.folder, "limit.so")
    source = os.path.join(os.path.dirname(__file__), "limit.c")
    subprocess.run(["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", path, source], check=True)
    loaded = ctypes.CDLL(path)
    loaded.decide_one.restype = ctypes.c_int64
    return loaded


def columns(records):
    return (ctypes.c_void_p * len(ORDER))(*[records.arrays[name].ctypes.data for name in ORDER])


def batch(work):
    loaded, found = library(work), {}
    for records in work.both:
        count = len(records.frame)
        known, yes = numpy.full(count, 0xFFF, numpy.uint16), numpy.zeros(count, numpy.uint16)
        masks = [ctypes.c_void_p(yes.ctypes.data)]
        if records is work.missing:
            masks.insert(0, ctypes.c_void_p(known.ctypes.data))
        decide = loaded.decide_missing if records is work.missing else loaded.decide
        arguments = (columns(records), ctypes.c_int64(count), *masks)
        run = lambda decide=decide, arguments=arguments, kept=(known, yes): decide(*arguments)
        run()
        records.check("C", [workload.text_of(int(known[i]), int(yes[i])) for i in range(workload.SAMPLE)])
        found[records.kind] = run
    return {"C, by hand": found}


def one(work):
    loaded, pointers, times = library(work), columns(work.complete), 2_000_000

    def run():
        start = time.process_time_ns()
        loaded.decide_one(pointers, ctypes.c_int64(workload.SAMPLE), ctypes.c_int64(times))
        return (time.process_time_ns() - start) / times

    return {"C, by hand": {"complete": run}}
