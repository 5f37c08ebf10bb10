package dev.attune.cli.aifeedback;

import dev.attune.core.model.SamplingOptions;
import dev.attune.feedback.annotation.AnnotationRecipe;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.Rater;
import dev.attune.feedback.judge.ThinkingRater;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import java.io.IOException;

/**
 * The judge of a recipe with the model behind it.
 *
 * @param threads pairs that are judged at once: 1 in this process
 */
record OpenedJudge(PairJudge judge, JudgeModel model, int threads) implements AutoCloseable {
    private static final double THINKING_TEMPERATURE = 0.7;

    static OpenedJudge of(AnnotationRecipe recipe, JobFolder out) throws IOException {
        JudgeModel model = JudgeModel.open(recipe.judge(), recipe.template(), out.file("replies.jsonl"), recipe.seed());
        return new OpenedJudge(judge(recipe, model), model, model.served() ? recipe.threads() : 1);
    }

    private static PairJudge judge(AnnotationRecipe recipe, JudgeModel model) {
        Rater verdict = model.pairs(recipe.verdict());
        Rater rater = recipe.thoughts() == 0
                ? verdict
                : new ThinkingRater(
                        model.model(),
                        SamplingOptions.sampling(recipe.thoughts(), THINKING_TEMPERATURE),
                        recipe.seed(),
                        verdict);
        return PairJudge.of(recipe.judge().label(), rater)
                .withTemplate(new PromptTemplate(recipe.judgePrompt()))
                .withSoftLabels(recipe.softLow(), 1 - recipe.softLow());
    }

    @Override
    public void close() {
        model.close();
    }
}
