package dev.attune.feedback.judge;

import java.util.List;

/** Judges answers. Safe for use by several threads if the model behind it is. */
public interface Judge {
    /** The name in records. */
    String name();

    /**
     * One judgement. A failed call is an unscored judgement, not an exception.
     *
     * @param sample number of this vote among several on the same item, from 0; each is asked for anew
     * @throws dev.attune.core.error.BadInputException if the item does not fit the judge, or its model cannot be asked
     */
    Judgement judge(JudgedItem item, int sample);

    /** One judgement of each item, in order. */
    default List<Judgement> judgeAll(List<JudgedItem> items, int sample) {
        return items.stream().map(item -> judge(item, sample)).toList();
    }

    /** How many items at most are judged together, to save time. */
    default int batch() {
        return 1;
    }
}
