package dev.attune.studio.review;

import dev.attune.feedback.store.Judgement;
import dev.attune.studio.page.Forms;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A ranking from a form without script: a rank per completion, equal ranks for a tie, or no rank. */
final class OrderForm {
    private OrderForm() {}

    /** @throws BadInputException if a rank is none of 1 to the number of completions */
    static Judgement read(Context context, int completions) {
        TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
        List<Integer> unranked = new ArrayList<>();
        for (int place = 0; place < completions; place++) {
            String field = "rank-" + place;
            if (Forms.text(context, field).isBlank()) {
                unranked.add(place);
            } else {
                groups.computeIfAbsent(Forms.integer(context, field, 1, completions), rank -> new ArrayList<>())
                        .add(place);
            }
        }
        return new Judgement(
                Forms.text(context, "criterion"),
                List.copyOf(groups.values()),
                unranked,
                Forms.checked(context, "all_bad"));
    }
}
