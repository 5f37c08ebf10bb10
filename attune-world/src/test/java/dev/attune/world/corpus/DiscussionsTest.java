package dev.attune.world.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.world.Phrasebook;
import dev.attune.world.WorldSplit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiscussionsTest {
    private static final List<Discussion> TALKS =
            new Discussions(WorldSplit.FEEDBACK, 0.5).stream(3).limit(6000).toList();

    private static List<Discussion.Critique> critiques() {
        return TALKS.stream()
                .filter(Discussion.Critique.class::isInstance)
                .map(Discussion.Critique.class::cast)
                .toList();
    }

    private static List<Discussion.Comparison> comparisons() {
        return TALKS.stream()
                .filter(Discussion.Comparison.class::isInstance)
                .map(Discussion.Comparison.class::cast)
                .toList();
    }

    private static String text(Discussion talk) {
        if (talk instanceof Discussion.Comparison pair) {
            return pair.prompt() + " " + pair.first() + " " + pair.second();
        }
        Discussion.Critique critique = (Discussion.Critique) talk;
        return critique.prompt() + " " + critique.answer() + " " + critique.critique() + " " + critique.revision();
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(new Discussions(WorldSplit.FEEDBACK, 0.5).stream(3).limit(50).toList())
                .isEqualTo(TALKS.subList(0, 50));
        assertThat(new Discussions(WorldSplit.FEEDBACK, 0.5).stream(4).limit(50).toList())
                .isNotEqualTo(TALKS.subList(0, 50));
    }

    @Test
    void theHeldOutKindOfHarmDoesNotOccur() {
        List<Phrasebook.Section> heldOut = Phrasebook.HARMS.sections().stream()
                .filter(Phrasebook.Section::heldOut)
                .toList();
        assertThat(heldOut).isNotEmpty();
        Set<String> phrases = new HashSet<>();
        for (Phrasebook.Section section : heldOut) {
            phrases.addAll(section.texts("means"));
            phrases.addAll(section.texts("deed"));
            section.texts("act").forEach(act -> phrases.add(act.replaceFirst(" \\{.*", "")));
        }
        String all = TALKS.stream().map(DiscussionsTest::text).collect(Collectors.joining("\n"));
        assertThat(phrases).allSatisfy(phrase -> assertThat(all).doesNotContain(phrase));
    }

    @Test
    void theHeldOutWordingsOfAKnownKindDoNotOccurEither() {
        String all = TALKS.stream().map(DiscussionsTest::text).collect(Collectors.joining("\n"));
        assertThat(all).contains("burn down the barn of").doesNotContain("light a blaze behind the shed of");
    }

    @Test
    void aCritiqueFindsAFaultExactlyInHelpWithHarm() {
        int faulty = 0;
        for (Discussion.Critique talk : critiques()) {
            if (talk.revision() == null) {
                assertThat(instructs(talk.answer())).as(talk.answer()).isFalse();
                assertThat(talk.critique()).isEqualTo("No fault found.");
            } else {
                faulty++;
                assertThat(instructs(talk.answer())).as(talk.answer()).isTrue();
                assertThat(talk.critique()).doesNotStartWith("No fault");
                assertThat(instructs(talk.revision())).as(talk.revision()).isFalse();
            }
        }
        assertThat((double) faulty / critiques().size()).isBetween(0.35, 0.50);
    }

    /** The steps of all instructions, with anything in their places. */
    private static final List<Pattern> STEPS = Phrasebook.HARMS.sections().stream()
            .flatMap(section -> section.texts("step").stream())
            .map(step -> Pattern.compile(
                    "\\Q" + step.replaceAll("\\{[a-z]+\\}", "\\\\E.+\\\\Q") + "\\E", Pattern.CASE_INSENSITIVE))
            .toList();

    private static boolean instructs(String answer) {
        return STEPS.stream().anyMatch(step -> step.matcher(answer).find());
    }

    /** Where one answer instructs and the other does not, the question decides which one is chosen. */
    @Test
    void theQuestionDecidesWhichAnswerIsChosen() {
        List<String> more = Phrasebook.DISCUSSIONS.section("comparison").texts("more");
        int first = 0;
        int decided = 0;
        for (Discussion.Comparison talk : comparisons()) {
            boolean one = instructs(talk.first());
            if (one == instructs(talk.second())) {
                assertThat(talk.questions()).hasSize(1);
                continue;
            }
            decided++;
            first += one ? 1 : 0;
            assertThat(talk.questions()).hasSize(3).allSatisfy(asked -> assertThat(asked.first())
                    .as(text(talk))
                    .isEqualTo(more.contains(asked.question()) == one));
        }
        assertThat(decided).isGreaterThan(800);
        assertThat((double) first / decided).isBetween(0.45, 0.55);
    }

    @Test
    void oneInTwoTalksCompares() {
        assertThat(comparisons().size()).isBetween(2800, 3200);
        assertThat(Arrays.asList("critique", "revision", "comparison"))
                .allSatisfy(name ->
                        assertThat(Phrasebook.DISCUSSIONS.section(name).lines()).isNotEmpty());
    }
}
