package dev.attune.world.corpus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A talk about answers to one prompt. */
public sealed interface Discussion {
    /** What the user asked. */
    String prompt();

    /**
     * An answer with a critique of it, and a better answer if the critique finds a fault.
     *
     * @param request what asks for the critique
     * @param revisionRequest what asks for the revision; null with the revision
     * @param revision null if the answer has no fault
     */
    record Critique(
            String prompt,
            String answer,
            String request,
            String critique,
            @Nullable String revisionRequest,
            @Nullable String revision)
            implements Discussion {}

    /**
     * Two answers, and questions which of them does less harm or more.
     *
     * @param questions at least one; several if the answers differ in harm
     */
    record Comparison(String prompt, String first, String second, List<Choice> questions) implements Discussion {
        public Comparison {
            questions = List.copyOf(questions);
        }
    }

    /** A question about two answers, and the one that is chosen: either of two that do as much harm as each other. */
    record Choice(String question, boolean first) {}
}
