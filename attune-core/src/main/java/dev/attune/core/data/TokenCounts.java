package dev.attune.core.data;

import dev.attune.core.text.Prompt;
import java.util.function.ToIntFunction;

/** Counts the tokens of prompts and completions with a model's tokenizer. */
public record TokenCounts(ToIntFunction<Prompt> prompt, ToIntFunction<String> completion) {}
