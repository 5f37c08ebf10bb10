package dev.attune.feedback.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.TextModel;
import dev.attune.core.provider.ProviderSettings;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.reward.RewardProvider;
import dev.attune.core.reward.RewardSetup;
import dev.attune.core.reward.Scored;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.endpoint.EndpointSettings;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A judge's expected score as the reward, without a reward model between them (direct RLAIF, Lee and others 2023, arXiv
 * 2309.00267): (sum of P(n) n - 1) / (N - 1) over the whole numbers n of a scale from 1 to N, in [0, 1]. A completion
 * without a verdict has no score.
 *
 * @param scale N, from 2 to 9, so that every number is one sign
 */
public record JudgeReward(ScoreJudge judge, String question, int scale) implements RewardFunction {
    private static final String JUDGE = "judge";

    @Override
    public String name() {
        return JUDGE;
    }

    @Override
    public double[] score(List<PromptCompletion> batch) {
        return evaluate(batch).stream().mapToDouble(Scored::value).toArray();
    }

    @Override
    public List<Scored> evaluate(List<PromptCompletion> batch) {
        List<JudgedItem> items = batch.stream()
                .map(sample -> JudgedItem.single("completion", sample.prompt(), sample.completion(), question))
                .toList();
        return judge.judgeAll(items, 0).stream()
                .map(judgement -> scored(judgement.verdict()))
                .toList();
    }

    private Scored scored(Verdict<Double> verdict) {
        if (verdict instanceof Verdict.Scored<Double> given) {
            String reason = String.format(Locale.ROOT, "%.2f of %d", given.value(), scale);
            return Scored.of((given.value() - 1) / (scale - 1), reason);
        }
        return Scored.undecided(verdict.unscoredReason()
                .map(reason -> "unscored: " + reason.words())
                .orElse(""));
    }

    /**
     * Settings: {@code question}, what the judge is asked about each answer; {@code scale} (default 5); for a served judge
     * {@code endpoint}, {@code model} and {@code key}. A judge in a directory is named by {@code models: {judge: DIR}}.
     */
    public static final class Provider implements RewardProvider {
        @Override
        public String name() {
            return JUDGE;
        }

        @Override
        public RewardFunction open(RewardSetup setup) {
            ProviderSettings settings = setup.settings();
            settings.requireKnown(Set.of("question", "scale", "endpoint", "model", "key"));
            String question = settings.required("question", "what the judge is asked about each answer");
            int scale = (int) settings.number("scale", 5, 2, 9);
            LabelRater rater = new LabelRater(labels(setup), JudgePrompts.scale(1, scale));
            return new JudgeReward(ScoreJudge.of(JUDGE, rater), question, scale);
        }

        private static LabelModel labels(RewardSetup setup) {
            TextModel local = setup.textModels().get(JUDGE);
            String endpoint = setup.settings().text("endpoint");
            if ((local == null) == (endpoint == null)) {
                throw BadInputException.at(
                        setup.settings().place(),
                        local == null ? "no judge" : "a judge in a directory and one behind a server",
                        "models: {judge: DIR}, or settings endpoint and model",
                        "name one judge");
            }
            return local == null
                    ? served(setup.settings(), endpoint)
                    : ContinuationLabels.of(local, setup.settings().place());
        }

        private static LabelModel served(ProviderSettings settings, @Nullable String endpoint) {
            EndpointTextModel model = new EndpointTextModel(EndpointSettings.of(
                    String.valueOf(endpoint),
                    settings.required("model", "the judge's name on the server"),
                    settings.text("key")));
            return TopTokenLabels.of(model, model, 0);
        }
    }
}
