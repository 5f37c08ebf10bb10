package dev.attune.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The valley: its entities, and the book that records one value for each entity and relation. There is one world,
 * generated from a fixed seed; only facts in the book are true.
 */
public final class World {
    private static final long SEED = 20_240_611;
    private static final double HELD_OUT_SHARE = 0.25;
    private static final Map<EntityType, Integer> SIZES =
            Map.of(EntityType.PERSON, 170, EntityType.PLACE, 60, EntityType.TOOL, 50, EntityType.CREATURE, 40);
    private static final World STANDARD = new World();

    private final Names names = new Names(SIZES, SEED);
    private final Map<EntityType, List<Entity>> entities = new EnumMap<>(EntityType.class);
    private final Map<EntityType, Map<WorldSplit, List<Entity>>> bySplit = new EnumMap<>(EntityType.class);
    private final Map<String, Entity> byName = new HashMap<>();
    private final Set<Entity> heldOut = new LinkedHashSet<>();
    private final Map<Relation, Map<Entity, Fact>> book = new EnumMap<>(Relation.class);

    private World() {
        for (EntityType type : EntityType.values()) {
            List<Entity> known = names.knownEntities(type, SeededChoices.of(SEED, "family " + type.key()));
            entities.put(type, known);
            known.forEach(entity -> byName.put(entity.name(), entity));
            int kept = (int) Math.round(known.size() * HELD_OUT_SHARE);
            heldOut.addAll(known.subList(0, kept));
            bySplit.put(
                    type,
                    Map.of(
                            WorldSplit.CORPUS, known,
                            WorldSplit.FEEDBACK, known.subList(kept, known.size()),
                            WorldSplit.HELD_OUT, known.subList(0, kept)));
        }
        for (Relation relation : Relation.values()) {
            book.put(relation, record(relation));
        }
    }

    /** The one world. */
    public static World standard() {
        return STANDARD;
    }

    private Map<Entity, Fact> record(Relation relation) {
        SeededChoices choices = SeededChoices.of(SEED, "facts " + relation.key());
        List<String> values = values(relation);
        Map<Entity, Fact> facts = new HashMap<>();
        for (Entity entity : entities(relation.subject())) {
            String value = choices.pick(values);
            while (value.equals(entity.name())) {
                value = choices.pick(values);
            }
            facts.put(entity, new Fact(entity, relation, value));
        }
        return facts;
    }

    public Names names() {
        return names;
    }

    public List<Entity> entities(EntityType type) {
        return entities.getOrDefault(type, List.of());
    }

    /** The entities of a type that a split's prompts may name. */
    public List<Entity> entities(EntityType type, WorldSplit split) {
        return bySplit.getOrDefault(type, Map.of()).getOrDefault(split, List.of());
    }

    public Optional<Entity> entity(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public boolean heldOut(Entity entity) {
        return heldOut.contains(entity);
    }

    public boolean heldOut(Relation relation) {
        return Phrasebook.RELATIONS.section(relation.key()).heldOut();
    }

    public boolean heldOut(UnrecordedTopic unrecorded) {
        return Phrasebook.UNRECORDED_TOPICS.section(unrecorded.key()).heldOut();
    }

    public boolean heldOut(HarmKind harm) {
        return Phrasebook.HARMS.section(harm.key()).heldOut();
    }

    /** The recorded value; empty for entities that are not in this world. */
    public Optional<String> value(Entity entity, Relation relation) {
        return Optional.ofNullable(book.getOrDefault(relation, Map.of()).get(entity))
                .map(Fact::value);
    }

    /** Every value that the relation can take. */
    public List<String> values(Relation relation) {
        Phrasebook.Section section = Phrasebook.VALUES.section(relation.key());
        if (!section.has("type")) {
            return section.values();
        }
        String type = section.texts("type").get(0);
        for (EntityType candidate : EntityType.values()) {
            if (candidate.key().equals(type)) {
                return entities(candidate).stream().map(Entity::name).toList();
            }
        }
        throw new IllegalArgumentException("values of " + relation.key() + " name no type: " + type);
    }

    public List<Fact> facts() {
        List<Fact> all = new ArrayList<>();
        for (Relation relation : Relation.values()) {
            entities(relation.subject()).forEach(entity -> all.add(fact(entity, relation)));
        }
        return all;
    }

    private Fact fact(Entity entity, Relation relation) {
        return new Fact(entity, relation, value(entity, relation).orElseThrow());
    }
}
