package dev.attune.core.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Prompt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One labeler's order of K completions of a prompt under one criterion.
 *
 * @param completions the ranked texts; {@code order} and {@code unranked} hold indices into this list
 * @param order best first; a group with several indices is a tie
 * @param unranked completions the labeler left out
 * @param time when it was given, ISO-8601
 * @param allBad whether the labeler found none acceptable, the best one included; written only where it is so
 */
public record Ranking(
        String id,
        Prompt prompt,
        List<Completion> completions,
        String criterion,
        List<List<Integer>> order,
        List<Integer> unranked,
        String labeler,
        @Nullable String guideline,
        @Nullable String time,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean allBad) {

    /**
     * A ranked text.
     *
     * @param model the name of who wrote it, or null
     * @param sampling the settings under which it was drawn, such as temperature, by their names as a file has them; null where
     *     they are not known, and left out then
     */
    public record Completion(
            String text,
            @Nullable String model,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, @Nullable Object> sampling) {
        public Completion {
            sampling = sampling == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(sampling));
        }

        /** One of which it is not known how it was drawn. */
        public Completion(String text, @Nullable String model) {
            this(text, model, null);
        }

        /** The same, however it was drawn. */
        public Completion withoutSampling() {
            return new Completion(text, model);
        }
    }

    public Ranking {
        completions = List.copyOf(completions);
        order = order.stream().map(List::copyOf).toList();
        unranked = List.copyOf(unranked);
    }

    /** One of which the best is acceptable, or nobody asked. */
    public Ranking(
            String id,
            Prompt prompt,
            List<Completion> completions,
            String criterion,
            List<List<Integer>> order,
            List<Integer> unranked,
            String labeler,
            @Nullable String guideline,
            @Nullable String time) {
        this(id, prompt, completions, criterion, order, unranked, labeler, guideline, time, false);
    }

    /** The same under another name. */
    public Ranking withId(String other) {
        return new Ranking(other, prompt, completions, criterion, order, unranked, labeler, guideline, time, allBad);
    }

    /** The same of completions of which it is not said how they were drawn. */
    public Ranking withoutSampling() {
        List<Completion> plain =
                completions.stream().map(Completion::withoutSampling).toList();
        return new Ranking(id, prompt, plain, criterion, order, unranked, labeler, guideline, time, allBad);
    }

    /** What is wrong with the indices, in one line: one out of range, one given twice, one missing, an empty group. */
    public Optional<String> problem() {
        return problem(completions.size(), order, unranked);
    }

    /** The same of indices that are to order this many completions. */
    public static Optional<String> problem(int completions, List<List<Integer>> order, List<Integer> unranked) {
        boolean[] seen = new boolean[completions];
        if (order.isEmpty() || order.stream().anyMatch(List::isEmpty)) {
            return Optional.of(order.isEmpty() ? "an empty order" : "an empty group");
        }
        List<Integer> all = Stream.concat(order.stream().flatMap(List::stream), unranked.stream())
                .toList();
        for (int index : all) {
            if (index < 0 || index >= seen.length) {
                return Optional.of("the index " + index + " of " + seen.length + " completions");
            }
            if (seen[index]) {
                return Optional.of("the index " + index + " twice");
            }
            seen[index] = true;
        }
        return all.size() < seen.length
                ? Optional.of(all.size() + " of " + seen.length + " indices")
                : Optional.empty();
    }

    /** Throws {@link BadInputException} where {@link #problem()} finds something. */
    public void requireValid() {
        problem().ifPresent(problem -> {
            throw BadInputException.at(
                    "ranking " + id,
                    problem,
                    "each completion's index once, in order or in unranked",
                    "repair the ranking");
        });
    }
}
