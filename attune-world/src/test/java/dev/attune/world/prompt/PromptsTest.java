package dev.attune.world.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.HarmKind;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.language.Phrasing;
import dev.attune.world.language.Phrasings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PromptsTest {
    private static final int MANY = 1500;

    private final World world = World.standard();
    private final Prompts prompts = new Prompts(world);

    private List<WorldPrompt> all(WorldSplit split) {
        List<WorldPrompt> sampled = new ArrayList<>();
        for (PromptKind kind : PromptKind.values()) {
            sampled.addAll(prompts.sample(split, kind, MANY, 3));
        }
        return sampled;
    }

    @Test
    void givesTheSamePromptsForTheSameSeed() {
        List<WorldPrompt> first = prompts.sample(WorldSplit.FEEDBACK, PromptKind.UNANSWERABLE, 50, 9);
        assertThat(prompts.sample(WorldSplit.FEEDBACK, PromptKind.UNANSWERABLE, 50, 9))
                .isEqualTo(first);
        assertThat(prompts.sample(WorldSplit.FEEDBACK, PromptKind.UNANSWERABLE, 50, 10))
                .isNotEqualTo(first);
    }

    @Test
    void answersStandWhereTheSharesSay() {
        Prompts read = new Prompts(world, PromptSources.CORPUS);
        assertThat(shareOfNotes(prompts, PromptKind.ANSWERABLE)).isCloseTo(0.15, Offset.offset(0.03));
        assertThat(shareOfNotes(prompts, PromptKind.UNANSWERABLE)).isCloseTo(0.10, Offset.offset(0.03));
        assertThat(shareOfNotes(read, PromptKind.ANSWERABLE)).isCloseTo(1.0 / 3, Offset.offset(0.04));
        assertThat(shareOfNotes(read, PromptKind.UNANSWERABLE)).isCloseTo(0.25, Offset.offset(0.04));
    }

    private static double shareOfNotes(Prompts source, PromptKind kind) {
        return source.sample(WorldSplit.CORPUS, kind, MANY, 5).stream()
                .mapToInt(prompt -> prompt.query() instanceof FactQuery fact && fact.source() == Source.NOTES ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void givesDifferentTextsAndIds() {
        List<WorldPrompt> sampled = all(WorldSplit.HELD_OUT);
        assertThat(sampled.stream().map(WorldPrompt::text)).doesNotHaveDuplicates();
        assertThat(sampled.stream().map(WorldPrompt::id)).doesNotHaveDuplicates();
    }

    @Test
    void hasAtLeast40PhrasingsOfEachKindOnBothSidesTogetherAndSomeOnEach() {
        Phrasings phrasings = new Phrasings();
        for (Relation relation : Relation.values()) {
            check(phrasings.of(relation, WorldSplit.CORPUS));
        }
        for (UnrecordedTopic unrecorded : UnrecordedTopic.values()) {
            check(phrasings.of(unrecorded, WorldSplit.CORPUS));
        }
        for (HarmKind harm : HarmKind.values()) {
            check(phrasings.of(harm, WorldSplit.CORPUS));
        }
    }

    private static void check(List<Phrasing> phrasings) {
        assertThat(phrasings.stream().map(Phrasing::pattern).distinct()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(phrasings).filteredOn(Phrasing::heldOut).hasSizeGreaterThanOrEqualTo(40);
        assertThat(phrasings).filteredOn(p -> !p.heldOut()).hasSizeGreaterThanOrEqualTo(40);
    }

    @Test
    void feedbackSharesNoPhrasingEntityFactOrNameWithTheEvaluation() {
        Set<String> phrasings = new HashSet<>();
        Set<Entity> entities = new HashSet<>();
        for (WorldPrompt prompt : all(WorldSplit.FEEDBACK)) {
            phrasings.add(prompt.phrasing());
            entities.addAll(entities(prompt.query()));
        }
        assertThat(all(WorldSplit.HELD_OUT)).allSatisfy(prompt -> {
            assertThat(phrasings).doesNotContain(prompt.phrasing());
            assertThat(entities).doesNotContainAnyElementsOf(entities(prompt.query()));
        });
    }

    @Test
    void feedbackNeverNamesAHeldOutEntity() {
        List<String> heldOut = new ArrayList<>();
        for (EntityType type : EntityType.values()) {
            world.entities(type, WorldSplit.HELD_OUT).forEach(entity -> heldOut.add(entity.shortName()));
        }
        assertThat(all(WorldSplit.FEEDBACK))
                .allSatisfy(prompt ->
                        assertThat(List.of(prompt.text().split("[^A-Za-z]+"))).doesNotContainAnyElementsOf(heldOut));
    }

    @Test
    void feedbackAsksForNoHeldOutRelationMatterOrHarm() {
        assertThat(all(WorldSplit.FEEDBACK))
                .noneSatisfy(prompt -> assertThat(heldOut(prompt.query())).isTrue());
        assertThat(all(WorldSplit.HELD_OUT))
                .anySatisfy(prompt -> assertThat(heldOut(prompt.query())).isTrue());
    }

    private boolean heldOut(Query asked) {
        if (asked instanceof FactQuery fact) {
            return world.heldOut(fact.relation());
        }
        return asked instanceof TopicQuery unrecorded
                ? world.heldOut(unrecorded.unrecorded())
                : world.heldOut(((HarmQuery) asked).harm());
    }

    private static List<Entity> entities(Query asked) {
        if (asked instanceof FactQuery fact) {
            return List.of(fact.entity());
        }
        if (asked instanceof TopicQuery unrecorded) {
            return List.of(unrecorded.entity());
        }
        List<Entity> named = new ArrayList<>();
        HarmQuery harm = (HarmQuery) asked;
        if (harm.person() != null) {
            named.add(harm.person());
        }
        if (harm.place() != null) {
            named.add(harm.place());
        }
        return named;
    }

    @Test
    void answerablePromptsHoldTheirTruthInTheBookOrInTheirNotes() {
        assertThat(prompts.sample(WorldSplit.HELD_OUT, PromptKind.ANSWERABLE, MANY, 1))
                .allSatisfy(prompt -> {
                    FactQuery fact = (FactQuery) prompt.query();
                    if (fact.source() == Source.NOTES) {
                        assertThat(prompt.text()).containsIgnoringCase(fact.truth());
                        assertThat(world.entity(fact.entity().name())).isEmpty();
                    } else {
                        assertThat(world.value(fact.entity(), fact.relation())).contains(fact.truth());
                    }
                });
    }

    @Test
    void unanswerablePromptsHaveNoTruthAnywhere() {
        assertThat(prompts.sample(WorldSplit.HELD_OUT, PromptKind.UNANSWERABLE, MANY, 1))
                .allSatisfy(prompt -> {
                    if (prompt.query() instanceof FactQuery fact) {
                        assertThat(fact.truth()).isNull();
                        assertThat(world.entity(fact.entity().name())).isEmpty();
                    }
                });
    }

    @Test
    void refusesToSampleMoreThanThereIs() {
        assertThatThrownBy(() -> prompts.sample(WorldSplit.FEEDBACK, PromptKind.HARMFUL, 10_000_000, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 10000000 prompts HARMFUL");
    }

    @Test
    void readsAsSentences() {
        assertThat(all(WorldSplit.HELD_OUT)).allSatisfy(prompt -> {
            assertThat(prompt.text()).doesNotContain("{", "}", "  ", " a a", " a e", " a i", " a o", " a u");
            assertThat(prompt.text()).matches("[A-Z].*[.?]");
        });
    }
}
