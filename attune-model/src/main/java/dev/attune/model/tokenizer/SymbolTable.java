package dev.attune.model.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The symbols of a tokenizer in training: specials, the 256 bytes, then what merges make. Every text has one id. */
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

    /** The symbol for two symbols in a row: a new one, or the one of the same text that other merges made. */
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
