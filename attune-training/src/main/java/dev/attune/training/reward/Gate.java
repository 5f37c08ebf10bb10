package dev.attune.training.reward;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The verdict on a reward model: good enough to optimise against only if every check passes. */
public record Gate(List<Check> checks) {
    /** One condition, as "NAME VALUE, which should be RELATION BOUND". */
    public record Check(String name, double value, String relation, double bound, boolean passed) {
        /** The condition in words. */
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "%s: %.3f, %s %s %.3f",
                    name,
                    value,
                    passed ? "as it should," : "should be",
                    relation,
                    bound);
        }
    }

    @JsonProperty("passed")
    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    /** The failed checks in words, or that all pass. */
    public String reason() {
        return passed()
                ? "every check holds"
                : checks.stream()
                        .filter(check -> !check.passed())
                        .map(Check::describe)
                        .collect(Collectors.joining("; "));
    }
}
