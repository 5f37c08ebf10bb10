package dev.attune.feedback.revision;

import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.constitution.WorkedExample;
import java.util.ArrayList;
import java.util.List;

/**
 * The conversation in which a model criticises and revises: the user's question, the answer, the critique request, the
 * critique, the revision request, the revision. Worked examples stand before it in the same form. Requests and answers are
 * messages of their own, so that nothing in an answer can end its part.
 *
 * @param examples how many worked examples at most
 */
record CritiqueDialogue(Constitution constitution, int examples) {
    /** The conversation up to the critique request. */
    Prompt.Chat critique(Prompt prompt, String answer, Principle principle) {
        List<Message> messages = shown();
        messages.addAll(prompt.messages());
        messages.add(Message.assistant(answer));
        messages.add(Message.user(principle.critique()));
        return new Prompt.Chat(messages);
    }

    /** The conversation up to the revision request. */
    Prompt.Chat revision(Prompt prompt, String answer, Principle principle, String critique) {
        List<Message> messages =
                new ArrayList<>(critique(prompt, answer, principle).messages());
        messages.add(Message.assistant(critique));
        messages.add(Message.user(principle.revision()));
        return new Prompt.Chat(messages);
    }

    private List<Message> shown() {
        List<Message> messages = new ArrayList<>();
        constitution.examples().stream().limit(examples).forEach(example -> add(example, messages));
        return messages;
    }

    private void add(WorkedExample example, List<Message> messages) {
        Principle principle = constitution.principle(example.principle()).orElseThrow();
        messages.add(Message.user(example.prompt()));
        messages.add(Message.assistant(example.answer()));
        messages.add(Message.user(principle.critique()));
        messages.add(Message.assistant(example.critique()));
        if (example.revision() != null) {
            messages.add(Message.user(principle.revision()));
            messages.add(Message.assistant(example.revision()));
        }
    }
}
