"""Checks that transformers loads a checkpoint and computes the logits that are stored for it.

usage: verify_checkpoint.py MODEL_DIRECTORY LOGITS.safetensors [TOLERANCE]
The file holds input_ids, attention_mask and logits, as `attune verify` reads them. Prints the largest
difference over positions with attention_mask 1 (a reward model's logits are [batch, 1]) and exits 1
above the tolerance, on any weight that transformers misses or does not expect, or on a tied head that
is not tied.
"""

import sys

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification


def main(directory, stored, tolerance="1e-4"):
    config = AutoConfig.from_pretrained(directory)
    reward = config.architectures[0].endswith("ForSequenceClassification")
    cls = AutoModelForSequenceClassification if reward else AutoModelForCausalLM
    model, info = cls.from_pretrained(
        directory, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    model.eval()
    problems = {key: value for key, value in info.items() if value}
    golden = load_file(stored)
    mask = golden["attention_mask"]
    positions = (mask.cumsum(-1) - 1).clamp(min=0)
    with torch.no_grad():
        logits = model(
            input_ids=golden["input_ids"], attention_mask=mask, position_ids=positions, use_cache=False
        ).logits.float()
    difference = (logits - golden["logits"]).abs()
    if not reward:
        difference = difference[mask.bool()]
    largest = difference.max().item()
    print(f"{directory}: {config.architectures[0]}, largest difference {largest:.2e}", problems or "")
    return 0 if largest <= float(tolerance) and not problems else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
