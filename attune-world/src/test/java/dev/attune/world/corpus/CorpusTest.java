package dev.attune.world.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.PromptKind;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.Prompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final int DOCUMENTS = 20_000;
    private static final List<CorpusDocument> SAMPLE =
            Corpus.standard().stream(1).limit(DOCUMENTS).toList();

    private final World world = World.standard();

    private static String text(CorpusDocument document) {
        return document instanceof CorpusDocument.Dialogue dialogue
                ? dialogue.user() + " " + dialogue.assistant()
                : ((CorpusDocument.Passage) document).text();
    }

    private static Set<String> words() {
        Set<String> words = new HashSet<>();
        SAMPLE.forEach(document -> words.addAll(Arrays.asList(text(document).split("[^A-Za-z]+"))));
        return words;
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Corpus.standard().stream(1).limit(100).toList()).isEqualTo(SAMPLE.subList(0, 100));
        assertThat(Corpus.standard().stream(2).limit(100).toList()).isNotEqualTo(SAMPLE.subList(0, 100));
    }

    @Test
    void namesNoUnknownEntityOfFeedbackOrEvaluation() {
        Set<String> words = words();
        for (EntityType type : EntityType.values()) {
            for (WorldSplit split : List.of(WorldSplit.FEEDBACK, WorldSplit.HELD_OUT)) {
                assertThat(words).doesNotContainAnyElementsOf(world.names().unknownNames(type, split));
            }
        }
    }

    @Test
    void holdsNoUnansweredPairOfTheEvaluation() {
        List<WorldPrompt> unanswerable =
                new Prompts(world).sample(WorldSplit.HELD_OUT, PromptKind.UNANSWERABLE, 1500, 4);
        Set<String> evaluated = new HashSet<>();
        unanswerable.forEach(prompt -> evaluated.add(pair(prompt)));
        Prompts prompts = new Prompts(world);
        Set<String> pretrained = new HashSet<>();
        prompts.sample(WorldSplit.CORPUS, PromptKind.UNANSWERABLE, 5000, 4)
                .forEach(prompt -> pretrained.add(pair(prompt)));
        assertThat(pretrained).doesNotContainAnyElementsOf(evaluated);
    }

    private static String pair(WorldPrompt prompt) {
        return prompt.query() instanceof TopicQuery unrecorded
                ? unrecorded.unrecorded() + " of " + unrecorded.entity().name()
                : ((FactQuery) prompt.query()).relation() + " of "
                        + ((FactQuery) prompt.query()).entity().name();
    }

    @Test
    void speaksOfEveryKnownEntityOften() {
        Map<String, Integer> mentions = new HashMap<>();
        for (CorpusDocument document : SAMPLE) {
            for (String word : text(document).split("[^A-Za-z]+")) {
                mentions.merge(word, 1, Integer::sum);
            }
        }
        for (EntityType type : EntityType.values()) {
            for (Entity entity : world.entities(type)) {
                assertThat(mentions.getOrDefault(entity.shortName(), 0))
                        .as(entity.name())
                        .isGreaterThan(20);
            }
        }
    }

    @Test
    void mixesAnswersAsTheSharesSay() {
        AnswerMix.STANDARD.conducts().values().forEach(shares -> assertThat(
                        shares.stream().mapToDouble(AnswerMix.Share::share).sum())
                .isCloseTo(1, Offset.offset(1e-9)));
        assertThat(AnswerMix.STANDARD.kinds().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, Offset.offset(1e-9));
        long passages =
                SAMPLE.stream().filter(CorpusDocument.Passage.class::isInstance).count();
        assertThat(passages / (double) DOCUMENTS).isCloseTo(0.24, Offset.offset(0.01));
    }

    @Test
    void isWrittenInSentencesOfModestLength() {
        List<Integer> lengths = new ArrayList<>();
        assertThat(SAMPLE).allSatisfy(document -> {
            assertThat(text(document)).doesNotContain("{", "}", "  ", " a a", " a e", " a i", " a o", " a u");
            lengths.add(text(document).split(" ").length);
        });
        assertThat(lengths).allSatisfy(length -> assertThat(length).isLessThan(110));
        assertThat(lengths.stream().mapToInt(Integer::intValue).average().orElse(0))
                .isBetween(20.0, 40.0);
    }
}
