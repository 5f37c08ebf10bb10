package dev.attune.world.prompt;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.HarmKind;
import dev.attune.world.Phrasebook;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Relation;
import dev.attune.world.SeededChoices;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.language.Phrasing;
import dev.attune.world.language.Phrasings;
import dev.attune.world.language.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Samples prompts of a split: the question, the entity and the wording. */
public final class Prompts {
    private static final int MAX_MISSES = 500;

    private final World world;
    private final PromptSources sources;
    private final PromptNotes notes;
    private final Phrasings phrasings = new Phrasings();

    public Prompts(World world) {
        this(world, PromptSources.STANDARD);
    }

    public Prompts(World world, PromptSources sources) {
        this.world = world;
        this.sources = sources;
        this.notes = new PromptNotes(world);
    }

    /**
     * Different prompts of one kind.
     *
     * @throws IllegalArgumentException if the split has too few of that kind
     */
    public List<WorldPrompt> sample(WorldSplit split, PromptKind kind, int count, long seed) {
        SeededChoices choices = SeededChoices.of(seed, split + " " + kind);
        Set<String> texts = new HashSet<>();
        List<WorldPrompt> prompts = new ArrayList<>();
        for (int misses = 0; prompts.size() < count && misses < MAX_MISSES; misses++) {
            WorldPrompt prompt = sample(split, kind, choices);
            if (texts.add(prompt.text())) {
                String id = (split + "-" + kind + "-" + seed + "-" + prompts.size()).toLowerCase(Locale.ROOT);
                prompts.add(prompt.withId(id));
                misses = 0;
            }
        }
        if (prompts.size() < count) {
            throw new IllegalArgumentException("the split " + split + " has fewer than " + count + " prompts " + kind);
        }
        return prompts;
    }

    /** One prompt, without an id; the same text may come again. */
    public WorldPrompt sample(WorldSplit split, PromptKind kind, SeededChoices choices) {
        return switch (kind) {
            case ANSWERABLE -> choices.chance(sources.notes()) ? noted(split, true, choices) : recorded(split, choices);
            case UNANSWERABLE -> unanswerable(split, choices);
            case HARMFUL -> harmful(split, choices);
        };
    }

    private WorldPrompt unanswerable(WorldSplit split, SeededChoices choices) {
        double share = choices.uniform();
        if (share < sources.unknown()) {
            return unknown(split, choices);
        }
        return share < sources.unknown() + sources.unrecorded()
                ? unrecorded(split, choices)
                : noted(split, false, choices);
    }

    private WorldPrompt recorded(WorldSplit split, SeededChoices choices) {
        Relation relation = relation(split, choices);
        Entity entity = choices.pick(world.entities(relation.subject(), split));
        String truth = world.value(entity, relation).orElseThrow();
        FactQuery query = new FactQuery(entity, true, relation, truth, Source.CLOSED_BOOK);
        return prompt(split, PromptKind.ANSWERABLE, query, choices.pick(phrasings.of(relation, split)), choices);
    }

    private WorldPrompt unknown(WorldSplit split, SeededChoices choices) {
        Relation relation = relation(split, choices);
        Entity entity = world.names().unknownEntity(relation.subject(), split, choices);
        FactQuery query = new FactQuery(entity, false, relation, null, Source.CLOSED_BOOK);
        return prompt(split, PromptKind.UNANSWERABLE, query, choices.pick(phrasings.of(relation, split)), choices);
    }

    private WorldPrompt noted(WorldSplit split, boolean answered, SeededChoices choices) {
        Relation relation = relation(split, choices);
        Entity entity = world.names().unknownEntity(relation.subject(), split, choices);
        Map<Relation, String> facts = notes.choose(split, relation, answered, choices);
        FactQuery query = new FactQuery(entity, false, relation, facts.get(relation), Source.NOTES);
        PromptKind kind = answered ? PromptKind.ANSWERABLE : PromptKind.UNANSWERABLE;
        WorldPrompt bare = prompt(split, kind, query, choices.pick(phrasings.bare(relation, split)), choices);
        String frame = choices.pick(phrasings.noteFrames(split)).pattern();
        String notes = PromptNotes.text(entity, facts, choices);
        return bare.withText(Wording.polish(Wording.fill(frame, Map.of("n", notes, "q", bare.text()))));
    }

