"""Start-up as a ratio: whole commands against importing typer, rich, pydantic and rapidfuzz in a bare interpreter.

usage: python benchmarks/startup.py [ROUNDS]

Commands and baseline take turns, so that a busy machine slows both; medians of the rounds are compared. All run from
compiled modules, as they do after an install: the libraries' were compiled when pip installed them, ours are before the
first round.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASE = [sys.executable, "-c", "import typer, rich, pydantic, rapidfuzz"]
_SCRIPT = str(Path(sys.executable).with_name("claimtrace"))
COMMANDS = {
    "claimtrace scan seeds/ --no-store": ([_SCRIPT, "scan", "seeds/", "--no-store"], 3.0),
    "claimtrace --help": ([_SCRIPT, "--help"], 1.3),
}


def wall(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print medians and ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    compileall.compile_dir(ROOT / "src", quiet=1)
    times: dict[str, list[float]] = {name: [] for name in ("base", *COMMANDS)}
    for number in range(rounds + 1):
        for name, command in (("base", BASE), *((name, command) for name, (command, _) in COMMANDS.items())):
            taken = wall(command)
            if number:  # the first round fills the caches
                times[name].append(taken)
    base = statistics.median(times["base"])
    print(f"{'importing the four libraries':36s} {1000 * base:6.0f} ms")
    for name, (_, asked) in COMMANDS.items():
        middle = statistics.median(times[name])
        print(f"{name:36s} {1000 * middle:6.0f} ms  ratio {middle / base:.2f} (asked: at most {asked})")


if __name__ == "__main__":
    main()
