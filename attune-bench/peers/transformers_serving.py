"""transformers' continuous batching, as a JSON line: one peer of serving.py.

    python transformers_serving.py DIRECTORY CLIENTS NEW_TOKENS f32|bf16
"""
import json
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

import serving


def main():
    directory, clients, new_tokens = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    dtype = torch.bfloat16 if sys.argv[4] == "bf16" else torch.float32
    model = AutoModelForCausalLM.from_pretrained(directory, dtype=dtype, attn_implementation="sdpa").eval()
    tokenizer = AutoTokenizer.from_pretrained(directory)
    settings = GenerationConfig(max_new_tokens=new_tokens, do_sample=False, eos_token_id=-1, pad_token_id=0)

    def complete(first, new):
        inputs = [tokenizer(serving.PROMPT + str(first + i))["input_ids"] for i in range(clients)]
        settings.max_new_tokens = new
        with torch.no_grad():
            outputs = model.generate_batch(inputs, generation_config=settings, progress_bar=False)
        return sum(len(output.generated_tokens) for output in outputs.values())

    complete(1000, 4)
    start = time.monotonic()
    tokens = complete(0, new_tokens)
    print(json.dumps({"tokens_per_second": tokens / (time.monotonic() - start), "tokens": tokens}))


if __name__ == "__main__":
    main()
