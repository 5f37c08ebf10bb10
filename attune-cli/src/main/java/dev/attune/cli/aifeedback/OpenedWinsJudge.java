package dev.attune.cli.aifeedback;

import dev.attune.cli.aifeedback.OpenedHarmJudge.Means;
import dev.attune.feedback.evaluation.WinsJudge;
import dev.attune.feedback.judge.Judge;
import dev.attune.feedback.judge.LenientJudge;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.PatientRater;
import dev.attune.feedback.judge.RewardJudge;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalScoringModel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A judge of two models' answers with the model behind it.
 *
 * @param threads pairs that are judged at once: 1 in this process
 * @param models closes them
 */
public record OpenedWinsJudge(Judge judge, int threads, Runnable models) implements AutoCloseable {
    /** How often a failed call is made again. */
    private static final int TRIES = 2;

    /** Opens a judge. */
    public static OpenedWinsJudge of(WinsJudge judge, Means means, Path replies) throws IOException {
        return judge instanceof WinsJudge.Reward reward
                ? of(reward, means)
                : of((WinsJudge.Model) judge, means, replies);
    }

    private static OpenedWinsJudge of(WinsJudge.Model wanted, Means means, Path replies) throws IOException {
        JudgeModel model = JudgeModel.open(wanted.address(), means.template(), replies, means.seed());
        PairJudge judge = PairJudge.of(wanted.label(), new PatientRater(model.pairs(wanted.verdict()), TRIES));
        return new OpenedWinsJudge(new LenientJudge(judge), model.served() ? means.threads() : 1, model::close);
    }

    private static OpenedWinsJudge of(WinsJudge.Reward wanted, Means means) {
        LocalScoringModel model = LocalScoringModel.open(
                ModelLocation.resolve(wanted.reward()), ConversationOptions.DEFAULT.withTemplate(means.template()));
        return new OpenedWinsJudge(new LenientJudge(new RewardJudge(wanted.label(), model)), 1, model::close);
    }

    @Override
    public void close() {
        models.run();
    }
}
