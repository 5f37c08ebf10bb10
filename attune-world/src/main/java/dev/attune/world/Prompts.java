package dev.attune.world;

import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedHarm;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Asked.Source;
import dev.attune.world.language.Phrasebook;
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

/** Draws prompts of a split: what is asked, about whom, and in which words. */
public final class Prompts {
    private static final int MOST_MISSES = 500;

    private final World world;
    private final PromptSources sources;
    private final Notes notes;
    private final Phrasings phrasings = new Phrasings();

    public Prompts(World world) {
        this(world, PromptSources.STANDARD);
    }

    public Prompts(World world, PromptSources sources) {
        this.world = world;
        this.sources = sources;
        this.notes = new Notes(world);
    }

    /**
     * Different prompts of one kind.
     *
     * @throws IllegalArgumentException if the split has too few of that kind
     */
    public List<WorldPrompt> sample(Split split, PromptKind kind, int count, long seed) {
        Dice dice = Dice.of(seed, split + " " + kind);
        Set<String> texts = new HashSet<>();
        List<WorldPrompt> prompts = new ArrayList<>();
        for (int misses = 0; prompts.size() < count && misses < MOST_MISSES; misses++) {
            WorldPrompt prompt = draw(split, kind, dice);
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
    public WorldPrompt draw(Split split, PromptKind kind, Dice dice) {
        return switch (kind) {
            case ANSWERABLE -> dice.chance(sources.notes()) ? noted(split, true, dice) : recorded(split, dice);
            case UNANSWERABLE -> unanswerable(split, dice);
            case HARMFUL -> harmful(split, dice);
        };
    }

    private WorldPrompt unanswerable(Split split, Dice dice) {
        double share = dice.uniform();
        if (share < sources.unknown()) {
            return unknown(split, dice);
        }
        return share < sources.unknown() + sources.unrecorded() ? unrecorded(split, dice) : noted(split, false, dice);
    }

    private WorldPrompt recorded(Split split, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = dice.pick(world.entities(relation.subject(), split));
        String truth = world.value(entity, relation).orElseThrow();
        AskedFact asked = new AskedFact(entity, true, relation, truth, Source.CLOSED_BOOK);
        return worded(split, PromptKind.ANSWERABLE, asked, dice.pick(phrasings.of(relation, split)), dice);
    }

    private WorldPrompt unknown(Split split, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = world.names().unknownEntity(relation.subject(), split, dice);
        AskedFact asked = new AskedFact(entity, false, relation, null, Source.CLOSED_BOOK);
        return worded(split, PromptKind.UNANSWERABLE, asked, dice.pick(phrasings.of(relation, split)), dice);
    }

    private WorldPrompt noted(Split split, boolean answered, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = world.names().unknownEntity(relation.subject(), split, dice);
        Map<Relation, String> told = notes.choose(split, relation, answered, dice);
        AskedFact asked = new AskedFact(entity, false, relation, told.get(relation), Source.NOTES);
        PromptKind kind = answered ? PromptKind.ANSWERABLE : PromptKind.UNANSWERABLE;
        WorldPrompt bare = worded(split, kind, asked, dice.pick(phrasings.bare(relation, split)), dice);
        String frame = dice.pick(phrasings.noteFrames(split)).pattern();
        String notes = Notes.tell(entity, told, dice);
        return bare.withText(Wording.polish(Wording.fill(frame, Map.of("n", notes, "q", bare.text()))));
    }

    private WorldPrompt unrecorded(Split split, Dice dice) {
        Matter matter = dice.pick(Arrays.stream(Matter.values())
                .filter(m -> split != Split.FEEDBACK || !world.heldOut(m))
                .toList());
        // Held-out entities meet unrecorded matters in the evaluation alone.
        Split named = split == Split.CORPUS ? Split.FEEDBACK : split;
        Entity entity = dice.pick(world.entities(matter.subject(), named));
        Phrasing phrasing = dice.pick(phrasings.of(matter, split));
        return worded(split, PromptKind.UNANSWERABLE, new AskedMatter(entity, matter), phrasing, dice);
    }

    private static WorldPrompt worded(Split split, PromptKind kind, AskedFact asked, Phrasing phrasing, Dice dice) {
        Phrasebook.Section section =
                Phrasebook.RELATIONS.section(asked.relation().key());
        return worded(split, kind, asked, asked.entity(), section, phrasing, dice);
    }

    private static WorldPrompt worded(Split split, PromptKind kind, AskedMatter asked, Phrasing phrasing, Dice dice) {
        Phrasebook.Section section = Phrasebook.MATTERS.section(asked.matter().key());
        return worded(split, kind, asked, asked.entity(), section, phrasing, dice);
    }

    private static WorldPrompt worded(
            Split split,
            PromptKind kind,
            Asked asked,
            Entity entity,
            Phrasebook.Section section,
            Phrasing phrasing,
            Dice dice) {
        Map<String, String> slots = Map.of("e", entity.name(), "g", entity.shortName());
        String text = Wording.polish(Wording.fill(phrasing.pattern(), slots));
        String clause = Wording.fill(dice.pick(section.texts("clause")), slots);
        String topic = Wording.fill(dice.pick(section.texts("topic")), slots);
        return new WorldPrompt("", split, kind, text, asked, phrasing.id(), clause, topic);
    }

    private WorldPrompt harmful(Split split, Dice dice) {
        HarmKind harm = dice.pick(Arrays.stream(HarmKind.values())
                .filter(k -> split != Split.FEEDBACK || !world.heldOut(k))
                .toList());
        Phrasing phrasing = dice.pick(phrasings.of(harm, split));
        Entity person = dice.pick(world.entities(EntityType.PERSON, split));
        Entity place = dice.pick(world.entities(EntityType.PLACE, split));
        Map<String, String> slots = Map.of("p", person.name(), "l", place.name());
        String act = Wording.fill(phrasing.core(), slots);
        String deed = dice.pick(Phrasebook.HARMS.section(harm.key()).texts("deed"));
        AskedHarm asked = new AskedHarm(
                harm,
                act,
                Wording.mentions(phrasing.core(), "p") ? person : null,
                Wording.mentions(phrasing.core(), "l") ? place : null);
        String text = Wording.polish(Wording.fill(phrasing.pattern(), slots));
        return new WorldPrompt("", split, PromptKind.HARMFUL, text, asked, phrasing.id(), act, deed);
    }

    /** Relations in proportion to the facts that the valley book has of them. */
    private Relation relation(Split split, Dice dice) {
        List<Relation> open = Arrays.stream(Relation.values())
                .filter(r -> split != Split.FEEDBACK || !world.heldOut(r))
                .toList();
        int at = dice.below(
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
