"""Attune against its peers on this machine, interleaved, medians of pairs: docs/evidence/speed.txt.

    python attune-bench/peers/compare.py [--repetitions 5] [--precision f32|bf16] [--only train-5m ...] [--smollm2 DIR]

Needs torch and transformers in the Python that runs it, and a built Attune (./attune doctor builds it). It pins nothing and
says what else ran meanwhile. With --smollm2, the directory of SmolLM2-135M-Instruct, sampling is compared with llama.cpp
too, through its Java binding. Exits 1 when a ratio misses its target for this kind of processor.
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
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TASKS = ["train-5m", "train-134m", "sample-5m", "sample-134m", "score-5m", "score-134m", "ppo-5m"]
# Times the peer in float32, by kind of processor; None where no target is set.
TARGETS = {
    "Zen 5": {"train-5m": 2.5, "train-134m": 2.4, "sample-5m": 2.8, "sample-134m": 2.2, "ppo-5m": 2.0},
    "Zen 4": {"train-5m": 1.2, "train-134m": 1.1, "sample-5m": 2.0, "sample-134m": 2.0, "ppo-5m": 2.0},
    "Intel with AMX": {"train-5m": 1.6, "train-134m": 1.4, "sample-5m": 2.5, "sample-134m": 2.0, "ppo-5m": 2.0},
}
LLAMA_ROWS = {"f32": {1: 0.85, 16: 1.0, 64: 1.2}, "bf16": {1: 0.85, 64: 1.0}}


def run(command):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment, check=False, timeout=900)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def processor():
    """The name and the kind that has targets."""
    text = pathlib.Path("/proc/cpuinfo").read_text()
    facts = dict((part.strip() for part in line.split(":", 1)) for line in text.split("\n\n")[0].splitlines() if ":" in line)
    family, model, flags = int(facts["cpu family"]), int(facts["model"]), facts["flags"].split()
    if facts["vendor_id"] == "AuthenticAMD":
        kind = "Zen 5" if family == 26 else "Zen 4" if family == 25 and "avx512f" in flags else "Zen 3" if family == 25 else "AMD"
    else:
        kind = "Intel with AMX" if "amx_bf16" in flags else "Intel"
    return f"{facts['model name']}, family {family}, model {model} ({kind})", kind


def busy_seconds():
    """Processor seconds of all processes since the start of the machine, without waiting."""
    user, nice, system, idle, iowait, irq, soft, steal = map(int, pathlib.Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


class Meanwhile:
    """What else used the processor while our own commands ran."""

    def __init__(self):
        self.started, self.busy, self.own = time.time(), busy_seconds(), os.times()

    def __str__(self):
        own = sum(os.times()[2:4]) - sum(self.own[2:4])
        other = max(0.0, busy_seconds() - self.busy - own)
        return f"other processes used {100 * other / (time.time() - self.started):.0f} % of one core meanwhile"


def heading(options, name):
    commit = subprocess.run(["git", "describe", "--always", "--dirty", "--abbrev=12"], cwd=ROOT, capture_output=True, text=True)
    peers = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("torch", "transformers"))
    print(f"python attune-bench/peers/{pathlib.Path(sys.argv[0]).name} {' '.join(sys.argv[1:])}")
    print(f"commit {commit.stdout.strip()}, against {peers}, {options.precision}, medians of {options.repetitions}")
    print(f"processor {name}, {len(os.sched_getaffinity(0))} cores")
    print(f"started {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}\n")


def peer_precisions(task, precision):
    """bf16 has two ways in training, of which the faster counts."""
    if precision == "f32":
        return ["f32"]
    return ["autocast", "medium"] if task in ("train", "ppo") else ["bf16"]


def median(runs, key="tokens_per_second"):
    return statistics.median(run[key] for run in runs)


def floor(task, size, rates, rows):
    """Tokens per second that the measured rates allow: in training and scoring the products', else the weights' reading."""
    products = rates["gflops"] * 1e9 / rates["flops_per_token"]
    if task == "train":
        return products
    if task == "score":
        return 3 * products
    if task == "sample":
        seconds = max(rates["weight_bytes"] / (rates["gigabytes_per_second"] * 1e9), rows * rates["flops_per_token"] / 3 / (rates["gflops"] * 1e9))
        return rows / seconds
    return None


def compare(name, options, targets):
    task, size = name.split("-")
    ours, theirs = [], []
    for _ in range(options.repetitions):
        ours.append(run([ROOT / "attune", "lab", "speed", task, size, "--precision", options.precision, "--json"]))
        peers = [run([sys.executable, HERE / "transformers_bench.py", task, size, "--precision", p]) for p in peer_precisions(task, options.precision)]
        theirs.append(max(peers, key=lambda peer: peer["tokens_per_second"]))
    ratios = [a["tokens_per_second"] / b["tokens_per_second"] for a, b in zip(ours, theirs)]
    ratio = statistics.median(ratios)
    target = targets.get(name) if options.precision == "f32" else 1.2 if name == "train-134m" else None
    rates = run([ROOT / "attune", "lab", "speed", "rates", size, "--json"])
    limit = floor(task, size, rates, {"5m": 64, "134m": 16}[size])
    print(
        f"{name:12} {median(ours):10.0f} {median(theirs):10.0f} {ratio:6.2f} {min(ratios):6.2f} {max(ratios):6.2f} {target or '':>6} "
        f"{'met' if target and ratio >= target else 'MISSED' if target else '':6} {limit or 0:8.0f} {100 * median(ours) / limit if limit else 0:5.0f} % "
        f"{median(ours, 'peak_bytes') / 1e6:9.0f} {median(theirs, 'peak_bytes') / 1e6:9.0f}",
        flush=True,
    )
    return target is None or ratio >= target


def compare_llama(model, options):
    """SmolLM2 against llama.cpp by rows; attune convert writes the GGUF file."""
    met = True
    gguf = pathlib.Path(f"{model}-{options.precision}.gguf")
    if not gguf.exists():
        subprocess.run([ROOT / "attune", "convert", model, gguf, "--type", options.precision], check=True)
    for rows, target in LLAMA_ROWS[options.precision].items():
        ours, theirs = [], []
        for _ in range(options.repetitions):
            ours.append(run([ROOT / "attune", "lab", "speed", "sample", model, "--rows", rows, "--precision", options.precision, "--json"]))
            theirs.append(run([HERE / "llama_bench", gguf, rows, 48]))
        ratios = [a["tokens_per_second"] / b["tokens_per_second"] for a, b in zip(ours, theirs)]
        ratio = statistics.median(ratios)
        met &= ratio >= target
        name = f"llama {rows} rows"
        print(f"{name:14} {median(ours):8.0f} {median(theirs):10.0f} {ratio:6.2f} {min(ratios):6.2f} {max(ratios):6.2f} {target:6} {'met' if ratio >= target else 'MISSED'}", flush=True)
    return met


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--only", nargs="*", choices=TASKS)
    parser.add_argument("--smollm2", metavar="DIR")
    options = parser.parse_args()
    name, kind = processor()
    heading(options, name)
    meanwhile, met = Meanwhile(), True
    print(f"{'task':12} {'Attune':>10} {'peer':>10} {'ratio':>6} {'least':>6} {'most':>6} {'target':>6} {'':6} {'floor':>8} {'of it':>7} {'Attune MB':>9} {'peer MB':>9}")
    for task in TASKS if options.only is None else options.only:
        met &= compare(task, options, TARGETS.get(kind, {}))
    if options.smollm2:
        met &= compare_llama(options.smollm2, options)
    print(f"\ntokens/s; ratios are those of pairs that ran one after the other; {meanwhile}")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
