package dev.attune.model.serving;

import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.generation.TokenFilters;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the next token of each row as its request says. Biases, penalties and constraints change the logits first, then the
 * temperature, then top-k, top-p and min-p. The random number depends on the seed, the choice and the step alone.
 */
final class TokenPicker {
    private TokenPicker() {}

    /**
     * @param logits {@code [rows, vocab]}, one row per sequence
     * @return one outcome per sequence; a constraint that fails is the failure of its own sequence alone
     */
    static List<Decoding.Outcome> pick(Tensor logits, List<Sequence> rows) {
        List<Tensor> changed = new ArrayList<>();
        List<@Nullable RuntimeException> failures = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Tensor own = logits.narrow(0, i, 1);
            try {
                changed.add(changed(own, rows.get(i)));
                failures.add(null);
            } catch (RuntimeException e) {
                changed.add(own);
                failures.add(e);
            }
        }
        List<SampledToken> picked = reported(logits, rows, tokens(changed, rows));
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Decoding.Outcome(
                        rows.get(i), failures.get(i) == null ? picked.get(i) : null, failures.get(i)))
                .toList();
    }

    private static List<SampledToken> reported(Tensor logits, List<Sequence> rows, long... tokens) {
        List<SampledToken> picked = new ArrayList<>();
        Tensor logProbs =
                rows.stream().anyMatch(row -> row.request().topLogProbs() != null) ? logits.logSoftmax(-1) : null;
        for (int i = 0; i < tokens.length; i++) {
            TokenRequest request = rows.get(i).request();
            Integer top = request.topLogProbs();
            picked.add(
                    logProbs == null || top == null
                            ? new SampledToken((int) tokens[i], Float.NaN, List.of())
                            : reported(logProbs(logits, logProbs, i, request), (int) tokens[i], top));
        }
        return picked;
    }

    /** @param logProbs of all rows at temperature 1 */
    private static Tensor logProbs(Tensor logits, Tensor logProbs, int row, TokenRequest request) {
        boolean plain = !request.tempered() || request.temperature() == 0 || request.temperature() == 1;
        return plain
                ? logProbs.narrow(0, row, 1)
                : logits.narrow(0, row, 1).dividedBy(request.temperature()).logSoftmax(-1);
    }

    /** @param logProbs {@code [1, vocab]} */
    static SampledToken reported(Tensor logProbs, int token, int top) {
        float own = (float) logProbs.select(1, token).item();
        if (top == 0) {
            return new SampledToken(token, own, List.of());
        }
        Tensor.Sorted best = logProbs.topK(top, -1);
        long[] ids = best.indices().toLongs();
        float[] values = best.values().toFloats();
        return new SampledToken(
                token,
                own,
                IntStream.range(0, ids.length)
                        .mapToObj(i -> new SampledToken.Alternative((int) ids[i], values[i]))
                        .toList());
    }

    private static long[] tokens(List<Tensor> changed, List<Sequence> rows) {
        long[] tokens = new long[rows.size()];
        choose(changed, rows, tokens, true);
        choose(changed, rows, tokens, false);
        return tokens;
    }

    /** Chooses the tokens of all greedy rows, or of all others, together. */
    private static void choose(List<Tensor> logits, List<Sequence> rows, long[] tokens, boolean greedy) {
        int[] places = IntStream.range(0, rows.size())
                .filter(i -> (rows.get(i).request().temperature() == 0) == greedy)
                .toArray();
        if (places.length == 0) {
            return;
        }
        Tensor own = Tensor.cat(IntStream.of(places).mapToObj(logits::get).toList(), 0);
        long[] chosen = greedy
                ? own.argmax(-1).toLongs()
                : TokenFilters.pick(own.softmax(-1), uniforms(rows, places)).toLongs();
        for (int i = 0; i < places.length; i++) {
            tokens[places[i]] = chosen[i];
        }
    }

    private static float[] uniforms(List<Sequence> rows, int... places) {
        float[] uniforms = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            Sequence row = rows.get(places[i]);
            uniforms[i] = (float) Randomness.of(row.request().seed(), "sampling")
                    .at(row.request().choice())
                    .at(row.sampled())
                    .uniform();
        }
        return uniforms;
    }

    /** The logits {@code [1, vocab]} from which the token is chosen. */
    private static Tensor changed(Tensor logits, Sequence row) {
        TokenRequest request = row.request();
        Tensor own = needsChange(row) ? Tensor.of(changed(logits.toFloats(), row), 1, logits.size(1)) : logits;
        if (request.temperature() == 0) {
            return own;
        }
        Tensor tempered = request.temperature() == 1 ? own : own.dividedBy(request.temperature());
        return TokenFilters.keep(tempered, request.topK(), request.topP(), request.minP());
    }

    private static boolean needsChange(Sequence row) {
        TokenRequest request = row.request();
        return !request.logitBias().isEmpty()
                || request.constraint() != null
                || request.repetitionPenalty() != 1
                || request.presencePenalty() != 0
                || request.frequencyPenalty() != 0;
    }

    private static float[] changed(float[] logits, Sequence row) {
        TokenRequest request = row.request();
        Set<Integer> seen = row.seen();
        if (seen != null) {
            double penalty = request.repetitionPenalty();
            seen.forEach(id -> logits[id] /= (float) (logits[id] > 0 ? penalty : 1 / penalty));
        }
        for (Map.Entry<Integer, Integer> sampled : row.counts().entrySet()) {
            logits[sampled.getKey()] -=
                    (float) (request.presencePenalty() + request.frequencyPenalty() * sampled.getValue());
        }
        request.logitBias().forEach((id, bias) -> logits[id] += bias.floatValue());
        constrain(logits, request, row.budget());
        return logits;
    }

    private static void constrain(float[] logits, TokenRequest request, int budget) {
        TokenConstraint constraint = request.constraint();
        if (constraint == null) {
            return;
        }
        BitSet allowed = (BitSet) constraint.allowed(budget).clone();
        if (constraint.mayEnd()) {
            request.endTokens().forEach(allowed::set);
        }
        float[] kept = new float[logits.length];
        Arrays.fill(kept, Float.NEGATIVE_INFINITY);
        for (int id = allowed.nextSetBit(0); id >= 0 && id < logits.length; id = allowed.nextSetBit(id + 1)) {
            kept[id] = logits[id];
        }
        System.arraycopy(kept, 0, logits, 0, kept.length);
    }

    /** The tokens that follow those of a chunk of a prompt, as they are. */
    static List<SampledToken> follow(Tensor logits, int[] prompt, int from, @Nullable Integer top) {
        Tensor logProbs = logits.logSoftmax(-1);
        List<SampledToken> followed = new ArrayList<>();
        for (int i = 0; i < logits.size(0) && from + i + 1 < prompt.length; i++) {
            followed.add(reported(logProbs.narrow(0, i, 1), prompt[from + i + 1], top == null ? 0 : top));
        }
        return followed;
    }
}
