"""One measurement of transformers, as a JSON line: the peer's half of compare.py.

    python transformers_bench.py train 5m     forward, backward, clip, AdamW; tokens per second
    python transformers_bench.py sample 134m  generate with a KV cache, end token off; new tokens per second
    python transformers_bench.py score 5m     a reward model's forward pass; tokens per second
    python transformers_bench.py ppo 5m       a PPO step as TRL computes it, by hand; sampled tokens per second

Further arguments: --precision f32|autocast|medium (bf16 in two ways) or bf16 (weights in bf16, for sample and score),
--rows N for sample. The size may be a directory of a model.
"""
import argparse
import contextlib
import json
import resource
import time

import torch
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, LlamaForSequenceClassification

SIZES = {
    "5m": dict(hidden_size=256, intermediate_size=680, num_hidden_layers=6, num_attention_heads=8, vocab_size=512),
    "134m": dict(hidden_size=768, intermediate_size=2048, num_hidden_layers=12, num_attention_heads=12, vocab_size=32000),
}
TRAIN = {"5m": (64, 128, 6), "134m": (4, 256, 3)}  # rows, tokens a row, counted steps
SAMPLE = {"5m": (64, 96), "134m": (16, 48)}  # rows, new tokens a row
SCORE = {"5m": (256, 128), "134m": (16, 256)}  # rows, tokens a row
PROMPT = 32
SAMPLED = 3  # counted batches; one more before them is not
ROLLOUTS = 64


def config(size, **more):
    return LlamaConfig(**SIZES[size], tie_word_embeddings=False, max_position_embeddings=1024, **more)


def build(size):
    torch.manual_seed(7)
    if size in SIZES:
        return LlamaForCausalLM(config(size)).float()
    return AutoModelForCausalLM.from_pretrained(size, dtype=torch.float32)


def shape(table, size):
    return table[size if size in SIZES else "134m"]


def tokens(model, rows, length):
    return torch.randint(3, model.config.vocab_size, (rows, length))


def autocast(options):
    return torch.autocast("cpu", torch.bfloat16) if options.precision == "autocast" else contextlib.nullcontext()


def train(options):
    rows, length, steps = shape(TRAIN, options.size)
    model = build(options.size).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    ids = tokens(model, rows, length)

    def step():
        with autocast(options):
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


def generate(model, ids, new):
    settings = dict(do_sample=True, temperature=1.0, top_k=0, top_p=1.0, use_cache=True, eos_token_id=None, pad_token_id=0)
    with torch.no_grad():
        return model.generate(ids, max_new_tokens=new, attention_mask=torch.ones_like(ids), **settings)


def sample(options):
    rows, new = shape(SAMPLE, options.size)
    rows = options.rows or rows
    model = build(options.size).eval()
    if options.precision == "bf16":
        model = model.bfloat16()
    ids = tokens(model, rows, PROMPT)
    generate(model, ids, new)
    start = time.perf_counter()
    for _ in range(SAMPLED):
        out = generate(model, ids, new)
        assert out.shape == (rows, PROMPT + new)
    return SAMPLED * rows * new / (time.perf_counter() - start)


def score(options):
    rows, length = SCORE[options.size]
    model = LlamaForSequenceClassification(config(options.size, num_labels=1, pad_token_id=0)).eval()
    if options.precision == "bf16":
        model = model.bfloat16()
    ids = tokens(model, rows, length)
    with torch.no_grad():
        model(ids[: rows // 4])
        start = time.perf_counter()
        for part in ids.split(64):
            model(part)
    return rows * length / (time.perf_counter() - start)


def log_probs(model, ids, prompt):
    logits = model(ids).logits[:, prompt - 1 : -1]
    return -torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, prompt:].flatten(), reduction="none").view(len(ids), -1)


def advantages(rewards, values, lam=0.95):
    last, reversed_list = 0, []
    for t in reversed(range(rewards.shape[1])):
        following = values[:, t + 1] if t + 1 < rewards.shape[1] else 0.0
        last = rewards[:, t] + following - values[:, t] + lam * last
        reversed_list.append(last)
    return torch.stack(reversed_list[::-1], 1)


def ppo(options):
    SIZES[options.size]["vocab_size"] = 3072  # as Attune's half, which samples from the built-in vocabulary
    policy, reference = build(options.size), build(options.size).eval()
    critic = LlamaForSequenceClassification(config(options.size, num_labels=1, pad_token_id=0))
    optimizer = torch.optim.AdamW([*policy.parameters(), *critic.parameters()], lr=1e-5)
    prompts = tokens(policy, ROLLOUTS, PROMPT)

    def values(ids):
        return critic.score(critic.model(ids).last_hidden_state).squeeze(-1)[:, PROMPT - 1 : -1]

    def step():
        ids = generate(policy, prompts, 64)
        with torch.no_grad():
            old, before, old_values = log_probs(policy, ids, PROMPT), log_probs(reference, ids, PROMPT), values(ids)
            rewards = -0.05 * (old - before)
            rewards[:, -1] += ids.float().mean(1) / 100
            advantage = advantages(rewards, old_values)
            returns = advantage + old_values
            advantage = (advantage - advantage.mean()) / (advantage.std() + 1e-8)
        for _ in range(4):
            with autocast(options):
                new, value = log_probs(policy, ids, PROMPT), values(ids)
            ratio = (new - old).exp()
            policy_loss = torch.max(-advantage * ratio, -advantage * ratio.clamp(0.8, 1.2)).mean()
            clipped = old_values + (value - old_values).clamp(-0.2, 0.2)
            value_loss = 0.5 * torch.max((value - returns) ** 2, (clipped - returns) ** 2).mean()
            (policy_loss + 0.1 * value_loss).backward()
            torch.nn.utils.clip_grad_norm_([*policy.parameters(), *critic.parameters()], 1.0)
            optimizer.step()
            optimizer.zero_grad()

    step()
    start = time.perf_counter()
    for _ in range(3):
        step()
    return 3 * ROLLOUTS * 64 / (time.perf_counter() - start)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("task", choices=["train", "sample", "score", "ppo"])
    parser.add_argument("size")
    parser.add_argument("--precision", default="f32", choices=["f32", "autocast", "medium", "bf16"])
    parser.add_argument("--rows", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.precision == "medium":
        torch.set_float32_matmul_precision("medium")
    rate = {"train": train, "sample": sample, "score": score, "ppo": ppo}[chosen.task](chosen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"tokens_per_second": rate, "peak_bytes": peak}))
