"""Opens workbooks that `tiaoli batch` wrote in LibreOffice and holds their cells against those of the same answers as CSV.

    python3 compare.py TIAOLI POLICY FOLDER TABLE…

For every TABLE the answers are written as XLSX and as CSV; LibreOffice converts the workbook to CSV, and each cell must say the same.
"""
import csv
import pathlib
import subprocess
import sys

AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file)]


def same(ours, theirs):
    """A cell as it was written and as LibreOffice shows it: numbers by value, truths by their words, all else to the letter."""
    if ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n"):
        return True
    if {ours, theirs} <= {"TRUE", "FALSE"}:
        return ours == theirs
    def number(text):
        for unit in ("张", "万元", "亩"):
            text = text.removesuffix(unit)
        return round(float(text), 9)
    try:
        return number(ours) == number(theirs)
    except ValueError:
        return False


def main(tiaoli, policy, folder, tables):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    cells = 0
    for table in tables:
        name = pathlib.Path(table).stem
        for ending in ("xlsx", "csv"):
            output = folder / f"{name}-答.{ending}"
            for old in (output, pathlib.Path(f"{output}.part")):
                old.unlink(missing_ok=True)
            run = subprocess.run(
                [tiaoli, "batch", policy, table, "--as-of", "2024-06-01", "--out", output], capture_output=True, text=True)
            if run.returncode not in (0, 1):
                sys.exit(f"{table}: {run.stderr}")
        shown = folder / "office"
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder.resolve()}/profile", "--headless", "--convert-to", AS_SHOWN, "--outdir", shown,
             folder / f"{name}-答.xlsx"], check=True, capture_output=True)
        found = sorted(shown.glob(f"{name}-答*.csv"))
        ours, theirs = rows(folder / f"{name}-答.csv"), rows(found[-1])
        if len(ours) != len(theirs):
            sys.exit(f"{table}: {len(ours)} rows, and LibreOffice shows {len(theirs)}")
        for number, (own, other) in enumerate(zip(ours, theirs), 1):
            width = max(len(own), len(other))
            own, other = own + [""] * (width - len(own)), other + [""] * (width - len(other))
            for column, (one, two) in enumerate(zip(own, other), 1):
                if not same(one, two):
                    sys.exit(f"{table}: row {number}, column {column}: {one!r} is shown as {two!r}")
                cells += 1
    print(f"LibreOffice shows {cells} cells of {len(tables)} workbooks as they were written")


main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
