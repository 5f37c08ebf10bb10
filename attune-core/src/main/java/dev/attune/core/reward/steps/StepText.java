package dev.attune.core.reward.steps;

import java.util.Arrays;
import java.util.List;

/** The text of solutions whose steps each end with a mark. */
public final class StepText {
    private StepText() {}

    /**
     * The steps of a solution: the parts between marks that are not blank.
     *
     * @param mark not empty
     */
    public static List<String> split(String solution, String mark) {
        return Arrays.stream(solution.split(java.util.regex.Pattern.quote(mark)))
                .filter(step -> !step.isBlank())
                .toList();
    }

    /** The solution of these steps, with a mark between each two. */
    public static String join(List<String> steps, String mark) {
        return String.join(mark, steps.stream().map(step -> bare(step, mark)).toList());
    }

    /** A step without the mark at its end. */
    public static String bare(String step, String mark) {
        return step.endsWith(mark) ? step.substring(0, step.length() - mark.length()) : step;
    }
}
