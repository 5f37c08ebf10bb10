package dev.attune.cli.aifeedback;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextModel;
import dev.attune.feedback.annotation.AnnotationRecipe.Source;
import dev.attune.feedback.endpoint.CachedTextModel;
import dev.attune.feedback.endpoint.EndpointTextModel;
import dev.attune.feedback.endpoint.ModelAddress;
import dev.attune.feedback.judge.ContinuationLabels;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.LabelModel;
import dev.attune.feedback.judge.LabelRater;
import dev.attune.feedback.judge.Rater;
import dev.attune.feedback.judge.ReplyRater;
import dev.attune.feedback.judge.TopTokenLabels;
import dev.attune.feedback.judge.reply.Brackets;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.VerdictReader;
import dev.attune.model.conversation.ConversationOptions;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.local.LocalTextModel;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A language model that judges.
 *
 * @param served whether it is behind a server, so that it can be asked on several threads
 * @param seed of its replies
 */
record JudgeModel(TextModel model, LabelModel labels, boolean served, long seed) implements AutoCloseable {
    private static final int REPLY_TOKENS = 256;

    /**
     * Opens a judge's model.
     *
     * @param template chat template of a model in a directory; null: its own
     * @param replies the file in which replies of a served model are kept
     */
    static JudgeModel open(ModelAddress address, @Nullable String template, Path replies, long seed)
            throws IOException {
        if (address instanceof ModelAddress.Served served) {
            EndpointTextModel endpoint = new EndpointTextModel(served.endpoint());
            TextModel cached = CachedTextModel.open(replies, served.label(), endpoint);
            return new JudgeModel(cached, TopTokenLabels.of(endpoint, cached, seed), true, seed);
        }
        LocalTextModel local = LocalTextModel.open(
                ModelLocation.resolve(address.label()), ConversationOptions.DEFAULT.withTemplate(template));
        return new JudgeModel(local, new ContinuationLabels(local), false, seed);
    }

    /** Reads the probabilities of labels. */
    Rater labels(Menu<Double> menu) {
        return new LabelRater(labels, menu);
    }

    /** Reads the verdict in the model's reply. */
    Rater replies(Menu<Double> menu) {
        return new ReplyRater(
                model, new VerdictReader<>(new Brackets(), menu), SamplingOptions.greedy(REPLY_TOKENS), seed);
    }

    /** Compares two answers, by probabilities or by replies. */
    Rater pairs(Source verdict) {
        return verdict == Source.LABELS ? labels(JudgePrompts.PAIR_MENU_WITHOUT_TIE) : replies(JudgePrompts.PAIR_MENU);
    }

    @Override
    public void close() {
        model.close();
    }
}
