package dev.attune.training.models;

import dev.attune.core.error.BadInputException;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.checkpoint.TokenIdCheck;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares tokenizers of models that read the same token ids: a policy, its reference, its critic. */
public final class TokenizerMatch {
    private static final String TOKENIZER_FILE = "tokenizer.json";

    /** Texts that tokenizers with the same vocabulary may still split differently. */
    private static final List<String> PROBES = List.of(
            "The quick brown fox jumps over 13 lazy dogs; who told it to? Nobody\n did!",
            "  def f(x):\n\treturn x**2  # 2024-01-31, 1,000.50\n\n\n",
            "Caf\u00e9 na\u00efve Stra\u00dfe \u041f\u0440\u0438\u0432\u0435\u0442 \u4f60\u597d \ud83d\ude00 don't WE'RE");

    private TokenizerMatch() {}

    /** Checks that a critic has the policy's tokenizer, because it reads the policy's tokens. */
    public static void requireForCritic(Tokenizer policy, Tokenizer reward, String place) {
        boolean same = policy.vocabularySize() == reward.vocabularySize()
                && policy.eosIds().equals(reward.eosIds())
                && sameEncoding(policy, reward);
        if (!same) {
            throw BadInputException.at(
                    "critic.init: reward",
                    "the reward model " + place + ", whose tokenizer is not the policy's",
                    "a reward model of the policy's tokenizer",
                    "set critic.init: policy");
        }
    }

    /**
     * Checks that a reference has the policy's tokenizer, because it gives the probabilities of the policy's tokens.
     * One without a tokenizer only needs an embedding row for each id.
     */
    public static void requireForReference(Tokenizer policy, Path reference) {
        if (Files.isRegularFile(reference.resolve(TOKENIZER_FILE))) {
            try (Tokenizer own = Checkpoints.tokenizer(reference)) {
                String difference = difference(policy, own);
                if (!difference.isEmpty()) {
                    throw BadInputException.at(
                            "reference: " + reference,
                            "a tokenizer that is not the policy's (" + difference + ")",
                            "a reference with the policy's tokenizer",
                            "name the model that the policy started from, or leave reference out");
                }
            }
        }
        TokenIdCheck.require(reference, Checkpoints.config(reference), policy);
    }

    private static String difference(Tokenizer policy, Tokenizer reference) {
        Map<String, Integer> ours = new TreeMap<>(policy.vocabulary());
        Map<String, Integer> theirs = reference.vocabulary();
        for (Map.Entry<String, Integer> token : ours.entrySet()) {
            Integer id = theirs.get(token.getKey());
            if (!token.getValue().equals(id)) {
                return "token '" + token.getKey() + "' is " + token.getValue() + " for the policy and "
                        + (id == null ? "unknown to the reference" : id + " for the reference");
            }
        }
        if (theirs.size() != ours.size()) {
            return ours.size() + " tokens for the policy and " + theirs.size() + " for the reference";
        }
        return sameEncoding(policy, reference) ? "" : "they split the same text differently";
    }

    private static boolean sameEncoding(Tokenizer one, Tokenizer other) {
        return PROBES.stream().allMatch(text -> Arrays.equals(one.encode(text), other.encode(text)));
    }
}
