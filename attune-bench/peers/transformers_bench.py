"""One measurement of transformers, as a JSON line: the peer's half of compare.py.

    python transformers_bench.py train 5m     forward, backward, clip, AdamW; tokens per second
    python transformers_bench.py sample 134m  generate with a KV cache, end token off; new tokens per second
"""
import json
import resource
import sys
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

SIZES = {
    "5m": dict(hidden_size=256, intermediate_size=680, num_hidden_layers=6, num_attention_heads=8, vocab_size=512),
    "134m": dict(hidden_size=768, intermediate_size=2048, num_hidden_layers=12, num_attention_heads=12, vocab_size=32000),
}
TRAIN = {"5m": (64, 128, 6), "134m": (4, 256, 3)}  # rows, tokens a row, counted steps
SAMPLE = {"5m": (64, 96), "134m": (16, 48)}  # rows, new tokens a row
PROMPT = 32


def build(size):
    torch.manual_seed(7)
    config = LlamaConfig(**SIZES[size], tie_word_embeddings=False, max_position_embeddings=1024)
    return LlamaForCausalLM(config).float()


def train(size):
    rows, length, steps = TRAIN[size]
    model = build(size).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    ids = torch.randint(0, SIZES[size]["vocab_size"], (rows, length))

    def step():
        loss = model(input_ids=ids, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()

    step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return rows * length * steps / (time.perf_counter() - start)


def sample(size):
    rows, new = SAMPLE[size]
    model = build(size).eval()
    ids = torch.randint(3, SIZES[size]["vocab_size"], (rows, PROMPT))
    settings = dict(do_sample=True, temperature=1.0, top_k=0, top_p=1.0, use_cache=True, eos_token_id=None, pad_token_id=0)
    with torch.no_grad():
        model.generate(ids, max_new_tokens=4, attention_mask=torch.ones_like(ids), **settings)
        start = time.perf_counter()
        out = model.generate(ids, max_new_tokens=new, attention_mask=torch.ones_like(ids), **settings)
    assert out.shape == (rows, PROMPT + new)
    return rows * new / (time.perf_counter() - start)


if __name__ == "__main__":
    task, size = sys.argv[1:3]
    rate = {"train": train, "sample": sample}[task](size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"tokens_per_second": rate, "peak_bytes": peak}))
