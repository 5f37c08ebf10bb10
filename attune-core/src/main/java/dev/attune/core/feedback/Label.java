package dev.attune.core.feedback;

import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.List;

/**
 * One completion with its reward.
 *
 * @param reward 1 for the best group of a ranking, 0 for the other ranked completions, and for all if all are bad
 * @param ranking the ranking's id
 */
public record Label(Prompt prompt, String completion, double reward, String ranking) {
    /** One label for each ranked completion, best first; unranked completions give none. */
    public static List<Label> of(Ranking ranking) {
        List<Label> labels = new ArrayList<>();
        for (int group = 0; group < ranking.order().size(); group++) {
            for (int index : ranking.order().get(group)) {
                String text = ranking.completions().get(index).text();
                labels.add(new Label(ranking.prompt(), text, group == 0 && !ranking.allBad() ? 1 : 0, ranking.id()));
            }
        }
        return labels;
    }

    /** The labels of all rankings, in order. */
    public static List<Label> of(List<Ranking> rankings) {
        return rankings.stream().flatMap(ranking -> of(ranking).stream()).toList();
    }
}
