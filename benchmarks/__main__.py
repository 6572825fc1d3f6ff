"""Run every benchmark in turn: ``python -m benchmarks --gold FOLDER``; without it, those that need no labelled data."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

# Name of the module, whether it needs the labelled data, further arguments.
BENCHMARKS: list[tuple[str, bool, list[str]]] = [
    ("html_body", True, []),
    ("layout", False, []),
    ("sentences", True, []),
    ("entities", True, []),
    ("attributions", True, []),
    ("speed_naming", True, []),
    ("stories", True, []),
    ("derivation", True, []),
    ("alignment", True, ["--ablation"]),
    ("edits", True, []),
    ("suggestions", True, []),
    ("scale", False, []),
    ("growing", True, []),
    ("building", False, ["--sizes", "1000,4000"]),
    ("building", False, ["--sizes", "1000,4000", "--kind", "distinct"]),
    ("pages", False, []),
    ("cluster", False, ["--articles", "400", "--search", "2000,10000"]),
    ("serving", False, []),
    ("recovery", False, ["--articles", "20"]),
]


def main() -> int:
    """Run them one after the other, so that none disturbs another's times; exit status 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder of labelled data")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these: " + ", ".join(n for n, *_ in BENCHMARKS))
    given = parser.parse_args()
    failed = []
    for name, needs_gold, more in BENCHMARKS:
        if given.names and name not in given.names:
            continue
        print(f"\n== {name}", flush=True)
        if needs_gold and given.gold is None:
            print("left out: give the folder of labelled data with --gold")
            continue
        gold = ["--gold", str(given.gold)] if needs_gold else []
        if subprocess.run([sys.executable, f"benchmarks/{name}.py", *gold, *more], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
