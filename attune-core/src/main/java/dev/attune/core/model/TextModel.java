package dev.attune.core.model;

import dev.attune.core.text.Prompt;
import java.util.List;

/** The interface of a language model: prompts in, completions out. */
public interface TextModel extends AutoCloseable {
    /** One completion per prompt, in order. The same seed, prompts and options give the same texts. */
    List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed);

    @Override
    void close();
}
