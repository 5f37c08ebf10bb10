package dev.attune.studio.inspect;

import dev.attune.core.run.RunFolder;
import java.util.Arrays;
import java.util.List;

/** The texts of tokens. The studio has no tokenizer; the program that starts it passes one in. */
public interface TokenNames {
    /** Without a tokenizer the text of a token is its id. */
    TokenNames NUMBERS =
            (run, tokens) -> Arrays.stream(tokens).mapToObj(Integer::toString).toList();

    /** A text for each token, in order. */
    List<String> of(RunFolder run, int[] tokens);
}