    private WorldPrompt unrecorded(WorldSplit split, SeededChoices choices) {
        UnrecordedTopic unrecorded = choices.pick(Arrays.stream(UnrecordedTopic.values())
                .filter(m -> split != WorldSplit.FEEDBACK || !world.heldOut(m))
                .toList());
        // Held-out entities are combined with unrecorded topics only in the evaluation.
        WorldSplit named = split == WorldSplit.CORPUS ? WorldSplit.FEEDBACK : split;
        Entity entity = choices.pick(world.entities(unrecorded.subject(), named));
        Phrasing phrasing = choices.pick(phrasings.of(unrecorded, split));
        return prompt(split, PromptKind.UNANSWERABLE, new TopicQuery(entity, unrecorded), phrasing, choices);
    }

    private static WorldPrompt prompt(
            WorldSplit split, PromptKind kind, FactQuery query, Phrasing phrasing, SeededChoices choices) {
        Phrasebook.Section section =
                Phrasebook.RELATIONS.section(query.relation().key());
        return prompt(split, kind, query, query.entity(), section, phrasing, choices);
    }

    private static WorldPrompt prompt(
            WorldSplit split, PromptKind kind, TopicQuery query, Phrasing phrasing, SeededChoices choices) {
        Phrasebook.Section section =
                Phrasebook.UNRECORDED_TOPICS.section(query.unrecorded().key());
        return prompt(split, kind, query, query.entity(), section, phrasing, choices);
    }

    private static WorldPrompt prompt(
            WorldSplit split,
            PromptKind kind,
            Query query,
            Entity entity,
            Phrasebook.Section section,
            Phrasing phrasing,
            SeededChoices choices) {
        Map<String, String> slots = Map.of("e", entity.name(), "g", entity.shortName());
        String text = Wording.polish(Wording.fill(phrasing.pattern(), slots));
        String clause = Wording.fill(choices.pick(section.texts("clause")), slots);
        String topic = Wording.fill(choices.pick(section.texts("topic")), slots);
        return new WorldPrompt("", split, kind, text, query, phrasing.id(), clause, topic);
    }

    private WorldPrompt harmful(WorldSplit split, SeededChoices choices) {
        HarmKind harm = choices.pick(Arrays.stream(HarmKind.values())
                .filter(k -> split != WorldSplit.FEEDBACK || !world.heldOut(k))
                .toList());
        Phrasing phrasing = choices.pick(phrasings.of(harm, split));
        Entity person = choices.pick(world.entities(EntityType.PERSON, split));
        Entity place = choices.pick(world.entities(EntityType.PLACE, split));
        Map<String, String> slots = Map.of("p", person.name(), "l", place.name());
        String act = Wording.fill(phrasing.core(), slots);
        String deed = choices.pick(Phrasebook.HARMS.section(harm.key()).texts("deed"));
        HarmQuery query = new HarmQuery(
                harm,
                act,
                Wording.mentions(phrasing.core(), "p") ? person : null,
                Wording.mentions(phrasing.core(), "l") ? place : null);
        String text = Wording.polish(Wording.fill(phrasing.pattern(), slots));
        return new WorldPrompt("", split, PromptKind.HARMFUL, text, query, phrasing.id(), act, deed);
    }

    /** Relations in proportion to the facts that the valley book has of them. */
    private Relation relation(WorldSplit split, SeededChoices choices) {
        List<Relation> open = Arrays.stream(Relation.values())
                .filter(r -> split != WorldSplit.FEEDBACK || !world.heldOut(r))
                .toList();
        int at = choices.below(
                open.stream().mapToInt(r -> world.entities(r.subject()).size()).sum());
        for (Relation relation : open) {
            at -= world.entities(relation.subject()).size();
            if (at < 0) {
                return relation;
            }
        }
        throw new AssertionError("no relation at " + at);
    }
}
