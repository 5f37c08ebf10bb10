"""Makes tiny random checkpoints of every family and rope type with the logits that transformers computes.

Usage: python make_parity_fixtures.py FOLDER [NAME ...]   (attune-model/src/test/resources/parity; default: all)
"""
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

OUT = pathlib.Path(sys.argv[1])
SMALL = dict(vocab_size=16, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
             num_key_value_heads=1, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
TIME = 24


def rope(kind, **more):
    return {"rope_parameters": {"rope_type": kind, "rope_theta": 100.0, **more}, "num_hidden_layers": 1}


CASES = {
    "linear": ("llama", rope("linear", factor=4.0)),
    "dynamic": ("llama", {**rope("dynamic", factor=2.0), "max_position_embeddings": 12}),
    "llama3": ("llama", rope("llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                             original_max_position_embeddings=16)),
    "yarn": ("llama", rope("yarn", factor=4.0, original_max_position_embeddings=16)),
    "yarn_tuned": ("qwen3", {**rope("yarn", factor=8.0, original_max_position_embeddings=32, beta_fast=4.0, beta_slow=0.5,
                                    mscale=0.7, mscale_all_dim=0.4, truncate=False), "head_dim": 8}),
    "llama_biases": ("llama", {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True}),
    "qwen2_sliding": ("qwen2", {"use_sliding_window": True, "sliding_window": 5, "max_window_layers": 1}),
    "qwen3_bias": ("qwen3", {"attention_bias": True, "head_dim": 6}),
    "gemma2_uncapped": ("gemma2", {"head_dim": 12, "attn_logit_softcapping": None, "final_logit_softcapping": None,
                                   "query_pre_attn_scalar": 9, "sliding_window": 6}),
    "gpt_neox_sequential": ("gpt_neox", {"use_parallel_residual": False, "attention_bias": False,
                                         "rope_parameters": {"rope_type": "linear", "factor": 2.0, "rope_theta": 50.0,
                                                             "partial_rotary_factor": 0.5}}),
    "gpt2_scaled": ("gpt2", {"scale_attn_by_inverse_layer_idx": True, "n_embd": 16, "n_head": 2, "n_layer": 2,
                             "n_inner": 20, "n_positions": 32}),
}
FACTORS = dict(short_factor=[1.0, 1.5, 2.0], long_factor=[1.0, 3.0, 9.0])
for name, original in [("phi3_longrope_long", 10), ("phi3_longrope_short", 40)]:
    CASES[name] = ("phi3", {"rope_parameters": {"rope_type": "longrope", "rope_theta": 100.0,
                                                "partial_rotary_factor": 0.75, **FACTORS},
                            "num_hidden_layers": 1,
                            "original_max_position_embeddings": original, "sliding_window": 7})

CASES |= {
    "gemma3_scaled": ("gemma3_text", {
        "head_dim": 10, "num_hidden_layers": 4, "sliding_window": 5, "query_pre_attn_scalar": 7,
        "final_logit_softcapping": 20.0,
        "layer_types": ["sliding_attention", "full_attention", "sliding_attention", "full_attention"],
        "rope_parameters": {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 500.0},
                            "sliding_attention": {"rope_type": "default", "rope_theta": 50.0}}}),
    "smollm3_windows": ("smollm3", {"num_hidden_layers": 4, "no_rope_layers": [1, 0, 1, 0], "use_sliding_window": True,
                                    "sliding_window": 6, "attention_bias": True, "mlp_bias": True}),
    "olmo2_bias": ("olmo2", {"num_attention_heads": 4, "num_key_value_heads": 2, "attention_bias": True,
                             "tie_word_embeddings": True}),
    "granite_biases": ("granite", {"attention_bias": True, "mlp_bias": True, "tie_word_embeddings": True,
                                   "embedding_multiplier": 3.0, "attention_multiplier": 0.05, "residual_multiplier": 0.22,
                                   "logits_scaling": 0.5, "rope_parameters": {"rope_type": "yarn", "rope_theta": 100.0,
                                                                              "factor": 64.0, "attention_factor": 1.0,
                                                                              "original_max_position_embeddings": 8}}),
    "phi_norms": ("phi", {"qk_layernorm": True, "hidden_size": 20, "rope_parameters": {
        "rope_type": "linear", "factor": 2.0, "rope_theta": 100.0, "partial_rotary_factor": 0.4}}),
    "mixtral_windows": ("mixtral", {"num_local_experts": 5, "num_experts_per_tok": 3, "sliding_window": 6, "head_dim": 6}),
    "qwen3_moe_mixed": ("qwen3_moe", {"num_hidden_layers": 4, "num_experts": 6, "num_experts_per_tok": 2, "head_dim": 6,
                                      "moe_intermediate_size": 12, "norm_topk_prob": False, "decoder_sparse_step": 2,
                                      "mlp_only_layers": [3], "use_sliding_window": True, "sliding_window": 7,
                                      "attention_bias": True}),
}

for seed, (name, (family, changes)) in enumerate(CASES.items()):
    if sys.argv[2:] and name not in sys.argv[2:]:
        continue
    torch.manual_seed(seed)
    settings = {**SMALL, **changes}
    if family.startswith("gpt"):
        settings.pop("num_key_value_heads")
    if family == "gpt2":
        for key in ["hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "max_position_embeddings"]:
            settings.pop(key)
    config = AutoConfig.for_model(family, **settings)
    config._attn_implementation = "eager"
    model = AutoModelForCausalLM.from_config(config).float().eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.copy_((weight + 0.3 * torch.randn_like(weight)).half().float())
    ids = torch.randint(3, 16, (2, TIME))
    mask = torch.ones_like(ids)
    mask[0, :5] = 0
    mask[1, -3:] = 0
    ids = ids * mask
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    with torch.no_grad():
        logits = model(input_ids=ids, attention_mask=mask, position_ids=positions).logits
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    save_file({"input_ids": ids, "attention_mask": mask, "logits": logits}, folder / "golden.safetensors")
    print(name, sum(f.stat().st_size for f in folder.iterdir()), float(logits.abs().max()))
