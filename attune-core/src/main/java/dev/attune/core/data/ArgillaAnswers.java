package dev.attune.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the answers in a record of Argilla, in the layouts of its versions. */
final class ArgillaAnswers {
    private static final String RESPONSES = ".responses";
    private static final String SUGGESTION = ".suggestion";
    private static final String SUGGESTION_1 = "-suggestion";
    private static final String SUBMITTED = "submitted";

    private final List<Answer> answers = new ArrayList<>();

    /** An answer to a question, by a user or a suggesting agent. */
    record Answer(
            String question,
            String labeler,
            JsonNode value,
            @Nullable String time) {}

    private ArgillaAnswers() {}

    /** Whether a row is a record with a column for each field and each question. */
    static boolean flat(ObjectNode row) {
        return row.properties().stream()
                .anyMatch(field -> field.getKey().endsWith(RESPONSES)
                        || field.getKey().endsWith(SUGGESTION)
                        || field.getKey().endsWith(SUGGESTION_1)
                        || answered(field.getValue()));
    }

    private static boolean answered(JsonNode value) {
        return value.isArray()
                && !value.isEmpty()
                && value.get(0).has("user_id")
                && value.get(0).has("value");
    }

    static List<Answer> of(ObjectNode row) {
        ArgillaAnswers found = new ArgillaAnswers();
        if (row.get("fields") instanceof ObjectNode) {
            found.nested(row.get("responses"), row.get("suggestions"));
        } else {
            row.properties().forEach(field -> found.column(row, field.getKey(), field.getValue()));
        }
        return found.answers;
    }

    /** Version 1 lists responses with values by question, version 2 has a list of responses by question. */
    private void nested(@Nullable JsonNode responses, @Nullable JsonNode suggestions) {
        if (responses instanceof ObjectNode byQuestion) {
            byQuestion.properties().forEach(question -> responses(question.getKey(), question.getValue()));
        } else if (responses != null) {
            for (JsonNode response : responses) {
                if (response.get("values") instanceof ObjectNode values) {
                    values.properties().forEach(value -> response(value.getKey(), response, value.getValue()));
                }
            }
        }
        if (suggestions instanceof ObjectNode byQuestion) {
            byQuestion
                    .properties()
                    .forEach(question ->
                            suggestion(question.getKey(), question.getValue().get("value"), question.getValue()));
        } else if (suggestions != null) {
            for (JsonNode suggestion : suggestions) {
                suggestion(text(suggestion.get("question_name"), ""), suggestion.get("value"), suggestion);
            }
        }
    }

    private void responses(String question, JsonNode list) {
        for (JsonNode response : list) {
            response(question, response, response);
        }
    }

    private void response(String question, JsonNode response, JsonNode holder) {
        add(
                question,
                text(response.get("user_id"), Row.RankingRow.NOBODY),
                response.get("status"),
                holder.get("value"),
                text(response.get("updated_at"), text(response.get("inserted_at"), "")));
    }

    private void suggestion(String question, @Nullable JsonNode value, JsonNode about) {
        add(question, suggester(about.get("agent")), null, value, "");
    }

    private static String suggester(@Nullable JsonNode agent) {
        String name = text(agent, "");
        return name.isEmpty() ? "suggestion" : "suggestion by " + name;
    }

    private void column(ObjectNode row, String name, JsonNode value) {
        if (name.endsWith(RESPONSES)) {
            JsonNode users = row.get(name + ".users");
            JsonNode states = row.get(name + ".status");
            for (int i = 0; i < value.size(); i++) {
                String question = name.substring(0, name.length() - RESPONSES.length());
                add(question, text(at(users, i), Row.RankingRow.NOBODY), at(states, i), value.get(i), "");
            }
        } else if (name.endsWith(SUGGESTION)) {
            String question = name.substring(0, name.length() - SUGGESTION.length());
            add(question, suggester(row.get(name + ".agent")), null, value, "");
        } else if (name.endsWith(SUGGESTION_1)) {
            JsonNode about = row.get(name + "-metadata");
            String question = name.substring(0, name.length() - SUGGESTION_1.length());
            add(question, suggester(about == null ? null : about.get("agent")), null, value, "");
        } else if (answered(value)) {
            responses(name, value);
        }
    }

    private static @Nullable JsonNode at(@Nullable JsonNode list, int index) {
        return list == null ? null : list.get(index);
    }

    private void add(
            String question, String labeler, @Nullable JsonNode status, @Nullable JsonNode value, String time) {
        if (value != null && !value.isNull() && text(status, SUBMITTED).equals(SUBMITTED)) {
            answers.add(new Answer(question, labeler, value, time.isEmpty() ? null : time));
        }
    }

    private static String text(@Nullable JsonNode node, String otherwise) {
        return node == null || node.isNull() ? otherwise : Objects.requireNonNullElse(node.asString(), otherwise);
    }
}
