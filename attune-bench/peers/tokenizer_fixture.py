"""Writes what transformers makes of some texts, for the tokenizer tests.

usage: tokenizer_fixture.py MODEL_DIRECTORY OUT.json
The tokenizer is the one of tokenizer.json itself (PreTrainedTokenizerFast); where the class that
tokenizer_config.json names gives other ids, the case says so in "differs_in_named_class".
"""

import json
import sys

from transformers import AutoTokenizer, PreTrainedTokenizerFast

TEXTS = [
    "",
    " ",
    "Once upon a time",
    "  two spaces",
    "ends with space ",
    "line\nbreak\n\n  indented\tand tab",
    "numbers 123,456.78 and 2026",
    "don't we'll I'm they've",
    "héllo wörld",
    "日本語のテキスト",
    "emoji 😀 and 👩‍👩‍👧 family",
    "\u00a0no-break\u2003em\u200bzero",
    "Ünïcödé e\u0301 combining",
    "<s>begin</s> end<unk>",
    "a<s>b</s>c",
    "</s></s>",
    "\r\nwindows\r\n",
    "x" * 200,
    "The quick brown fox jumps over the lazy dog. " * 3,
    "\x00nul and \x07bell",
    "{\"json\": [1, 2, 3]} `code` <html>&amp;</html>",
    "MIXED Case wOrDs",
    "...!!!???---",
    "Привет мир, שלום, مرحبا",
]


def main(directory, out):
    plain = PreTrainedTokenizerFast.from_pretrained(directory)
    named = AutoTokenizer.from_pretrained(directory)
    cases = []
    for text in TEXTS:
        ids = plain(text, add_special_tokens=False)["input_ids"]
        full = plain(text)["input_ids"]
        case = {
            "text": text,
            "ids": ids,
            "ids_with_specials": full,
            "decoded": plain.decode(full, skip_special_tokens=True),
            "decoded_raw": plain.decode(full),
        }
        if named(text)["input_ids"] != full:
            case["differs_in_named_class"] = True
        cases.append(case)
    with open(out, "w", encoding="utf-8") as f:
        json.dump({"cases": cases}, f, ensure_ascii=True, indent=1)
    print(len(cases), "cases,", sum("differs_in_named_class" in c for c in cases), "differ in the named class")


if __name__ == "__main__":
    main(*sys.argv[1:])
