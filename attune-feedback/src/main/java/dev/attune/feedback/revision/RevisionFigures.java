package dev.attune.feedback.revision;

import dev.attune.core.text.PlainWords;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the drafts of many answers have in common. Shares are of the revisions that were asked for; they are 0 without one.
 *
 * @param answers that were criticised
 * @param revisions that were asked for
 * @param noFault share of the answers whose first critique found no fault
 * @param unchanged share of revisions with the words of the text before
 * @param leaked share of revisions with parts of a request or of the template
 * @param cutOff share of revisions that end at the token limit
 * @param refused share of usable revisions that refuse
 * @param boilerplate share of usable revisions with the commonest sequence of {@value #BOILERPLATE_WORDS} words
 * @param distinct different usable revisions as a share of all usable ones; 1 if there is none
 */
public record RevisionFigures(
        int answers,
        int revisions,
        double noFault,
        double unchanged,
        double leaked,
        double cutOff,
        double refused,
        double boilerplate,
        double distinct) {
    /** Words of a sequence that counts as boilerplate when revisions share it. */
    static final int BOILERPLATE_WORDS = 5;

    /**
     * The figures of these answers.
     *
     * @param refusal whether a text refuses
     */
    public static RevisionFigures of(Collection<RevisedAnswer> answers, Predicate<String> refusal) {
        List<Draft> revised = answers.stream()
                .flatMap(answer -> answer.drafts().stream())
                .filter(draft -> draft.revision() != null)
                .toList();
        List<String> usable = revised.stream()
                .filter(Draft::used)
                .map(draft -> String.valueOf(draft.revision()))
                .toList();
        long noFault = answers.stream()
                .filter(answer ->
                        !answer.drafts().isEmpty() && answer.drafts().get(0).revision() == null)
                .count();
        return new RevisionFigures(
                answers.size(),
                revised.size(),
                share(noFault, answers.size()),
                share(count(revised, RevisionFault.UNCHANGED), revised.size()),
                share(count(revised, RevisionFault.LEAKED), revised.size()),
                share(count(revised, RevisionFault.CUT_OFF), revised.size()),
                share(usable.stream().filter(refusal).count(), usable.size()),
                boilerplate(usable),
                usable.isEmpty() ? 1 : share(new HashSet<>(usable).size(), usable.size()));
    }

    private static long count(List<Draft> drafts, RevisionFault fault) {
        return drafts.stream().filter(draft -> draft.faults().contains(fault)).count();
    }

    private static double share(long part, int all) {
        return all == 0 ? 0 : part / (double) all;
    }

    private static double boilerplate(List<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> sequences(text).forEach(sequence -> counts.merge(sequence, 1, Integer::sum)));
        int commonest =
                counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return share(commonest, texts.size());
    }

    private static Set<String> sequences(String text) {
        String[] words = PlainWords.of(text).split(" ");
        Set<String> sequences = new HashSet<>();
        for (int from = 0; from + BOILERPLATE_WORDS <= words.length; from++) {
            sequences.add(String.join(" ", Arrays.copyOfRange(words, from, from + BOILERPLATE_WORDS)));
        }
        return sequences;
    }
}
