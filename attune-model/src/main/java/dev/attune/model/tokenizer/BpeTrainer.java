package dev.attune.model.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains byte-level BPE tokenizers in the manner of GPT-2: every text can be encoded, since every byte is a token. The
 * same texts and settings always give the same tokenizer, in any order of the texts.
 */
public final class BpeTrainer {
    private final int vocabularySize;
    private List<String> specialTokens = List.of();
    private boolean splitDigits;
    private boolean prefixSpace;
    private long minCount = 2;

    /**
     * @param vocabularySize number of tokens, special tokens and the 256 bytes included; fewer if the texts have no
     *     more repeated pairs
     */
    public BpeTrainer(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    /** Special tokens, with ids from 0 in this order; none by default. */
    public BpeTrainer specialTokens(List<String> tokens) {
        specialTokens = List.copyOf(tokens);
        return this;
    }

    /** Whether every digit is a token of its own; false by default. */
    public BpeTrainer splitDigits(boolean value) {
        splitDigits = value;
        return this;
    }

    /** Whether a word at the beginning of a text is encoded as if a space preceded it; false by default. */
    public BpeTrainer prefixSpace(boolean value) {
        prefixSpace = value;
        return this;
    }

    /** Pairs seen less often than this are not merged; 2 by default. */
    public BpeTrainer minCount(long value) {
        minCount = value;
        return this;
    }

    /** Learns the merges of these texts. */
    public BpeVocabulary train(Stream<String> texts) {
        int letters = specialTokens.size();
        if (vocabularySize < letters + 256) {
            throw new IllegalArgumentException("a vocabulary of " + vocabularySize + " tokens does not hold " + letters
                    + " special tokens and the 256 bytes");
        }
        WordCounter words = new WordCounter(specialTokens, splitDigits, prefixSpace);
        texts.forEachOrdered(words::add);
        PairMerger merger = new PairMerger();
        for (var word : words.words()) {
            int[] symbols = ByteAlphabet.bytes(word.getKey());
            for (int i = 0; i < symbols.length; i++) {
                symbols[i] += letters;
            }
            merger.add(symbols, word.getValue());
        }
        SymbolTable table = new SymbolTable(specialTokens);
        List<String> rules = new ArrayList<>();
        for (PairMerger.Merge merge : merger.merge(table, vocabularySize, minCount)) {
            rules.add(table.text(merge.left()) + " " + table.text(merge.right()));
        }
        return new BpeVocabulary(table.ids(), rules, specialTokens, splitDigits, prefixSpace);
    }
}
