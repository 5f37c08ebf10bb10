package dev.attune.cli.aifeedback;

import dev.attune.feedback.annotation.AnnotationRecipe.Source;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import dev.attune.feedback.harm.ModelHarmJudge;
import dev.attune.feedback.harm.ScoringHarmJudge;
import dev.attune.feedback.harm.WordsHarmJudge;
import dev.attune.feedback.judge.Rater;
import dev.attune.feedback.redteam.CampaignSettings;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalScoringModel;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A judge of harm with the models behind it.
 *
 * @param models closes them
 */
public record OpenedHarmJudge(HarmJudge judge, Runnable models) implements AutoCloseable {
    /**
     * Opens the judge of a campaign, and the one for mixed answers.
     *
     * @param replies the file in which replies of a served judge are kept
     */
    static OpenedHarmJudge of(CampaignSettings settings, Path replies) throws IOException {
        HarmJudgeSettings mixed = settings.mixed();
        Means means = new Means(settings.template(), settings.threads(), settings.seed());
        if (settings.judge() instanceof HarmJudgeSettings.Words && mixed != null) {
            OpenedHarmJudge second = of(mixed, means, replies);
            return new OpenedHarmJudge(new WordsHarmJudge(second.judge), second.models);
        }
        return of(settings.judge(), means, replies);
    }

    /**
     * How a judge's models are asked.
     *
     * @param template of models in directories; null: their own
     * @param threads calls of a served judge at once
     */
    public record Means(@Nullable String template, int threads, long seed) {}

    /** Opens a judge. */
    public static OpenedHarmJudge of(HarmJudgeSettings judge, Means settings, Path replies) throws IOException {
        if (judge instanceof HarmJudgeSettings.Model wanted) {
            JudgeModel model = JudgeModel.open(wanted.address(), settings.template(), replies, settings.seed());
            Rater rater = wanted.verdict() == Source.LABELS
                    ? model.labels(ModelHarmJudge.MENU)
                    : model.replies(ModelHarmJudge.MENU);
            int threads = model.served() ? settings.threads() : 1;
            return new OpenedHarmJudge(new ModelHarmJudge(wanted.label(), rater, threads), model::close);
        }
        if (judge instanceof HarmJudgeSettings.Classifier wanted) {
            LocalScoringModel model = LocalScoringModel.open(
                    ModelLocation.resolve(wanted.classifier()),
                    ConversationOptions.DEFAULT.withTemplate(settings.template()));
            return new OpenedHarmJudge(
                    new ScoringHarmJudge(wanted.label(), model, wanted.threshold(), wanted.harmful()), model::close);
        }
        return new OpenedHarmJudge(new WordsHarmJudge(), () -> {});
    }

    @Override
    public void close() {
        models.run();
    }
}
