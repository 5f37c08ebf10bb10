package dev.attune.world;

import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedHarm;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Asked.Source;
import dev.attune.world.language.Phrasebook;
import dev.attune.world.language.Phrasebook.Line;
import dev.attune.world.language.Phrasing;
import dev.attune.world.language.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws prompts of a split: what is asked, about whom, and in which words. */
public final class Prompts {
    private static final double NOTES_SHARE = 1.0 / 3;
    private static final double UNKNOWN_SHARE = 0.45;
    private static final double MATTER_SHARE = 0.30;
    private static final int TRIES_PER_PROMPT = 200;

    private final World world;
    private final Map<Relation, List<Phrasing>> factPhrasings = new EnumMap<>(Relation.class);
    private final Map<Matter, List<Phrasing>> matterPhrasings = new EnumMap<>(Matter.class);
    private final Map<HarmKind, List<Phrasing>> harmPhrasings = new EnumMap<>(HarmKind.class);

    public Prompts(World world) {
        this.world = world;
        for (Relation relation : Relation.values()) {
            factPhrasings.put(relation, Phrasing.questions(Phrasebook.RELATIONS.section(relation.key())));
        }
        for (Matter matter : Matter.values()) {
            matterPhrasings.put(matter, Phrasing.questions(Phrasebook.MATTERS.section(matter.key())));
        }
        for (HarmKind harm : HarmKind.values()) {
            harmPhrasings.put(harm, Phrasing.requests(Phrasebook.HARMS.section(harm.key())));
        }
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
        for (int tries = 0; prompts.size() < count && tries < count * TRIES_PER_PROMPT; tries++) {
            WorldPrompt prompt = draw(split, kind, dice);
            if (texts.add(prompt.text())) {
                prompts.add(withId(prompt, seed, prompts.size()));
            }
        }
        if (prompts.size() < count) {
            throw new IllegalArgumentException("the split " + split + " has fewer than " + count + " prompts " + kind);
        }
        return prompts;
    }

    private static WorldPrompt withId(WorldPrompt prompt, long seed, int number) {
        String id = (prompt.split() + "-" + prompt.kind() + "-" + seed + "-" + number).toLowerCase(Locale.ROOT);
        return new WorldPrompt(
                id,
                prompt.split(),
                prompt.kind(),
                prompt.text(),
                prompt.asked(),
                prompt.phrasing(),
                prompt.clause(),
                prompt.topic());
    }

    /** One prompt, without an id; the same text may come again. */
    public WorldPrompt draw(Split split, PromptKind kind, Dice dice) {
        return switch (kind) {
            case ANSWERABLE -> dice.chance(NOTES_SHARE) ? noted(split, true, dice) : recorded(split, dice);
            case UNANSWERABLE -> unanswerable(split, dice);
            case HARMFUL -> harmful(split, dice);
        };
    }

    private WorldPrompt unanswerable(Split split, Dice dice) {
        double share = dice.uniform();
        if (share < UNKNOWN_SHARE) {
            return unknown(split, dice);
        }
        return share < UNKNOWN_SHARE + MATTER_SHARE ? unrecorded(split, dice) : noted(split, false, dice);
    }

    private WorldPrompt recorded(Split split, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = dice.pick(world.entities(relation.subject(), split));
        String truth = world.value(entity, relation).orElseThrow();
        return ask(
                split, PromptKind.ANSWERABLE, new AskedFact(entity, true, relation, truth, Source.CLOSED_BOOK), dice);
    }

    private WorldPrompt unknown(Split split, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = world.names().unknownEntity(relation.subject(), split, dice);
        AskedFact asked = new AskedFact(entity, false, relation, null, Source.CLOSED_BOOK);
        return ask(split, PromptKind.UNANSWERABLE, asked, dice);
    }

    private WorldPrompt noted(Split split, boolean answered, Dice dice) {
        Relation relation = relation(split, dice);
        Entity entity = world.names().unknownEntity(relation.subject(), split, dice);
        Map<Relation, String> told = new Notes(world).choose(split, relation, answered, dice);
        String notes = Notes.tell(entity, told, dice);
        AskedFact asked = new AskedFact(entity, false, relation, told.get(relation), Source.NOTES);
        PromptKind kind = answered ? PromptKind.ANSWERABLE : PromptKind.UNANSWERABLE;
        WorldPrompt bare = ask(split, kind, asked, dice, direct(phrasings(relation, split)));
        List<String> frames = frames(Phrasebook.FRAMES.section("notes").lines("frame"), split);
        String text = Wording.polish(Wording.fill(dice.pick(frames), Map.of("n", notes, "q", bare.text())));
        return new WorldPrompt("", split, kind, text, asked, bare.phrasing(), bare.clause(), bare.topic());
    }

