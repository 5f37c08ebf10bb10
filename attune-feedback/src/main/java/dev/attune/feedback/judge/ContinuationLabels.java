package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.model.TextModel;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Probabilities of labels as continuations of the prompt. The spellings of a label (alone, after a blank, after a line
 * break) add up; the sums are divided by their total.
 *
 * @param model is not closed
 */
public record ContinuationLabels(ContinuationModel model) implements LabelModel {
    private static final List<String> BEFORE = List.of("", " ", "\n");

    /**
     * Reads the probabilities of a model.
     *
     * @param place that names the model, for messages
     * @throws BadInputException if it tells none
     */
    public static ContinuationLabels of(TextModel model, String place) {
        if (model instanceof ContinuationModel continuations) {
            return new ContinuationLabels(continuations);
        }
        throw BadInputException.at(place, "a judge that tells no probabilities", "a language model", "change it");
    }

    @Override
    public Shares shares(Prompt prompt, Menu<?> menu, int sample) {
        return sharesOfAll(List.of(prompt), menu, sample).get(0);
    }

    @Override
    public List<Shares> sharesOfAll(List<Prompt> prompts, Menu<?> menu, int sample) {
        List<PromptCompletion> spellings = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (String label : menu.labels()) {
                BEFORE.forEach(before -> spellings.add(new PromptCompletion(prompt, before + label)));
            }
        }
        List<ContinuationScore> scores = model.scores(spellings);
        int each = menu.labels().size() * BEFORE.size();
        return IntStream.range(0, prompts.size())
                .mapToObj(i -> shares(menu, scores.subList(i * each, (i + 1) * each)))
                .toList();
    }

    @Override
    public boolean batches() {
        return true;
    }

    private static Shares shares(Menu<?> menu, List<ContinuationScore> scores) {
        Map<String, Double> logs = new LinkedHashMap<>();
        for (int i = 0; i < scores.size(); i++) {
            logs.merge(
                    menu.labels().get(i / BEFORE.size()), scores.get(i).logProbability(), ContinuationLabels::logOfSum);
        }
        return new Shares(verdict(logs), 0);
    }

    private static Verdict<Map<String, Double>> verdict(Map<String, Double> logs) {
        String reply = logs.entrySet().stream()
                .map(entry -> "ln P(" + entry.getKey() + ") = " + entry.getValue())
                .collect(Collectors.joining(", "));
        double total = logs.values().stream().reduce(Double.NEGATIVE_INFINITY, ContinuationLabels::logOfSum);
        if (!Double.isFinite(total)) {
            return Verdict.unscored(UnscoredReason.NO_VERDICT, "no label has a probability", reply);
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        logs.forEach((label, log) -> shares.put(label, Math.exp(log - total)));
        return Verdict.scored(shares, reply);
    }

    /** ln(exp(a) + exp(b)). */
    private static double logOfSum(double a, double b) {
        double high = Math.max(a, b);
        return Double.isInfinite(high) ? high : high + Math.log1p(Math.exp(Math.min(a, b) - high));
    }
}
