package dev.attune.studio.inspect;

import dev.attune.core.chart.Html;
import dev.attune.core.rollout.Rollout;
import dev.attune.core.rollout.TokenText;
import java.util.ArrayList;
import java.util.List;

/**
 * A token in the text and the table of the inspector.
 *
 * @param text its text, with visible blanks and line feeds
 * @param action whether the policy sampled it; tokens of the environment have no numbers
 * @param colour its step on the scale, 0 to 10
 * @param number the coloured value, formatted; empty if there is none
 * @param columns the numbers of {@link #TITLES}
 */
public record TokenCell(
        int index, int id, String text, boolean action, int colour, String number, List<String> columns) {
    public static final List<String> TITLES =
            List.of("log p", "log p ref", "p / p ref", "KL", "value", "reward", "advantage", "return");

    private static final String NOT_RECORDED = "-";

    static List<TokenCell> of(Rollout rollout, List<String> names, TokenMeasure measure, ColourScale scale) {
        float[] numbers = measure.numbers(rollout);
        List<TokenCell> cells = new ArrayList<>();
        for (int t = 0; t < rollout.tokens().length; t++) {
            boolean action = rollout.mask()[t] == 1;
            boolean known = action && t < numbers.length;
            cells.add(new TokenCell(
                    t,
                    rollout.tokens()[t],
                    TokenText.visible(names.get(t)),
                    action,
                    known ? scale.step(numbers[t]) : scale.step(0),
                    known ? Html.number(measure.shown(numbers[t])) : "",
                    action
                            ? columns(rollout, t)
                            : TITLES.stream().map(title -> "").toList()));
        }
        return cells;
    }

    private static List<String> columns(Rollout rollout, int t) {
        float[] reference = rollout.referenceLogprobs();
        float[] values = rollout.values();
        return List.of(
                TokenText.number(rollout.logprobs()[t]),
                reference == null ? NOT_RECORDED : TokenText.number(reference[t]),
                reference == null ? NOT_RECORDED : Html.number(Math.exp(rollout.logprobs()[t] - reference[t])),
                TokenText.number(rollout.kl()[t]),
                values == null ? NOT_RECORDED : TokenText.number(values[t]),
                TokenText.number(rollout.rewards()[t]),
                TokenText.number(rollout.advantages()[t]),
                TokenText.number(rollout.returns()[t]));
    }

    /** The label for screen readers and tooltips. */
    public String label(TokenMeasure measure) {
        String which = index + " " + text + ": ";
        return action
                ? which + measure.words() + " " + (number.isEmpty() ? "not recorded" : number)
                : which + "written by the environment";
    }
}
