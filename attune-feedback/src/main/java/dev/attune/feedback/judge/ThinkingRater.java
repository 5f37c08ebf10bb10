package dev.attune.feedback.judge;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a model think step by step before another rater asks for the verdict, with the thoughts in the conversation.
 * Verdicts after thoughts are often near 0 or 1; {@link PairJudge#withSoftLabels} bounds them.
 *
 * @param model is not closed
 */
public record ThinkingRater(TextModel model, SamplingOptions options, long seed, Rater verdict) implements Rater {
    private static final String THINK = "\n\nFirst think step by step about both sides. Do not give a verdict yet.";
    private static final String ASK = "Now give your verdict. ";

    @Override
    public Form form() {
        return verdict.form();
    }

    /** Nothing: the verdict is asked for after the thoughts. */
    @Override
    public String instruction() {
        return "";
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        String question = ReplyRater.lastTurn(prompt).stripTrailing();
        List<Message> turns = new ArrayList<>(prompt.messages());
        turns.set(turns.size() - 1, Message.user(question + THINK));
        TextCompletion thoughts =
                ReplyRater.only(model.complete(List.of(new Prompt.Chat(turns)), options, Samples.seed(seed, sample)));
        turns.add(Message.assistant(thoughts.text()));
        turns.add(Message.user(ASK + verdict.instruction()));
        Opinion opinion = verdict.rate(asked, new Prompt.Chat(turns), sample);
        return new Opinion(asked, thoughts.text(), opinion.verdict(), opinion.tokens() + thoughts.tokens());
    }
}
