"""Attune's server against llama.cpp's slots and transformers' continuous batching: docs/evidence/serving-peers.txt.

    python attune-bench/peers/serving.py DIRECTORY_OF_SMOLLM2 [--repetitions 3] [--precision f32|bf16] [--clients 1 8 64]

Needs torch and transformers in the Python that runs it. Attune is measured over HTTP, clients on the same cores; llama.cpp
through its Java binding, which runs the slots of its server without HTTP (float32 alone); transformers in its own process
without HTTP. Each client asks for 48 greedy tokens after a prompt of about 32, end tokens off. Exits 1 on a missed target.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.request

import compare

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NEW_TOKENS = 48
PROMPT = (
    "Write a short story about a lighthouse keeper who finds a letter in a bottle on the beach, and tell what he does on the"
    " day after. Number "
)
# Times llama.cpp, and times transformers.
TARGETS = {1: {"llama.cpp": 0.85}, 64: {"llama.cpp": 1.2, "transformers": 1.2}}


class Server:
    """attune serve in another process."""

    def __init__(self, model, precision, places):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
        command = [ROOT / "attune", "serve", model, "--name", "m", "--port", "0", "--places", places, "--precision", precision]
        self.process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        line = self.process.stdout.readline()
        if not line.startswith("Serving"):
            sys.exit("attune serve did not start")
        self.url = line.rsplit(" at ", 1)[1].strip()

    def complete(self, number):
        body = {"model": "m", "prompt": PROMPT + str(number), "temperature": 0, "max_tokens": NEW_TOKENS, "logit_bias": {"0": -100, "2": -100}}
        request = urllib.request.Request(self.url + "/completions", json.dumps(body).encode())
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["usage"]["completion_tokens"]

    def speed(self, clients):
        with concurrent.futures.ThreadPoolExecutor(clients) as threads:
            list(threads.map(self.complete, range(1000, 1000 + clients)))
            start = time.monotonic()
            tokens = sum(threads.map(self.complete, range(clients)))
            return tokens / (time.monotonic() - start)

    def close(self):
        self.process.terminate()
        self.process.wait()


def attune(options, clients):
    server = Server(options.model, options.precision, max(clients, 1))
    try:
        return server.speed(clients)
    finally:
        server.close()


def llama(options, gguf, clients):
    return compare.run([HERE / "llama_bench", gguf, clients, NEW_TOKENS])["tokens_per_second"]


def transformers(options, clients):
    command = [sys.executable, HERE / "transformers_serving.py", options.model, clients, NEW_TOKENS, options.precision]
    return compare.run(command)["tokens_per_second"]


def gguf_file(options):
    out = ROOT / "target" / "serving-peers.gguf"
    if not out.exists():
        subprocess.run([ROOT / "attune", "convert", options.model, out, "--type", "f32"], check=True, capture_output=True)
    return out


def measure(options, clients, gguf):
    peers = {"transformers": lambda: transformers(options, clients)}
    if options.precision == "f32":
        peers["llama.cpp"] = lambda: llama(options, gguf, clients)
    ours, theirs = [], {name: [] for name in peers}
    for _ in range(options.repetitions):
        ours.append(attune(options, clients))
        for name, peer in peers.items():
            theirs[name].append(peer())
    met = True
    for name in sorted(theirs):
        ratios = [a / b for a, b in zip(ours, theirs[name])]
        ratio = statistics.median(ratios)
        target = TARGETS.get(clients, {}).get(name)
        met &= target is None or ratio >= target
        print(
            f"{clients:7} {name:13} {statistics.median(ours):9.1f} {statistics.median(theirs[name]):9.1f} {ratio:6.2f} {min(ratios):6.2f}"
            f" {max(ratios):6.2f} {target or '':>6} {'' if target is None else 'met' if ratio >= target else 'MISSED'}",
            flush=True,
        )
    return met


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64])
    options = parser.parse_args()
    meanwhile = compare.Meanwhile()
    name, _ = compare.processor()
    compare.heading(options, name)
    print("clients peer             attune      peer  ratio    low   high target")
    gguf = gguf_file(options) if options.precision == "f32" else None
    met = all([measure(options, clients, gguf) for clients in options.clients])
    print(f"\ntokens per second; {meanwhile}")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
