"""Attune against transformers on this machine, interleaved, medians of pairs: docs/evidence/speed.txt.

    python attune-bench/peers/compare.py [--repetitions 5] [--only train-5m]

Needs torch and transformers in the Python that runs it, a built Attune (./attune doctor builds it), and a machine on
which nothing else runs. Exits 1 when a ratio misses its target.
"""
import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TARGETS = {"train-5m": 1.4, "train-134m": 1.2, "sample-5m": 1.8, "sample-134m": 1.3}


def measure(command):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def heading(repetitions):
    commit = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=ROOT, capture_output=True, text=True)
    peers = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("torch", "transformers"))
    print(f"python attune-bench/peers/compare.py --repetitions {repetitions}")
    print(f"commit {commit.stdout.strip()}, against {peers}, {os.cpu_count()} cores")
    print(f"started {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--only", choices=TARGETS)
    options = parser.parse_args()
    missed = False
    heading(options.repetitions)
    print(f"{'task':12} {'Attune':>10} {'peer':>10} {'ratio':>6} {'least':>6} {'most':>6} {'target':>6}  {'Attune MB':>9} {'peer MB':>9}   (tokens/s and ratios: medians)")
    for name, target in TARGETS.items():
        if options.only and name != options.only:
            continue
        task, size = name.split("-")
        ours, theirs = [], []
        for _ in range(options.repetitions):
            ours.append(measure([ROOT / "attune", "lab", "speed", task, size, "--json"]))
            theirs.append(measure([sys.executable, HERE / "transformers_bench.py", task, size]))
        rate = lambda runs: statistics.median(run["tokens_per_second"] for run in runs)
        peak = lambda runs: statistics.median(run["peak_bytes"] for run in runs) / 1e6
        ratios = [a["tokens_per_second"] / b["tokens_per_second"] for a, b in zip(ours, theirs)]
        ratio = statistics.median(ratios)
        missed |= ratio < target
        print(
            f"{name:12} {rate(ours):10.0f} {rate(theirs):10.0f} {ratio:6.2f} {min(ratios):6.2f} {max(ratios):6.2f} {target:6.1f}"
            f"  {peak(ours):9.0f} {peak(theirs):9.0f}",
            flush=True,
        )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
