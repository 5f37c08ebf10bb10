"""Makes tiny models with PEFT adapters, the logits that PEFT computes with them, and those after merging.

Usage: python adapter_fixtures.py FOLDER   (attune-model/src/test/resources/adapters)

Each case is a folder with a base (config.json, model.safetensors), its adapter as save_pretrained writes it, and
golden.safetensors: input_ids, attention_mask, logits, merged.
"""
import pathlib
import sys
import warnings

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification

OUT = pathlib.Path(sys.argv[1])
SMALL = dict(vocab_size=16, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
             num_key_value_heads=1, max_position_embeddings=64, bos_token_id=1, eos_token_id=2, pad_token_id=0)
GPT2 = {"n_embd": 16, "n_head": 2, "n_layer": 2, "n_inner": 20, "n_positions": 32}
TIED = {"tie_word_embeddings": True}
QKV = ["q_proj", "k_proj", "v_proj"]

CASES = {
    "llama_all": ("llama", {}, dict(r=4, lora_alpha=8, lora_dropout=0.1, target_modules="all-linear")),
    "llama_patterns": ("llama", {}, dict(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"],
                                         rank_pattern={"q_proj": 2}, alpha_pattern={"layers.1.self_attn.q_proj": 16})),
    "mistral_text": ("mistral", {}, dict(r=3, lora_alpha=5, target_modules=r".*layers\.1\..*(v_proj|down_proj)")),
    "qwen2_dora_bias": ("qwen2", {}, dict(r=2, lora_alpha=4, use_dora=True, target_modules=[*QKV, "down_proj"])),
    "qwen3_layers": ("qwen3", {"head_dim": 8}, dict(r=2, lora_alpha=4, target_modules=["q_proj", "up_proj"],
                                                    exclude_modules=["layers.1.mlp.up_proj"])),
    "qwen3_one_layer": ("qwen3", {"head_dim": 8}, dict(r=2, lora_alpha=4, target_modules=["q_proj", "up_proj"],
                                                       layers_to_transform=[1])),
    "gpt2_dora": ("gpt2", GPT2, dict(r=4, lora_alpha=8, use_dora=True, target_modules=["c_attn", "attn.c_proj"],
                                     fan_in_fan_out=True)),
    "gpt2_all": ("gpt2", GPT2, dict(r=2, lora_alpha=3, target_modules="all-linear", fan_in_fan_out=True)),
    "gpt_neox_rslora": ("gpt_neox", {}, dict(r=4, lora_alpha=8, use_rslora=True, target_modules="all-linear")),
    "phi3_dora": ("phi3", {}, dict(r=3, lora_alpha=6, use_dora=True, target_modules="all-linear")),
    "gemma2_embedding": ("gemma2", {"head_dim": 8, "query_pre_attn_scalar": 8, "sliding_window": 6, **TIED},
                         dict(r=2, lora_alpha=4, target_modules=["embed_tokens", "q_proj"], lora_dropout=0.3)),
    "llama_embedding_dora": ("llama", {}, dict(r=2, lora_alpha=4, use_dora=True, target_modules=["embed_tokens"])),
    "llama_tied_head": ("llama", TIED, dict(r=2, lora_alpha=4, target_modules=["lm_head", "o_proj"])),
    "llama_whole_head": ("llama", {}, dict(r=2, lora_alpha=4, target_modules=["q_proj"],
                                           modules_to_save=["lm_head", "embed_tokens", "post_attention_layernorm"])),
    "llama_whole_value": ("llama", {"attention_bias": True}, dict(r=2, lora_alpha=4, target_modules=["q_proj"],
                                                                  modules_to_save=["v_proj"])),
    "llama_reward": ("llama", {"num_labels": 1}, dict(r=2, lora_alpha=4, target_modules="all-linear",
                                                      task_type="SEQ_CLS")),
    "llama_narrow": ("llama", {}, dict(r=4, lora_alpha=8, target_modules=["gate_proj", "o_proj"])),
}


def shake(model):
    """Other weights than the initial ones, with which an adapter changes nothing."""
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.requires_grad:
                noise = torch.randn(weight.shape, generator=generator)
                if "magnitude" in name:
                    weight.mul_(1 + 0.3 * noise)
                else:
                    weight.add_(0.3 * noise)


def batch():
    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(3, 16, (2, 9), generator=generator)
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    ids[1, 6:] = 0
    return ids, mask


def make(name, kind, more, lora):
    torch.manual_seed(len(name) + sum(map(ord, name)))
    settings = {**SMALL, **more}
    if kind == "gpt_neox":
        del settings["num_key_value_heads"]
    if kind == "gpt2":
        settings = {k: v for k, v in settings.items() if k in GPT2 or "token_id" in k or k == "vocab_size"}
    config = AutoConfig.for_model(kind, **settings)
    reward = lora.get("task_type") == "SEQ_CLS"
    maker = AutoModelForSequenceClassification if reward else AutoModelForCausalLM
    model = maker.from_config(config, attn_implementation="eager").eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(0.1 * torch.randn(weight.shape))
    folder = OUT / name
    model.save_pretrained(folder)
    for extra in folder.glob("generation_config.json"):
        extra.unlink()
    adapted = get_peft_model(model, LoraConfig(**{"task_type": "CAUSAL_LM", **lora})).eval()
    shake(adapted)
    if name == "llama_narrow":
        for key, weight in adapted.named_parameters():
            if "lora_" in key:
                weight.data = weight.data.bfloat16().float()
    ids, mask = batch()
    with torch.no_grad():
        logits = adapted(input_ids=ids, attention_mask=mask).logits
    adapted.peft_config["default"].base_model_name_or_path = name
    adapted.save_pretrained(folder, save_embedding_layers="auto")
    if name == "llama_narrow":
        from safetensors.torch import load_file
        file = folder / "adapter_model.safetensors"
        save_file({k: v.bfloat16() for k, v in load_file(file).items()}, file)
    (folder / "README.md").unlink(missing_ok=True)
    with torch.no_grad():
        merged = adapted.merge_and_unload()(input_ids=ids, attention_mask=mask).logits
    save_file({"input_ids": ids, "attention_mask": mask, "logits": logits.contiguous(), "merged": merged.contiguous()},
              folder / "golden.safetensors")
    print(name, tuple(logits.shape), "adapter changes up to", float((merged - logits).abs().max()))


warnings.filterwarnings("ignore")
for name, (kind, more, lora) in CASES.items():
    make(name, kind, more, lora)
