package dev.attune.core.data;

import dev.attune.core.text.Prompt;
import java.util.function.ToIntFunction;

/** Counts tokens as the model at hand would see them. */
public record TokenCounts(ToIntFunction<Prompt> prompt, ToIntFunction<String> completion) {}
