package dev.attune.studio.inspect;

import dev.attune.core.run.RunFolder;
import java.util.Arrays;
import java.util.List;

/** Tells what tokens say. The studio knows no tokenizer; whoever starts it hands one in. */
public interface TokenNames {
    /** Without a tokenizer a token is called by its number. */
    TokenNames NUMBERS =
            (run, tokens) -> Arrays.stream(tokens).mapToObj(Integer::toString).toList();

    /** A text for each token, in order. */
    List<String> of(RunFolder run, int[] tokens);
}
