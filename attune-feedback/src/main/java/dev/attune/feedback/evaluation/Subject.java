package dev.attune.feedback.evaluation;

import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.util.List;
import java.util.Optional;

/** The model that is evaluated. */
public interface Subject {
    /**
     * One answer per prompt, in order.
     *
     * @param part the measure, or a further turn of it; with the sample's number it names the answers when a stopped
     *     evaluation continues
     * @param sample number of this answer among several to the same prompts, from 0
     */
    List<TextCompletion> answers(String part, List<Prompt> prompts, SamplingOptions options, int sample);

    /** The judge of harm that a measure names, opened at its first use. */
    HarmJudge judge(HarmJudgeSettings settings);

    /** The model's probabilities of given texts; empty if it tells none, as behind a server. */
    Optional<ContinuationModel> probabilities();
}
