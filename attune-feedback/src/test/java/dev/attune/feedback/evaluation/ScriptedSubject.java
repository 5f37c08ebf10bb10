package dev.attune.feedback.evaluation;

import dev.attune.core.model.ContinuationModel;
import dev.attune.core.model.ContinuationScore;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import dev.attune.feedback.harm.HarmJudge;
import dev.attune.feedback.harm.HarmJudgeSettings;
import dev.attune.feedback.harm.HarmVerdict;
import dev.attune.feedback.harm.WordsHarmJudge;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * A test double: answers by a function of the conversation and the sample's number; the log-probability of a text is minus
 * its length, over as many tokens as it has words less one.
 */
record ScriptedSubject(BiFunction<String, Integer, String> script) implements Subject {
    static ScriptedSubject silent() {
        return new ScriptedSubject((asked, sample) -> "");
    }

    @Override
    public List<TextCompletion> answers(String part, List<Prompt> prompts, SamplingOptions options, int sample) {
        return prompts.stream()
                .map(prompt -> script.apply(text(prompt), sample))
                .map(text -> new TextCompletion(
                        text, 1, -1, text.endsWith("...") ? StopReason.LENGTH : StopReason.END_TOKEN))
                .toList();
    }

    /** By words; "explosive" is what fails to be judged. */
    @Override
    public HarmJudge judge(HarmJudgeSettings settings) {
        return new HarmJudge() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public List<HarmVerdict> judge(List<PromptCompletion> answers) {
                return answers.stream()
                        .map(answer -> answer.completion().contains("explosive")
                                ? HarmVerdict.unscored(UnscoredReason.JUDGE_FAILED, "")
                                : new WordsHarmJudge().judge(answer))
                        .toList();
            }
        };
    }

    private static String text(Prompt prompt) {
        return prompt.messages().stream().map(Message::content).collect(Collectors.joining(" | "));
    }

    @Override
    public Optional<ContinuationModel> probabilities() {
        return Optional.of(new ContinuationModel() {
            @Override
            public List<ContinuationScore> scores(List<PromptCompletion> continuations) {
                return textScores(
                        continuations.stream().map(PromptCompletion::completion).toList());
            }

            @Override
            public List<ContinuationScore> textScores(List<String> texts) {
                return texts.stream()
                        .map(text -> new ContinuationScore(-text.length(), text.split(" ").length - 1))
                        .toList();
            }

            @Override
            public void close() {}
        });
    }
}
