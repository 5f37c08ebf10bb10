package dev.attune.model.gguf;

import dev.attune.core.error.BadInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The merges of a BPE model: pairs in order, or scores of the tokens that they make. */
final class Merges {
    private Merges() {}

    /** The merges of a tokenizer.json as "left right", whether it has them as strings or as pairs. */
    static List<String> read(String place, ObjectNode model) {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : model.path("merges")) {
            boolean pair = merge.isArray()
                    && merge.size() == 2
                    && merge.get(0).isString()
                    && merge.get(1).isString();
            if (!pair && !merge.isString()) {
                throw BadInputException.at(
                        place + ", key model.merges",
                        merge.toString(),
                        "a string or a pair of strings",
                        "fetch the file again");
            }
            String text = pair ? merge.get(0).stringValue() + " " + merge.get(1).stringValue() : merge.stringValue();
            if (text.chars().filter(c -> c == ' ').count() != 1) {
                throw BadInputException.at(
                        place + ", key model.merges",
                        "'" + text + "'",
                        "two tokens without a space in them",
                        "use the Hugging Face directory: GGUF separates them by a space");
            }
            merges.add(text);
        }
        return merges;
    }

    /**
     * Scores by which llama.cpp merges the pair of the best token first: minus the place of the token's first merge.
     * Tokens that no merge makes follow in the order of ids. Control tokens and bytes have 0.
     */
    static List<Double> scores(List<String> merges, String[] tokens, long[] types) {
        Map<String, Integer> places = new HashMap<>();
        for (String merge : merges) {
            places.putIfAbsent(merge.replace(" ", ""), places.size());
        }
        List<Double> scores = new ArrayList<>(tokens.length);
        int next = places.size();
        for (int id = 0; id < tokens.length; id++) {
            boolean text = types[id] == TokenType.NORMAL || types[id] == TokenType.USER_DEFINED;
            Integer place = text ? places.get(tokens[id]) : Integer.valueOf(0);
            scores.add(-(double) (place != null ? place : next++));
        }
        return scores;
    }

    /** The merges that scores stand for: all pairs of tokens whose join is a token, the best score first. */
    static List<String[]> of(List<String> tokens, List<Long> types, List<Double> scores) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokens.size(); id++) {
            if (types.get(id) == TokenType.NORMAL || types.get(id) == TokenType.USER_DEFINED) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Integer> made = new ArrayList<>(ids.values());
        made.sort(Comparator.<Integer>comparingDouble(id -> -scores.get(id)).thenComparing(Comparator.naturalOrder()));
        List<String[]> merges = new ArrayList<>();
        for (int id : made) {
            addSplits(tokens.get(id), ids, merges);
        }
        return merges;
    }

    private static void addSplits(String token, Map<String, Integer> ids, List<String[]> merges) {
        List<String[]> splits = new ArrayList<>();
        int at = token.isEmpty() ? 0 : token.offsetByCodePoints(0, 1);
        for (; at < token.length(); at = token.offsetByCodePoints(at, 1)) {
            String left = token.substring(0, at);
            String right = token.substring(at);
            if (ids.containsKey(left) && ids.containsKey(right)) {
                splits.add(new String[] {left, right});
            }
        }
        splits.sort(Comparator.<String[]>comparingInt(split -> ids.getOrDefault(split[0], 0))
                .thenComparingInt(split -> ids.getOrDefault(split[1], 0)));
        merges.addAll(splits);
    }
}