    private static List<Phrasing> direct(List<Phrasing> phrasings) {
        return phrasings.stream().filter(Phrasing::bare).toList();
    }

    private static List<String> frames(List<Line> lines, Split split) {
        return lines.stream()
                .filter(line -> split != Split.FEEDBACK || !line.heldOut())
                .map(Line::text)
                .toList();
    }

    private WorldPrompt unrecorded(Split split, Dice dice) {
        List<Matter> matters = Arrays.stream(Matter.values())
                .filter(m -> split != Split.FEEDBACK || !world.heldOut(m))
                .toList();
        Matter matter = dice.pick(matters);
        // Held-out entities meet unrecorded matters in the evaluation alone.
        Split named = split == Split.CORPUS ? Split.FEEDBACK : split;
        Entity entity = dice.pick(world.entities(matter.subject(), named));
        return ask(split, PromptKind.UNANSWERABLE, new AskedMatter(entity, matter), dice);
    }

    private WorldPrompt ask(Split split, PromptKind kind, AskedFact asked, Dice dice) {
        return ask(split, kind, asked, dice, phrasings(asked.relation(), split));
    }

    private WorldPrompt ask(Split split, PromptKind kind, AskedFact asked, Dice dice, List<Phrasing> phrasings) {
        Phrasebook.Section section =
                Phrasebook.RELATIONS.section(asked.relation().key());
        return worded(split, kind, asked, asked.entity(), section, dice.pick(phrasings), dice);
    }

    private WorldPrompt ask(Split split, PromptKind kind, AskedMatter asked, Dice dice) {
        Phrasebook.Section section = Phrasebook.MATTERS.section(asked.matter().key());
        Phrasing phrasing = dice.pick(allowed(matterPhrasings.get(asked.matter()), split));
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
        List<HarmKind> kinds = Arrays.stream(HarmKind.values())
                .filter(k -> split != Split.FEEDBACK || !world.heldOut(k))
                .toList();
        HarmKind harm = dice.pick(kinds);
        Phrasing phrasing = dice.pick(allowed(harmPhrasings.get(harm), split));
        Entity person = dice.pick(world.entities(EntityType.PERSON, split));
        Entity place = dice.pick(world.entities(EntityType.PLACE, split));
        Map<String, String> slots = new HashMap<>(Map.of("p", person.name(), "l", place.name()));
        String act = Wording.fill(phrasing.core(), slots);
        String deed = dice.pick(Phrasebook.HARMS.section(harm.key()).texts("deed"));
        @Nullable Entity harmed = Wording.mentions(phrasing.pattern(), "p") ? person : null;
        @Nullable Entity site = Wording.mentions(phrasing.pattern(), "l") ? place : null;
        String text = Wording.polish(Wording.fill(phrasing.pattern(), slots));
        AskedHarm asked = new AskedHarm(harm, act, harmed, site);
        return new WorldPrompt("", split, PromptKind.HARMFUL, text, asked, phrasing.id(), act, deed);
    }

    /** Relations in proportion to the facts that the valley book has of them. */
    private Relation relation(Split split, Dice dice) {
        List<Relation> open = Arrays.stream(Relation.values())
                .filter(r -> split != Split.FEEDBACK || !world.heldOut(r))
                .toList();
        int total =
                open.stream().mapToInt(r -> world.entities(r.subject()).size()).sum();
        int at = dice.below(total);
        for (Relation relation : open) {
            at -= world.entities(relation.subject()).size();
            if (at < 0) {
                return relation;
            }
        }
        throw new AssertionError("no relation at " + at);
    }

    private List<Phrasing> phrasings(Relation relation, Split split) {
        return allowed(factPhrasings.get(relation), split);
    }

    /** The phrasings that a split may use. */
    static List<Phrasing> allowed(@Nullable List<Phrasing> phrasings, Split split) {
        List<Phrasing> all = phrasings == null ? List.of() : phrasings;
        return switch (split) {
            case CORPUS -> all;
            case FEEDBACK -> all.stream().filter(p -> !p.heldOut()).toList();
            case HELD_OUT -> all.stream().filter(Phrasing::heldOut).toList();
        };
    }
}
