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
 * @param time the time of the ranking, ISO-8601
 * @param allBad whether the labeler found none acceptable, the best one included; written only if true
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
     * @param model the name of the model that wrote it, or null
     * @param sampling the sampling settings, such as temperature, under the names in the file; null if they are not
     *     known, and not written then
     */
    public record Completion(
            String text,
            @Nullable String model,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, @Nullable Object> sampling) {
        public Completion {
            sampling = sampling == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(sampling));
        }

        /** A completion with unknown sampling settings. */
        public Completion(String text, @Nullable String model) {
            this(text, model, null);
        }

        /** The same without its sampling settings. */
        public Completion withoutSampling() {
            return new Completion(text, model);
        }
    }

    public Ranking {
        completions = List.copyOf(completions);
        order = order.stream().map(List::copyOf).toList();
        unranked = List.copyOf(unranked);
    }

    /** A ranking with {@code allBad} false: the best completion is acceptable, or this is not known. */
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

    /** A copy with another id. */
    public Ranking withId(String other) {
        return new Ranking(other, prompt, completions, criterion, order, unranked, labeler, guideline, time, allBad);
    }

    /** A copy with completions without sampling settings. */
    public Ranking withoutSampling() {
        List<Completion> plain =
                completions.stream().map(Completion::withoutSampling).toList();
        return new Ranking(id, prompt, plain, criterion, order, unranked, labeler, guideline, time, allBad);
    }

    /** The first problem of the indices, in one line: out of range, given twice, missing, or an empty group. */
    public Optional<String> problem() {
        return problem(completions.size(), order, unranked);
    }

    /** The same for indices into a list of this many completions. */
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

    /** Throws {@link BadInputException} if {@link #problem()} finds something. */
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
