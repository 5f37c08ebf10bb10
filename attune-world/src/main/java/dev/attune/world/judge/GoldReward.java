package dev.attune.world.judge;

import dev.attune.core.error.BadInputException;
import dev.attune.core.reward.RewardFunction;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.world.Question;
import dev.attune.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The gold reward of the built-in world: 1 for an answer that is good by the facts of the valley
 * ({@link AnswerAssessment#good}), 0 for any other. In a recipe it is a held-out metric: with weight 0 it is measured
 * but not optimised, so that it reveals a policy that exploits its reward model.
 */
public class GoldReward implements RewardFunction {
    private final QuestionReader reader = new QuestionReader(World.standard());
    private final TruthJudge judge = new TruthJudge(World.standard());
    private final Map<String, Question> questions = new HashMap<>();

    /** @throws BadInputException if a prompt is not a question of the built-in world */
    @Override
    public double[] score(List<PromptCompletion> batch) {
        return batch.stream().mapToDouble(this::score).toArray();
    }

    private double score(PromptCompletion sample) {
        Question question = questions.computeIfAbsent(text(sample.prompt()), this::question);
        return judge.judge(question, sample.completion()).good() ? 1 : 0;
    }

    private static String text(Prompt prompt) {
        List<Message> messages = prompt.messages();
        return messages.get(messages.size() - 1).content();
    }

    private Question question(String text) {
        return reader.read(text)
                .orElseThrow(() -> BadInputException.at(
                        "reward " + getClass().getSimpleName(),
                        "the prompt \"" + text + "\"",
                        "questions of the built-in world",
                        "leave this function out of 'reward'"));
    }

    @Override
    public String name() {
        return "truth";
    }
}
