package dev.attune.feedback.judge;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.PromptEcho;
import dev.attune.feedback.judge.reply.Verdict;
import dev.attune.feedback.judge.reply.VerdictReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares of labels among several sampled replies, for models that give no log-probabilities. Replies without a verdict are
 * left out; if all are, so is the verdict.
 *
 * @param model is not closed
 * @param samples replies per prompt, at least 1
 * @param maxNewTokens of each reply; sampled at temperature 1
 */
public record SampledLabels(TextModel model, Form form, int samples, int maxNewTokens, long seed)
        implements LabelModel {
    public SampledLabels {
        if (samples < 1) {
            throw new IllegalArgumentException(samples + " samples");
        }
    }

    @Override
    public Shares shares(Prompt prompt, Menu<?> menu, int sample) {
        List<TextCompletion> completions = model.complete(
                Collections.nCopies(samples, prompt),
                SamplingOptions.sampling(maxNewTokens, 1),
                Samples.seed(seed, sample));
        VerdictReader<String> reader = new VerdictReader<>(form, menu.named());
        List<Verdict<String>> verdicts = new ArrayList<>();
        for (TextCompletion completion : completions) {
            verdicts.add(
                    reader.read(PromptEcho.strip(completion.text(), ReplyRater.lastTurn(prompt)), completion.stop()));
        }
        int tokens = completions.stream().mapToInt(TextCompletion::tokens).sum();
        return new Shares(shares(verdicts), tokens);
    }

    private static Verdict<Map<String, Double>> shares(List<Verdict<String>> verdicts) {
        Map<String, Double> counts = new LinkedHashMap<>();
        verdicts.forEach(verdict -> verdict.scoredValue().ifPresent(label -> counts.merge(label, 1.0, Double::sum)));
        double scored = counts.values().stream().mapToDouble(count -> count).sum();
        if (scored == 0) {
            return verdicts.get(0).map(label -> Map.of(label, 1.0));
        }
        counts.replaceAll((label, count) -> count / scored);
        List<String> replies = verdicts.stream().map(Verdict::reply).toList();
        return Verdict.scored(counts, String.join("\n---\n", replies));
    }
}
