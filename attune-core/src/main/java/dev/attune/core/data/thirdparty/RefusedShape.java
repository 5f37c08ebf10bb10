package dev.attune.core.data.thirdparty;

import dev.attune.core.data.raw.RowKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Known columns of public datasets that no format of Attune can represent.
 *
 * @param found what the rows are
 * @param expected what could be read instead
 * @param remedy what to do
 */
public record RefusedShape(String found, String expected, String remedy) {
    private static final Set<String> HELPSTEER =
            Set.of("helpfulness", "correctness", "coherence", "complexity", "verbosity");

    private record Known(Predicate<RowKeys> matches, RefusedShape shape) {}

    private static final List<Known> KNOWN = List.of(
            new Known(
                    RefusedShape::oasstMessage,
                    new RefusedShape(
                            "single messages of OpenAssistant's trees (message_id, parent_id, role, text)",
                            "conversations or pairs, one per row",
                            "join each message with its parents into messages, or use a version of the set with pairs")),
            new Known(
                    row -> row.has("message_tree_id")
                            && row.object().path("prompt").has("replies"),
                    new RefusedShape(
                            "whole message trees of OpenAssistant (prompt with replies)",
                            "conversations or pairs, one per row",
                            "follow the replies to the leaves and write each path as messages")),
            new Known(
                    row -> row.has("response")
                            && HELPSTEER.stream().filter(row::has).count() >= 2,
                    new RefusedShape(
                            "ratings of a response on several attributes, as in HelpSteer ("
                                    + String.join(
                                            ", ", HELPSTEER.stream().sorted().toList()) + ")",
                            "one reward for each completion",
                            "rename the attribute that you want to 'reward', or name the format prompt/completion to leave the"
                                    + " ratings out")),
            new Known(
                    row -> row.object().path("info").isObject()
                            && row.object().path("summary").has("axes"),
                    new RefusedShape(
                            "ratings of single summaries on several axes, as in summarize_from_feedback's 'axis' part",
                            "comparisons (info, summaries, choice) or labels",
                            "use the 'comparisons' part of the set")),
            new Known(
                    row -> row.has("annotation_id") && row.has("lead_time") && !row.has("annotations"),
                    new RefusedShape(
                            "an export of Label Studio as JSON-MIN or CSV (annotation_id, lead_time)",
                            "Label Studio's export as JSON, with data and annotations",
                            "export the project again as JSON")));

    /** The refused shape that a row has. */
    public static Optional<RefusedShape> of(RowKeys row) {
        return KNOWN.stream()
                .filter(known -> known.matches().test(row))
                .map(Known::shape)
                .findFirst();
    }

    private static boolean oasstMessage(RowKeys row) {
        return row.has("message_id") && row.has("text") && row.has("role") && !row.has("chosen");
    }
}
