package dev.attune.cli.aifeedback;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.feedback.annotation.AnnotationRecipe;
import dev.attune.feedback.endpoint.CachedTextModel;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.judge.ContinuationLabels;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.LabelModel;
import dev.attune.feedback.judge.LabelRater;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.Rater;
import dev.attune.feedback.judge.ReplyRater;
import dev.attune.feedback.judge.SampledLabels;
import dev.attune.feedback.judge.ThinkingRater;
import dev.attune.feedback.judge.TopTokenLabels;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.VerdictReader;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;

/**
 * The judge of a recipe with the model behind it.
 *
 * @param threads pairs that are judged at once: 1 in this process
 */
record OpenedJudge(PairJudge judge, TextModel model, int threads) implements AutoCloseable {
    private static final int LABEL_TOKENS = 4;
    private static final int REPLY_TOKENS = 256;

    /** Replies sampled for a label if a server reports no probabilities. */
    private static final int SAMPLES = 8;

    private static final double THINKING_TEMPERATURE = 0.7;

    static OpenedJudge of(AnnotationRecipe recipe, JobFolder out) throws IOException {
        if (recipe.judge() instanceof ModelAddress.Served served) {
            EndpointTextModel endpoint = new EndpointTextModel(served.endpoint());
            TextModel cached = CachedTextModel.open(out.file("replies.jsonl"), served.label(), endpoint);
            LabelModel sampled = new SampledLabels(cached, new BareLabel(), SAMPLES, LABEL_TOKENS, recipe.seed());
            LabelModel labels = new TopTokenLabels(
                    endpoint::completeWithChoices,
                    new BareLabel(),
                    SamplingOptions.greedy(LABEL_TOKENS),
                    recipe.seed(),
                    sampled);
            return new OpenedJudge(judge(recipe, cached, labels), cached, recipe.threads());
        }
        String location = recipe.judge().label();
        LocalTextModel local = LocalTextModel.open(
                ModelLocation.resolve(location), ConversationOptions.DEFAULT.withTemplate(recipe.template()));
        return new OpenedJudge(judge(recipe, local, new ContinuationLabels(local)), local, 1);
    }

    private static PairJudge judge(AnnotationRecipe recipe, TextModel model, LabelModel labels) {
        Rater verdict = recipe.verdict() == AnnotationRecipe.Source.LABELS
                ? new LabelRater(labels, JudgePrompts.PAIR_MENU_WITHOUT_TIE)
                : new ReplyRater(
                        model,
                        new VerdictReader<>(new Brackets(), JudgePrompts.PAIR_MENU),
                        SamplingOptions.greedy(REPLY_TOKENS),
                        recipe.seed());
        Rater rater = recipe.thoughts() == 0
                ? verdict
                : new ThinkingRater(
                        model,
                        SamplingOptions.sampling(recipe.thoughts(), THINKING_TEMPERATURE),
                        recipe.seed(),
                        verdict);
        return PairJudge.of(recipe.judge().label(), rater).withSoftLabels(recipe.softLow(), 1 - recipe.softLow());
    }

    @Override
    public void close() {
        model.close();
    }
}
