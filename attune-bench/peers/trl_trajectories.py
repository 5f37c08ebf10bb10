"""Trains with TRL for eight steps per setting and stores what a repetition needs: attune-training/src/test/resources/trl.

    python trl_trajectories.py MODEL PAIRS OUT [--only NAME ...]

MODEL is a causal checkpoint in float32 whose token 0 may serve as padding, PAIRS a JSONL file with prompt, chosen and
rejected, OUT the folder for NAME.json and adapters/. NAME may end in * for all names that begin so. Needs trl, peft and
torch. Each file holds the settings, the rows as TRL fed them (token ids without padding), the rows of each micro-batch,
and TRL's loss (before the update) and gradient norm (global, before clipping) of each step. Completions of on-policy
methods are sampled once here and replayed: TRL's generation is replaced, and its shuffle of a rollout left out, so
that micro-batches are known. Rewards are functions of the token ids.
"""
import argparse
import hashlib
import importlib.metadata
import json
import os
import pathlib
import platform
import tempfile

os.environ.update(HF_HUB_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")

import torch
from datasets import Dataset
from peft import LoraConfig, PeftConfig, PeftModel, get_peft_model, load_peft_weights, set_peft_model_state_dict
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer
from trl import (DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, KTOConfig, KTOTrainer, RewardConfig, RewardTrainer,
                 RLOOConfig, RLOOTrainer, SFTConfig, SFTTrainer)
from transformers.utils.logging import disable_progress_bar
from trl.trainer import grpo_trainer, rloo_trainer

STEPS = 8
PAD = 0
GROUP = 4  # completions of a prompt
LONGEST = 12  # tokens of a completion
RATES = {"sft": 1e-3, "reward": 1e-3, "dpo": 5e-4, "kto": 1e-3, "grpo": 4e-4, "rloo": 5e-5}
DECAYS = {"sft": 0.1, "reward": 0.1}
# At 1e-8, the default, Adam enlarges the rounding of tiny gradients: the number of threads moves the loss by 2e-5, here by 2e-6.
EPSILON = 1e-6
OTHER_REFERENCE = {"rope_theta": 1000.0}  # the same weights read with another configuration
ADAPTERS = {
    "lora": dict(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"]),
    "rslora": dict(r=2, lora_alpha=4, target_modules="all-linear", use_rslora=True),
    "dora": dict(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"], use_dora=True),
}
NOT_STORED = ("epoch", "step", "learning_rate", "num_tokens", "step_time", "completions/", "loss", "grad_norm")


def cases():
    """Each trajectory: its method, settings of TRL, and what else differs (adapter, reference, accumulation)."""
    all_cases = {
        "sft": case("sft"),
        "sft-default-epsilon": case("sft", rate=2e-4, adam_epsilon=1e-8),
        "sft-text": case("sft", whole=True),
        "sft-accumulation": case("sft", accumulation=2),
        "sft-lora": case("sft", adapter="lora"),
        "sft-rslora-accumulation": case("sft", adapter="rslora", accumulation=2),
        "sft-dora": case("sft", adapter="dora"),
        "reward": case("reward"),
        "reward-accumulation": case("reward", accumulation=2),
        "reward-margin": case("reward", margin=True),
        "reward-centering": case("reward", center_rewards_coefficient=0.01),
        "kto": case("kto"),
        "kto-weights": case("kto", desirable_weight=1.5, undesirable_weight=0.5),
        "kto-accumulation": case("kto", accumulation=2),
        "kto-small-micro": case("kto", accumulation=4),
        "kto-reference": case("kto", reference=OTHER_REFERENCE, beta=0.3),
        "kto-apo-zero": case("kto", loss_type="apo_zero_unpaired"),
        "rloo": case("rloo", num_iterations=1, beta=0.05),
        "rloo-two-passes": case("rloo", beta=0.05),
        "rloo-accumulation": case("rloo", beta=0.05, accumulation=2),
        "rloo-normalized": case("rloo", beta=0.0, normalize_advantages=True, reward_clip_range=(0.2, 0.8)),
    }
    return {**all_cases, **dpo_cases(), **grpo_cases()}


def case(method, accumulation=1, adapter=None, reference=None, rate=None, adam_epsilon=EPSILON, **settings):
    return dict(method=method, accumulation=accumulation, adapter=adapter, reference=reference,
                rate=rate or RATES[method], adam_epsilon=adam_epsilon, settings=settings)


def dpo_cases():
    smoothing = {"robust": 0.1, "exo_pair": 0.001, "aot_unpaired": 0.1}
    losses = ["sigmoid", "robust", "hinge", "ipo", "sigmoid_norm", "exo_pair", "nca_pair", "apo_zero", "apo_down", "aot",
              "aot_unpaired", "discopop", "sppo_hard", "bco_pair", "sft"]
    single = {
        "dpo-" + loss.replace("_", "-"): case("dpo", loss_type=[loss], label_smoothing=smoothing.get(loss, 0.0),
                                              rate=1e-4 if loss == "sppo_hard" else None)
        for loss in losses
    }
    return {
        **single,
        "dpo-default-epsilon": case("dpo", rate=1e-4, adam_epsilon=1e-8),
        "dpo-sigmoid-sft": case("dpo", loss_type=["sigmoid", "sft"], loss_weights=[1.0, 0.2]),
        "dpo-reference": case("dpo", reference=OTHER_REFERENCE, beta=0.3),
        "dpo-ipo-reference": case("dpo", reference=OTHER_REFERENCE, loss_type=["ipo"]),
        "dpo-lora": case("dpo", adapter="lora", rate=2e-3),
        "dpo-lora-continued": case("dpo", adapter="lora", rate=2e-3, continued=True),
        "dpo-dora": case("dpo", adapter="dora", rate=2e-3),
        "dpo-accumulation": case("dpo", accumulation=2),
        "dpo-ipo-accumulation": case("dpo", accumulation=2, loss_type=["ipo"]),
    }


def grpo_cases():
    variants = {
        "grpo": dict(loss_type="grpo"),
        "bnpo": dict(loss_type="bnpo"),
        "dr-grpo": dict(loss_type="dr_grpo", scale_rewards="none"),
        "dapo": dict(loss_type="dapo", epsilon_high=0.28),
        "cispo": dict(loss_type="cispo", epsilon_high=1.2),
        "luspo": dict(loss_type="luspo", importance_sampling_level="sequence", epsilon=0.05, rate=1e-4),
        "sapo": dict(loss_type="sapo"),
        "gspo": dict(loss_type="grpo", importance_sampling_level="sequence", epsilon=0.05, rate=1e-4),
    }
    all_cases = {}
    for name, settings in variants.items():
        all_cases[f"grpo-{name}"] = case("grpo", **settings)
        slower = {"rate": 2e-4, **settings}  # the exponential in k3 enlarges rounding
        all_cases[f"grpo-{name}-kl-accumulation"] = case("grpo", accumulation=2, beta=0.1, **slower)
    dapo, grpo = variants["dapo"], variants["grpo"]
    return {
        **all_cases,
        "grpo-one-pass": case("grpo", num_iterations=1, **grpo),
        "grpo-kl-one-pass": case("grpo", num_iterations=1, beta=0.1, **grpo),
        "grpo-kl-plain": case("grpo", beta=0.1, use_bias_correction_kl=False, **grpo),
        "grpo-accumulation": case("grpo", accumulation=2, **grpo),
        "grpo-dapo-accumulation": case("grpo", accumulation=2, **dapo),
        "grpo-dapo-slices": case("grpo", slices=2, **dapo),
        "grpo-scale-batch": case("grpo", scale_rewards="batch", **grpo),
        "grpo-scale-none": case("grpo", scale_rewards="none", **grpo),
        "grpo-masked": case("grpo", mask_truncated_completions=True, **grpo),
        "grpo-dapo-masked-accumulation": case("grpo", mask_truncated_completions=True, accumulation=2, **dapo),
        "grpo-delta": case("grpo", delta=1.25, **grpo),
        "grpo-temperature": case("grpo", temperature=0.7, **grpo),
        "grpo-entropy": case("grpo", entropy_coef=0.01, **grpo),
        "grpo-two-rewards": case("grpo", reward_weights=[1.0, 0.5], rewards=["digits", "length"], **grpo),
        "grpo-normalized-rewards": case("grpo", rewards=["digits", "length"],
                                        multi_objective_aggregation="normalize_then_sum", **grpo),
        "grpo-lora-kl": case("grpo", adapter="lora", rate=1e-3, beta=0.1, **grpo),
    }


# ---- rows ----


def words(text, count):
    return "".join(" " + word for word in text.split()[:count])


def short_pairs(path, count):
    """Pairs with their completions cut to three to eight words, in the file's order; equal ones are left out."""
    pairs = []
    for number, line in enumerate(open(path, encoding="utf-8")):
        row = json.loads(line)
        chosen, rejected = words(row["chosen"], 3 + number * 5 % 6), words(row["rejected"], 3 + (number * 7 + 2) % 6)
        if chosen != rejected:
            pairs.append({"prompt": row["prompt"], "chosen": chosen, "rejected": rejected,
                          "margin": (row["chosen_score"] - row["rejected_score"]) / 2})
    return pairs[:count]


def judged(pairs):
    """One completion of each pair with its label: five of eight are desirable."""
    rows = []
    for number, pair in enumerate(pairs):
        label = number % 8 in (0, 2, 3, 5, 6)
        rows.append({"prompt": pair["prompt"], "completion": pair["chosen" if label else "rejected"], "label": label})
    return rows


def digits_reward(completion_ids, **_):
    return [(sum(ids) % 11) / 10 for ids in completion_ids]


def length_reward(completion_ids, **_):
    return [len(ids) / LONGEST for ids in completion_ids]


REWARDS = {"digits": digits_reward, "length": length_reward}


def sample_completions(model, tokenizer, prompts):
    """GROUP completions for each prompt, of 5 to LONGEST tokens; two of three end in the end token."""
    generator = torch.Generator().manual_seed(7)
    completions = []
    for place in range(len(prompts) * GROUP):
        ids = tokenizer(prompts[place // GROUP])["input_ids"]
        length, ends = 5 + place * 5 % (LONGEST - 4), place % 3 > 0
        new = []
        with torch.no_grad():
            while len(new) < length - ends:
                odds = model(torch.tensor([ids + new])).logits[0, -1].softmax(-1)
                odds[[PAD, tokenizer.eos_token_id]] = 0
                new.append(torch.multinomial(odds, 1, generator=generator).item())
        completions.append(new + [tokenizer.eos_token_id] * ends)
    return completions


# ---- what TRL was fed ----


def unpadded(ids, attention, completion):
    """The real tokens of a row, as prompt and completion."""
    real, mask = ids[attention.bool()].tolist(), completion[attention.bool()].tolist()
    start = mask.index(1)
    assert all(mask[start:]) and not any(mask[:start])
    return real[:start], real[start:]


def sft_rows(inputs):
    rows = []
    for ids, attention, labels in zip(inputs["input_ids"], inputs["attention_mask"], inputs["labels"]):
        real = attention.bool()
        rows.append({"ids": ids[real].tolist(), "mask": (labels[real] != -100).int().tolist()})
    return rows


def reward_rows(inputs):
    sequences = [ids[mask.bool()].tolist() for ids, mask in zip(inputs["input_ids"], inputs["attention_mask"])]
    half = len(sequences) // 2
    rows = [{"chosen": a, "rejected": b} for a, b in zip(sequences[:half], sequences[half:])]
    for row, margin in zip(rows, inputs.get("margin", [])):
        row["margin"] = margin.item()
    return rows


def dpo_rows(inputs):
    sequences = list(map(unpadded, inputs["input_ids"], inputs["attention_mask"], inputs["completion_mask"]))
    half = len(sequences) // 2
    rows = []
    for (prompt, chosen), (same, rejected) in zip(sequences[:half], sequences[half:]):
        assert prompt == same
        rows.append({"prompt": prompt, "chosen": chosen, "rejected": rejected})
    return rows


def kto_rows(inputs):
    rows = []
    matched = map(unpadded, inputs["input_ids"], inputs["attention_mask"], inputs["completion_mask"])
    for (prompt, completion), label in zip(matched, inputs["label"]):
        rows.append({"prompt": prompt, "completion": completion, "desirable": bool(label)})
    if "KL_input_ids" in inputs:
        others = map(unpadded, inputs["KL_input_ids"], inputs["KL_attention_mask"], inputs["KL_completion_mask"])
        for row, (prompt, completion) in zip(rows, others):
            assert row["prompt"] == prompt
            row["mismatched"] = completion
    return rows


def on_policy_rows(inputs):
    rows = []
    for i, advantage in enumerate(inputs["advantages"].tolist()):
        rows.append({
            "prompt": inputs["prompt_ids"][i][inputs["prompt_mask"][i].bool()].tolist(),
            "completion": inputs["completion_ids"][i].tolist(),
            "advantage": short(advantage),
            "masked": not inputs["completion_mask"][i].any().item(),
        })
    return rows


ROWS = {"sft": sft_rows, "reward": reward_rows, "dpo": dpo_rows, "kto": kto_rows, "grpo": on_policy_rows, "rloo": on_policy_rows}


def recording(trainer_class, describe):
    class Recording(trainer_class):
        fed = []

        def compute_loss(self, model, inputs, *args, **more):
            self.fed.append(describe(inputs))
            return super().compute_loss(model, inputs, *args, **more)

    return Recording


def replaying(trainer_class, completions):
    """Takes the stored completions, in order, instead of generating."""

    class Replaying(trainer_class):
        taken = 0

        def _generate_single_turn(self, prompt_ids, *args, **more):
            new = completions[self.taken : self.taken + len(prompt_ids)]
            self.taken += len(prompt_ids)
            return (new, None) if issubclass(trainer_class, GRPOTrainer) else new

    return Replaying


# ---- running TRL ----


class Peer:
    """The checkpoint with its rows, and the trainers of each method."""

    def __init__(self, model, pairs, out):
        self.path, self.out = model, out
        self.tokenizer = AutoTokenizer.from_pretrained(model)
        self.tokenizer.pad_token_id = PAD
        self.pairs = short_pairs(pairs, 64)
        self.prompts = list(dict.fromkeys(pair["prompt"] for pair in self.pairs))[:16]
        self.completions = sample_completions(self.model(), self.tokenizer, self.prompts)

    def model(self, **changes):
        config = AutoConfig.from_pretrained(self.path)
        if changes:
            config.rope_parameters = {**config.rope_parameters, **changes}
        return AutoModelForCausalLM.from_pretrained(self.path, config=config, dtype=torch.float32)

    def reward_model(self):
        model = AutoModelForSequenceClassification.from_pretrained(self.path, num_labels=1, dtype=torch.float32)
        model.config.pad_token_id = PAD
        head = torch.randn(model.score.weight.shape, generator=torch.Generator().manual_seed(3))
        with torch.no_grad():
            model.score.weight.copy_((1000 * head).round() / 10000)
        return model

    def adapter(self, name):
        """The folder of an initial adapter whose lora_B, and DoRA's magnitude, are not those of an unchanged model."""
        folder = self.out / "adapters" / name
        if not folder.exists():
            torch.manual_seed(5)
            model = get_peft_model(self.model(), LoraConfig(task_type="CAUSAL_LM", lora_dropout=0.0, **ADAPTERS[name]))
            with torch.no_grad():
                for key, weight in model.named_parameters():
                    if "lora_B" in key:
                        weight.normal_(0, 0.02)
                    if "lora_magnitude" in key:
                        weight.mul_(1 + 0.05 * torch.randn(weight.shape))
            model.peft_config["default"].base_model_name_or_path = self.path.name
            model.save_pretrained(folder)
            (folder / "README.md").unlink()
            self.tidy(folder / "adapter_config.json")
        return folder

    def tidy(self, file):
        """The order of a set differs from run to run."""
        config = json.loads(file.read_text())
        if isinstance(config["target_modules"], list):
            config["target_modules"].sort()
        file.write_text(json.dumps(config, indent=2) + "\n")

    def adapter_settings(self, name):
        config = PeftConfig.from_pretrained(self.adapter(name))
        config.inference_mode = False
        return config

    def trainer(self, run, folder):
        method, settings = run["method"], dict(run["settings"])
        rows = 8 if method in ("kto", "grpo", "rloo") else 4
        shared = dict(
            output_dir=folder, max_steps=STEPS, learning_rate=run["rate"], lr_scheduler_type="constant",
            optim="adamw_torch", adam_beta1=0.9, adam_beta2=0.999, adam_epsilon=run["adam_epsilon"], max_grad_norm=1.0,
            weight_decay=0.0 if run["adapter"] else DECAYS.get(method, 0.01), gradient_accumulation_steps=run["accumulation"],
            per_device_train_batch_size=rows // run["accumulation"] // settings.get("slices", 1), logging_steps=1,
            save_strategy="no", report_to="none", bf16=False, gradient_checkpointing=False, use_cpu=True, seed=1,
            disable_tqdm=True)
        return getattr(self, method)(run, settings, shared)

    def sft(self, run, settings, shared):
        whole = settings.pop("whole", False)
        rows = [{"text": p["prompt"] + p["chosen"]} if whole else {"prompt": p["prompt"], "completion": p["chosen"]}
                for p in self.pairs]
        return recording(SFTTrainer, sft_rows)(
            model=self.start(run), processing_class=self.tokenizer, train_dataset=Dataset.from_list(rows),
            args=SFTConfig(max_length=None, train_sampling_strategy="sequential", **settings, **shared))

    def start(self, run):
        """The model to train, with its adapter if the run has one."""
        if not run["adapter"]:
            return self.model()
        return PeftModel.from_pretrained(self.model(), self.adapter(run["adapter"]), is_trainable=True)

    def reward(self, run, settings, shared):
        columns = ["prompt", "chosen", "rejected"] + ["margin"] * settings.pop("margin", False)
        rows = [{column: pair[column] for column in columns} for pair in self.pairs]
        return recording(RewardTrainer, reward_rows)(
            model=self.reward_model(), processing_class=self.tokenizer, train_dataset=Dataset.from_list(rows),
            args=RewardConfig(max_length=None, train_sampling_strategy="sequential", **settings, **shared))

    def preference_trainer(self, run, trainer, args, rows):
        continued = run["settings"].get("continued", False)
        fresh = run["adapter"] and not continued
        made = trainer(
            model=self.model() if fresh else self.start(run), processing_class=self.tokenizer, args=args,
            train_dataset=Dataset.from_list(rows),
            ref_model=None if run["adapter"] else self.model(**(run["reference"] or {})),
            peft_config=self.adapter_settings(run["adapter"]) if fresh else None)
        return self.set_adapter(made, run) if fresh else made

    def set_adapter(self, trainer, run):
        set_peft_model_state_dict(trainer.model, load_peft_weights(self.adapter(run["adapter"]), device="cpu"))
        return trainer

    def dpo(self, run, settings, shared):
        settings.pop("continued", None)
        rows = [{key: pair[key] for key in ("prompt", "chosen", "rejected")} for pair in self.pairs]
        args = DPOConfig(max_length=None, train_sampling_strategy="sequential", **settings, **shared)
        return self.preference_trainer(run, recording(DPOTrainer, dpo_rows), args, rows)

    def kto(self, run, settings, shared):
        args = KTOConfig(max_length=None, **settings, **shared)
        return self.preference_trainer(run, recording(KTOTrainer, kto_rows), args, judged(self.pairs))

    def grpo(self, run, settings, shared):
        slices = settings.pop("slices", 1)
        if slices > 1:
            settings["steps_per_generation"] = slices
        return self.on_policy(run, settings, shared, GRPOTrainer, GRPOConfig)

    def rloo(self, run, settings, shared):
        return self.on_policy(run, settings, shared, RLOOTrainer, RLOOConfig)

    def on_policy(self, run, settings, shared, trainer, config):
        names = settings.pop("rewards", ["digits"])
        args = config(**{"num_generations": GROUP, "num_iterations": 2, "max_completion_length": LONGEST,
                         "shuffle_dataset": False, **settings, **shared})
        made = replaying(recording(trainer, on_policy_rows), self.completions)(
            model=self.path.as_posix() if not run["adapter"] else self.model(), processing_class=self.tokenizer, args=args,
            reward_funcs=[REWARDS[name] for name in names],
            train_dataset=Dataset.from_list([{"prompt": prompt} for prompt in self.prompts]),
            peft_config=self.adapter_settings(run["adapter"]) if run["adapter"] else None)
        return self.set_adapter(made, run) if run["adapter"] else made


# ---- storing ----


STORED_SETTINGS = {
    "sft": ["loss_type", "completion_only_loss"],
    "reward": ["center_rewards_coefficient"],
    "dpo": ["loss_type", "loss_weights", "beta", "label_smoothing", "discopop_tau"],
    "kto": ["loss_type", "beta", "desirable_weight", "undesirable_weight"],
    "grpo": ["loss_type", "beta", "epsilon", "epsilon_high", "delta", "importance_sampling_level", "num_generations",
             "num_iterations", "steps_per_generation", "scale_rewards", "reward_weights", "multi_objective_aggregation",
             "mask_truncated_completions", "max_completion_length", "temperature", "use_bias_correction_kl",
             "sapo_temperature_pos", "sapo_temperature_neg", "entropy_coef", "top_entropy_quantile"],
    "rloo": ["beta", "epsilon", "epsilon_high", "num_generations", "num_iterations", "steps_per_generation",
             "normalize_advantages", "reward_clip_range", "mask_truncated_completions", "max_completion_length",
             "temperature"],
}


def short(number):
    """Seven significant digits, which a float32 has."""
    return float(f"{number:.7g}")


def off_policy_batches(trainer):
    """All rows in the order of their use, and the places of each micro-batch's rows among them."""
    rows, batches = [], []
    for micro in trainer.fed:
        batches.append(list(range(len(rows), len(rows) + len(micro))))
        rows += micro
    return rows, batches


def on_policy_batches(trainer, completions, rewards):
    """The same, where every pass over a rollout uses the same rows."""
    args, rows, batches = trainer.args, [], []
    for number, micro in enumerate(trainer.fed):
        rollout, piece = number // (args.steps_per_generation * args.num_iterations), number % args.steps_per_generation
        start = rollout * args.generation_batch_size + piece * len(micro)
        batches.append(list(range(start, start + len(micro))))
        for place, row in enumerate(micro, start):
            row["completion"] = row["completion"][: len(completions[place])]
            assert row["completion"] == completions[place]
            if place < len(rows):
                assert rows[place] == {**row, "group": place // GROUP, "rewards": rows[place]["rewards"]}
            else:
                scores = [REWARDS[name](completion_ids=[completions[place]])[0] for name in rewards]
                rows.append({**row, "group": place // GROUP, "rewards": scores})
    return rows, batches


def steps(trainer, batches, accumulation):
    stored = []
    for number, log in enumerate(entry for entry in trainer.state.log_history if "loss" in entry):
        extras = {key: short(value) for key, value in log.items()
                  if not key.startswith(NOT_STORED) and isinstance(value, (int, float))}
        stored.append({"loss": log["loss"], "grad_norm": log["grad_norm"],
                       "micro": batches[number * accumulation : (number + 1) * accumulation], "logged": extras})
    assert len(stored) == STEPS
    return stored


def describe(peer, name, run, trainer):
    method, args = run["method"], trainer.args
    if method in ("grpo", "rloo"):
        rows, batches = on_policy_batches(trainer, peer.completions, run["settings"].get("rewards", ["digits"]))
    else:
        rows, batches = off_policy_batches(trainer)
    settings = {key: getattr(args, key) for key in STORED_SETTINGS[method]}
    if run["settings"].get("continued"):
        settings["reference_keeps_adapter"] = True
    versions = {"python": platform.python_version()}
    versions.update((package, importlib.metadata.version(package))
                    for package in ("torch", "transformers", "accelerate", "peft", "trl"))
    head = {"head": [short(x) for x in peer.reward_model().score.weight[0].tolist()]} if method == "reward" else {}
    return {
        "name": name, "method": method, "versions": versions,
        "model": {"name": peer.path.name, "sha256": hashlib.sha256((peer.path / "model.safetensors").read_bytes()).hexdigest()},
        "reference": run["reference"], "adapter": run["adapter"] and f"adapters/{run['adapter']}", **head,
        "padding": PAD, "settings": settings,
        "optimizer": {"learning_rate": args.learning_rate, "beta1": args.adam_beta1, "beta2": args.adam_beta2,
                      "epsilon": args.adam_epsilon, "weight_decay": args.weight_decay,
                      "max_grad_norm": args.max_grad_norm, "schedule": "constant"},
        "rows": rows, "steps": steps(trainer, batches, run["accumulation"]),
    }


def write(trajectory, path):
    """Compact, with a line for each key, row and step."""
    def compact(value):
        return json.dumps(value, separators=(",", ":"))

    lines = []
    for key, value in trajectory.items():
        if key in ("rows", "steps"):
            lines.append(f'"{key}":[\n' + ",\n".join(map(compact, value)) + "\n]")
        else:
            lines.append(f'"{key}":{compact(value)}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def wanted(name, patterns):
    return not patterns or any(name == p or p.endswith("*") and name.startswith(p[:-1]) for p in patterns)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("pairs", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--only", nargs="*", metavar="NAME")
    options = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    disable_progress_bar()
    for module in (grpo_trainer, rloo_trainer):
        module.shuffle_sequence_dict = lambda rows: rows
    peer = Peer(options.model.resolve(), options.pairs, options.out)
    options.out.mkdir(parents=True, exist_ok=True)
    for name, run in cases().items():
        if not wanted(name, options.only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            trainer = peer.trainer(run, folder)
            trainer.train()
        trajectory = describe(peer, name, run, trainer)
        write(trajectory, options.out / f"{name}.json")
        first, last = trajectory["steps"][0], trajectory["steps"][-1]
        print(f"{name:32} loss {first['loss']:.6f} to {last['loss']:.6f}, norm {first['grad_norm']:.4f} to {last['grad_norm']:.4f}", flush=True)


if __name__ == "__main__":
    main()
