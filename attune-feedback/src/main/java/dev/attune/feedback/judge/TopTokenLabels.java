package dev.attune.feedback.judge;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.endpoint.TokenChoices;
import dev.attune.feedback.judge.reply.BareLabel;
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

    private static final int LABEL_TOKENS = 4;

    /** Replies sampled for a label if a server reports no probabilities. */
    private static final int SAMPLES = 8;

    /**
     * Labels alone as the verdict of a served model; those of sampled replies if it reports no probabilities.
     *
     * @param sampled the model for replies, which may keep them; not closed
     */
    public static TopTokenLabels of(EndpointTextModel endpoint, TextModel sampled, long seed) {
        return new TopTokenLabels(
                endpoint::completeWithChoices,
                new BareLabel(),
                SamplingOptions.greedy(LABEL_TOKENS),
                seed,
                new SampledLabels(sampled, new BareLabel(), SAMPLES, LABEL_TOKENS, seed));
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
