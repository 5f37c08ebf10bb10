package dev.attune.feedback.judge;

import dev.attune.feedback.judge.reply.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Several judges on the same item. The verdict is the mean over those that give one; {@link Judgement#unscored()} counts the
 * others. It is unscored only if all are.
 */
public record PanelJudge(String name, List<Judge> judges) implements Judge {
    public PanelJudge {
        judges = List.copyOf(judges);
        if (judges.isEmpty()) {
            throw new IllegalArgumentException("a panel without judges");
        }
    }

    @Override
    public Judgement judge(JudgedItem item, int sample) {
        List<Opinion> opinions = new ArrayList<>();
        for (Judge judge : judges) {
            Judgement one = judge.judge(item, sample);
            opinions.add(new Opinion(judge.name(), replies(one), one.verdict(), one.tokens()));
        }
        OptionalDouble mean =
                ScoredMean.of(opinions.stream().map(Opinion::verdict).toList()).mean();
        Verdict<Double> verdict = mean.isPresent()
                ? Verdict.scored(mean.getAsDouble(), "")
                : opinions.get(0).verdict();
        return new Judgement(name, item.principle(), verdict, opinions);
    }

    /** The raw replies of a member. */
    private static String replies(Judgement judgement) {
        return String.join(
                "\n---\n",
                judgement.opinions().stream()
                        .map(opinion ->
                                opinion.asked() + ": " + opinion.verdict().reply())
                        .toList());
    }
}
