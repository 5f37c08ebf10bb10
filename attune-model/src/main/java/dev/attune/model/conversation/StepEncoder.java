package dev.attune.model.conversation;

import dev.attune.core.reward.steps.StepMarks;
import dev.attune.core.reward.steps.StepText;
import dev.attune.core.text.Prompt;
import dev.attune.model.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the steps of solutions for a process reward model: the prompt as generation sees it, then each step followed
 * by the mark. As in TRL, each step and the mark are encoded by themselves, so that no tokenizer merges the mark with its
 * neighbours; there is no end token.
 */
public final class StepEncoder {
    private final ConversationEncoder encoder;
    private final String mark;
    private final StepMarks marks;

    /**
     * @param mark the text that ends a step, not empty
     * @throws dev.attune.core.error.BadInputException if the tokenizer gives no tokens for the mark
     */
    public StepEncoder(ConversationEncoder encoder, String mark) {
        this.encoder = encoder;
        this.mark = mark;
        this.marks = new StepMarks(
                Arrays.stream(encoder.tokenizer().encode(mark)).boxed().toList());
    }

    /** The text that ends a step. */
    public String mark() {
        return mark;
    }

    /**
     * Encodes a solution.
     *
     * @param place of the solution, for messages
     * @param steps with or without the mark at their ends
     * @throws dev.attune.core.error.BadInputException if a step contains the mark
     */
    public EncodedSteps encode(String place, Prompt prompt, List<String> steps) {
        int[] asked = encoder.prompt(prompt);
        int[] solution = join(steps);
        int[] ends = Arrays.stream(marks.ends(place, solution, steps.size()))
                .map(end -> asked.length + end)
                .toArray();
        int[] ids = Arrays.copyOf(asked, asked.length + solution.length);
        System.arraycopy(solution, 0, ids, asked.length, solution.length);
        return new EncodedSteps(ids, asked.length, ends);
    }

    /** The reason why the steps cannot be told apart, or null. */
    public @Nullable String problem(List<String> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (StepText.bare(steps.get(i), mark).contains(mark)) {
                return "step " + (i + 1) + ", which contains the step mark";
            }
        }
        int found = marks.ends(join(steps)).length;
        return found == steps.size() ? null : found + " step marks in the tokens of " + steps.size() + " steps";
    }

    private int[] join(List<String> steps) {
        Tokenizer tokenizer = encoder.tokenizer();
        return marks.join(steps.stream()
                .map(step -> tokenizer.encode(StepText.bare(step, mark)))
                .toList());
    }
}
