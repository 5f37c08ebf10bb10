package dev.attune.feedback.judge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Judges several items by opinions that are asked for together. */
final class AskedTogether {
    private AskedTogether() {}

    /**
     * One judgement of each item, in order.
     *
     * @param questions of an item; none if there is nothing to ask
     * @param judgement of an item by one opinion for each of its questions, in their order
     */
    static List<Judgement> judge(
            Rater rater,
            List<JudgedItem> items,
            int sample,
            Function<JudgedItem, List<Rater.Question>> questions,
            BiFunction<JudgedItem, List<Opinion>, Judgement> judgement) {
        List<List<Rater.Question>> asked = items.stream().map(questions).toList();
        List<Rater.Question> all = asked.stream().flatMap(List::stream).toList();
        Iterator<Opinion> opinions = (all.isEmpty() ? List.<Opinion>of() : rater.rateAll(all, sample)).iterator();
        List<Judgement> judgements = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<Opinion> own =
                    asked.get(i).stream().map(question -> opinions.next()).toList();
            judgements.add(judgement.apply(items.get(i), own));
        }
        return judgements;
    }
}
