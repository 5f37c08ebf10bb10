package dev.attune.cli;

import dev.attune.core.data.Row;
import dev.attune.core.data.RowCheck;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.conversation.Conversation;
import dev.attune.model.conversation.ConversationEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds rows whose conversation the chat template refuses. */
record TemplateCheck(ConversationEncoder encoder) implements RowCheck {
    @Override
    public @Nullable Problem problem(Row row) {
        if (row instanceof Row.MessagesRow messages) {
            encoder.conversation(new Conversation(messages.messages(), messages.tools()));
        }
        if (row.prompt() instanceof Prompt.Chat chat && !chat.messages().isEmpty()) {
            encoder.prompt(chat);
            answers(row).forEach(answer -> encoder.scoring(chat, Message.assistant(answer)));
        }
        return null;
    }

    private static List<String> answers(Row row) {
        if (row instanceof Row.PreferenceRow pair) {
            return List.of(pair.preference().chosen(), pair.preference().rejected());
        }
        if (row instanceof Row.RankingRow ranking) {
            return ranking.ranking().completions().stream()
                    .map(Ranking.Completion::text)
                    .toList();
        }
        return row instanceof Row.CompletionRow completion ? List.of(completion.completion()) : List.of();
    }
}
