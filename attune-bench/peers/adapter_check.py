"""Loads adapters and merged models that Attune wrote in PEFT and transformers, and compares logits.

Usage: python adapter_check.py BASES WRITTEN   (attune-model/src/test/resources/adapters, attune-model/target/adapters)

PeftParityTest writes WRITTEN: for every case adapter/, merged/ and logits.safetensors (what Attune computes).
"""
import pathlib
import shutil
import sys
import tempfile
import warnings

import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

TOLERANCE = 1e-4
bases, written = map(pathlib.Path, sys.argv[1:])
warnings.filterwarnings("ignore")
worst = 0.0
for case in sorted(written.iterdir()):
    reward = case.name.endswith("reward")
    maker = AutoModelForSequenceClassification if reward else AutoModelForCausalLM
    golden = load_file(bases / case.name / "golden.safetensors")
    ours = load_file(case / "logits.safetensors")["logits"]
    inputs = {key: golden[key] for key in ("input_ids", "attention_mask")}
    mask = 1 if reward else golden["attention_mask"].unsqueeze(2)

    def difference(model):
        with torch.no_grad():
            return float(((model.eval()(**inputs).logits - ours) * mask).abs().max())

    more = {"num_labels": 1} if reward else {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("config.json", "model.safetensors"):
            shutil.copy(bases / case.name / name, folder)
        base = maker.from_pretrained(folder, attn_implementation="eager", **more)
        adapted = difference(PeftModel.from_pretrained(base, case / "adapter"))
    merged = difference(maker.from_pretrained(case / "merged", attn_implementation="eager", **more))
    worst = max(worst, adapted, merged)
    print(f"{case.name:22} in PEFT {adapted:.1e}   merged, in transformers {merged:.1e}")
print(f"largest difference {worst:.1e}, tolerance {TOLERANCE:.0e}")
sys.exit(worst > TOLERANCE)
