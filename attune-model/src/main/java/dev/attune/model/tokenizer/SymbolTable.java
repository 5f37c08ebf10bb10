package dev.attune.model.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols of a tokenizer in training: special tokens, the 256 bytes, then the results of merges. Every text has one
 * id.
 */
final class SymbolTable {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();

    SymbolTable(List<String> specialTokens) {
        specialTokens.forEach(this::add);
        for (int value = 0; value < 256; value++) {
            add(ByteAlphabet.letter(value));
        }
    }

    private int add(String text) {
        Integer known = ids.putIfAbsent(text, texts.size());
        if (known != null) {
            return known;
        }
        texts.add(text);
        return texts.size() - 1;
    }

    /** The symbol for the concatenation of two symbols: a new one, or the existing one with the same text. */
    int join(int left, int right) {
        return add(texts.get(left) + texts.get(right));
    }

    String text(int id) {
        return texts.get(id);
    }

    int size() {
        return texts.size();
    }

    /** Every text with its id, in the order of ids. */
    Map<String, Integer> ids() {
        return ids;
    }
}
