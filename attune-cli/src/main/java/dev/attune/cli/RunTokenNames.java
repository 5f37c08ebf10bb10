package dev.attune.cli;

import dev.attune.core.run.RunFolder;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.studio.inspect.TokenNames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The texts of tokens, by the tokenizer of their run; the ids if the run has none. Keeps a few tokenizers open. */
final class RunTokenNames implements TokenNames, AutoCloseable {
    private static final int OPEN = 4;

    private final Map<Path, Tokenizer> tokenizers = new LinkedHashMap<>();

    @Override
    public synchronized List<String> of(RunFolder run, int[] tokens) {
        Path directory = run.tokenizer();
        if (directory == null) {
            return TokenNames.NUMBERS.of(run, tokens);
        }
        Tokenizer tokenizer = open(directory.toAbsolutePath().normalize());
        return Arrays.stream(tokens).mapToObj(id -> text(tokenizer, id)).toList();
    }

    /** Some tokenizers drop the space before the first word of a text: the second of two equal tokens keeps it. */
    private static String text(Tokenizer tokenizer, int id) {
        String once = tokenizer.decodeRaw(new int[] {id});
        String twice = tokenizer.decodeRaw(new int[] {id, id});
        return twice.startsWith(once) && twice.length() > once.length() ? twice.substring(once.length()) : once;
    }

    private Tokenizer open(Path directory) {
        Tokenizer known = tokenizers.get(directory);
        if (known != null) {
            return known;
        }
        if (tokenizers.size() >= OPEN) {
            Path oldest = tokenizers.keySet().iterator().next();
            tokenizers.remove(oldest).close();
        }
        Tokenizer opened = HuggingFaceTokenizer.load(directory);
        tokenizers.put(directory, opened);
        return opened;
    }

    @Override
    public synchronized void close() {
        tokenizers.values().forEach(Tokenizer::close);
        tokenizers.clear();
    }
}
