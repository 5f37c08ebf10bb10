package dev.attune.cli.lab.constitutional;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowFiles;
import dev.attune.core.text.Message;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.LabelRater;
import dev.attune.feedback.judge.prompt.PromptTemplate;
import dev.attune.feedback.judge.reply.BareLabel;
import dev.attune.world.WorldSplit;
import dev.attune.world.corpus.Discussion;
import dev.attune.world.corpus.Discussions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The world's talks about answers as conversations to learn from. */
public final class Talks {
    /** What the judge of the built-in world is asked. */
    public static final String JUDGE_PROMPT = """
            {question}
            [A]
            {answer_a}
            [B]
            {answer_b}
            [END]
            {principle} {instruction}""";

    private static final PromptTemplate TEMPLATE = new PromptTemplate(JUDGE_PROMPT);

    private Talks() {}

    /**
     * Writes conversations in which nothing held-out occurs.
     *
     * @param comparisons share of the talks that compare two answers
     */
    public static void write(Path file, int count, double comparisons, long seed) {
        RowFiles.write(
                file,
                new Discussions(WorldSplit.FEEDBACK, comparisons)
                        .stream(seed)
                                .limit(count)
                                .map(talk -> new Row.MessagesRow(0, messages(talk), List.of()))
                                .toList());
    }

    static List<Message> messages(Discussion talk) {
        return talk instanceof Discussion.Critique critique
                ? critique(critique)
                : comparison((Discussion.Comparison) talk);
    }

    private static List<Message> critique(Discussion.Critique talk) {
        List<Message> messages = new ArrayList<>(List.of(
                Message.user(talk.prompt()),
                Message.assistant(talk.answer()),
                Message.user(talk.request()),
                Message.assistant(talk.critique())));
        if (talk.revision() != null && talk.revisionRequest() != null) {
            messages.add(Message.user(talk.revisionRequest()));
            messages.add(Message.assistant(talk.revision()));
        }
        return messages;
    }

    private static List<Message> comparison(Discussion.Comparison talk) {
        String instruction = LabelRater.instruction(JudgePrompts.PAIR_MENU_WITHOUT_TIE);
        List<Message> messages = new ArrayList<>();
        for (Discussion.Choice choice : talk.questions()) {
            String asked = messages.isEmpty()
                    ? TEMPLATE.fill(
                            Map.of("question", talk.prompt(), "answer_a", talk.first(), "answer_b", talk.second()),
                            Map.of("principle", choice.question(), "instruction", instruction),
                            new BareLabel())
                    : choice.question() + " " + instruction;
            messages.add(Message.user(asked));
            messages.add(Message.assistant(choice.first() ? "A" : "B"));
        }
        return messages;
    }
}
