package dev.attune.feedback.judge;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.endpoint.TokenChoices;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.Verdict;
import dev.attune.feedback.judge.reply.VerdictReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities of labels among the most probable tokens at the place of the verdict, as servers report them: see
 * {@link VerdictPosition}. If no label is among them, the fall-back is asked; without one the verdict is unscored.
 *
 * @param fallback for example {@link SampledLabels}; null for none
 */
public record TopTokenLabels(
        Source source,
        Form form,
        SamplingOptions options,
        long seed,
        @Nullable LabelModel fallback) implements LabelModel {
    /** A model that reports the most probable tokens, such as {@code EndpointTextModel::completeWithChoices}. */
    @FunctionalInterface
    public interface Source {
        TokenChoices complete(Prompt prompt, SamplingOptions options, long seed);
    }

    @Override
    public Shares shares(Prompt prompt, Menu<?> menu, int sample) {
        TokenChoices choices = source.complete(prompt, options, Samples.seed(seed, sample));
        int tokens = choices.completion().tokens();
        Verdict<String> read = new VerdictReader<>(form, menu.named())
                .read(choices.completion().text());
        Optional<Map<String, Double>> shares = VerdictPosition.find(choices.positions(), read, menu.named())
                .map(position -> VerdictPosition.shares(position, menu.named()))
                .filter(found -> !found.isEmpty());
        if (shares.isPresent()) {
            return new Shares(Verdict.scored(shares.get(), choices.completion().text()), tokens);
        }
        if (fallback != null) {
            Shares sampled = fallback.shares(prompt, menu, sample);
            return new Shares(sampled.verdict(), sampled.tokens() + tokens);
        }
        return new Shares(VerdictPosition.absent(read), tokens);
    }
}
