"""Writes SmolLM2's checkpoint as a GGUF file for llama.cpp: python make_gguf.py MODEL_DIR f32|bf16 [FILE]

Needs the packages gguf, torch and safetensors. For Llama models with a byte-level BPE tokenizer.
"""
import json
import pathlib
import sys

import gguf
import torch
from safetensors.torch import load_file


def permuted(weight, heads):
    """llama.cpp rotates neighbouring pairs, Hugging Face halves: the rows of queries and keys are reordered."""
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def add_tensors(writer, model, config, precision):
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, config["num_hidden_layers"])
    for file in sorted(model.glob("*.safetensors")):
        for name, weight in load_file(file).items():
            weight = weight.float()
            if name.endswith("q_proj.weight"):
                weight = permuted(weight, config["num_attention_heads"])
            if name.endswith("k_proj.weight"):
                weight = permuted(weight, config["num_key_value_heads"])
            target = names.get_name(name, try_suffixes=(".weight", ".bias"))
            if precision == "bf16" and weight.dim() == 2:
                raw = weight.bfloat16().view(torch.uint16).numpy()
                writer.add_tensor(target, raw.view("uint8"), raw_shape=None, raw_dtype=gguf.GGMLQuantizationType.BF16)
            else:
                writer.add_tensor(target, weight.numpy())


def add_tokenizer(writer, model):
    tokenizer = json.loads((model / "tokenizer.json").read_text())
    words = {**tokenizer["model"]["vocab"], **{t["content"]: t["id"] for t in tokenizer["added_tokens"]}}
    special = {t["id"] for t in tokenizer["added_tokens"]}
    ordered = sorted(words, key=words.get)
    merges = [m if isinstance(m, str) else " ".join(m) for m in tokenizer["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(ordered)
    writer.add_token_types([gguf.TokenType.CONTROL if i in special else gguf.TokenType.NORMAL for i in range(len(ordered))])
    writer.add_token_merges(merges)


def main():
    model, precision = pathlib.Path(sys.argv[1]), sys.argv[2]
    config = json.loads((model / "config.json").read_text())
    writer = gguf.GGUFWriter(sys.argv[3] if len(sys.argv) > 3 else str(model / f"model-{precision}.gguf"), "llama")
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_rope_freq_base(config.get("rope_theta") or config["rope_parameters"]["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_bos_token_id(config["bos_token_id"])
    writer.add_eos_token_id(config["eos_token_id"])
    add_tokenizer(writer, model)
    add_tensors(writer, model, config, precision)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
