package dev.attune.feedback.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.feedback.Preference;
import dev.attune.core.stats.rates.UnscoredReason;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionFile;
import dev.attune.feedback.constitution.Principle;
import dev.attune.feedback.judge.Judge;
import dev.attune.feedback.judge.JudgePrompts;
import dev.attune.feedback.judge.JudgedItem;
import dev.attune.feedback.judge.Judgement;
import dev.attune.feedback.judge.LabelModel;
import dev.attune.feedback.judge.LabelRater;
import dev.attune.feedback.judge.PairJudge;
import dev.attune.feedback.judge.reply.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationsTest {
    private static final Constitution CONSTITUTION = ConstitutionFile.parse("house.yaml", """
            name: house
            principles:
              - {name: kind, critique: c, revision: r, comparison: Which is kinder?, tags: [harmless]}
              - {name: short, critique: c, revision: r, comparison: Which is shorter?, weight: 3}
            """);

    /** Prefers the answer with more "good" by 0.9, and whatever is shown first by 0.1 more. */
    private static final LabelModel GOOD_BUT_FIRST = (prompt, menu, sample) -> {
        String text = prompt.messages().get(0).content();
        String first = text.substring(text.indexOf("[BEGIN ANSWER A]"), text.indexOf("[END ANSWER A]"));
        String second = text.substring(text.indexOf("[BEGIN ANSWER B]"), text.indexOf("[END ANSWER B]"));
        double a = first.contains("good") == second.contains("good") ? 0.6 : first.contains("good") ? 1.0 : 0.2;
        return text.contains("silent")
                ? new LabelModel.Shares(Verdict.unscored(UnscoredReason.NO_VERDICT, "", ""), 1)
                : new LabelModel.Shares(Verdict.scored(Map.of("A", a, "B", 1 - a), ""), 1);
    };

    private static final Judge JUDGE =
            PairJudge.of("the judge", new LabelRater(GOOD_BUT_FIRST, JudgePrompts.PAIR_MENU_WITHOUT_TIE));

    private static Annotations annotate(Candidates... candidates) {
        List<AnnotationItem> items = AnnotationItem.of(List.of(candidates), CONSTITUTION.principles(), 0, 7);
        List<Judgement> vote =
                items.stream().map(item -> JUDGE.judge(item.judged(), 0)).toList();
        return new Annotations(items, List.of(vote));
    }

    private static Candidates of(int line, String... completions) {
        return new Candidates(line, Prompt.text("soup?"), List.of(completions));
    }

    @Test
    void labelsAreAveragedOverBothOrders() {
        Annotations annotations = annotate(of(1, "bad", "good"), of(2, "good 1", "good 2"), of(3, "silent", "good"));

        // 0.2 in one order; 1.0 for the other side in the other: (0.2 + 1 - 1.0) / 2
        assertThat(annotations.label(0).orElseThrow()).isCloseTo(0.1, within(1e-12));
        assertThat(annotations.label(1).orElseThrow()).isCloseTo(0.5, within(1e-12));
        assertThat(annotations.label(2)).isEmpty();
        assertThat(annotations.unscored()).isEqualTo(1);
        assertThat(annotations.report().firstShown().orElseThrow()).isCloseTo(0.6, within(1e-12));
        // the equal pair: first shown in both orders
        assertThat(annotations.report().inconsistent()).isEqualTo(1);
    }

    @Test
    void preferencesNameTheJudgeAndItsPrinciple() {
        Annotations annotations = annotate(of(1, "bad", "good"), of(2, "good 1", "good 2"), of(3, "silent", "good"));
        List<Preference> preferences = annotations.preferences(CONSTITUTION, "the judge");

        assertThat(preferences).hasSize(2);
        assertThat(preferences.get(0).chosen()).isEqualTo("good");
        assertThat(preferences.get(0).rejected()).isEqualTo("bad");
        assertThat(preferences.get(0).probability()).isCloseTo(0.9, within(1e-12));
        assertThat(preferences.get(1).probability()).isCloseTo(0.5, within(1e-12));
        Principle principle = annotations.items().get(0).principle();
        assertThat(preferences.get(0).origin().judge())
                .isEqualTo(new Preference.Judge(
                        Preference.Judge.Kind.MODEL, "the judge", CONSTITUTION.label(), List.of(principle.name())));
    }

    @Test
    void everyPairOfACandidateIsJudgedOnceOrAsManyAsAllowed() {
        Candidates four = of(5, "a", "b", "c", "d");
        assertThat(AnnotationItem.of(List.of(four), CONSTITUTION.principles(), 0, 1))
                .hasSize(6);
        List<AnnotationItem> two = AnnotationItem.of(List.of(four), CONSTITUTION.principles(), 2, 1);
        assertThat(two).extracting(item -> item.judged().id()).hasSize(2).doesNotHaveDuplicates();
        assertThat(AnnotationItem.of(List.of(of(4, "x", "y"), four), CONSTITUTION.principles(), 2, 1)
                        .subList(1, 3))
                .isEqualTo(two);
    }

    @Test
    void principlesAreSampledByWeight() {
        List<Candidates> many = IntStream.rangeClosed(1, 2000)
                .mapToObj(line -> of(line, "a", "b"))
                .toList();
        long kind = AnnotationItem.of(many, CONSTITUTION.principles(), 0, 3).stream()
                .filter(item -> item.judged().principle().equals("Which is kinder?"))
                .count();
        // 1 : 3; three standard errors of a share of 2,000 are 0.029
        assertThat(kind / 2000.0).isCloseTo(0.25, within(0.029));
    }

    @Test
    void skillCountsTiesAsHalfAndLeavesOutTheUnscored() {
        List<Judgement> judgements = List.of(
                        JudgedItem.pair("1", Prompt.text("?"), "good", "bad", "p"),
                        JudgedItem.pair("2", Prompt.text("?"), "bad", "good", "p"),
                        JudgedItem.pair("3", Prompt.text("?"), "good 1", "good 2", "p"),
                        JudgedItem.pair("4", Prompt.text("?"), "silent", "good", "p"))
                .stream()
                .map(item -> JUDGE.judge(item, 0))
                .toList();
        JudgeSkill skill = JudgeSkill.of(judgements, List.of(true, false, true, true));

        assertThat(skill.accuracy()).isNotNull();
        assertThat(skill.accuracy().value()).isCloseTo(2.5 / 3, within(1e-12));
        assertThat(skill.unscored()).isEqualTo(1);
        assertThat(skill.reaches(0.8)).isTrue();
        assertThat(JudgeSkill.of(judgements.subList(3, 4), List.of(true)).reaches(0))
                .isFalse();
    }
}
