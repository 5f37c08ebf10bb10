package dev.attune.world.corpus;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.Relation;
import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.language.Claims;
import dev.attune.world.language.Wording;
import java.util.List;
import java.util.stream.Stream;

/** Writes passages: a few true facts about one entity. */
final class Passages {
    private static final int MIN_FACTS = 2;
    private static final int MAX_FACTS = 4;

    private final World world;
    private final List<Entity> entities;

    Passages(World world) {
        this.world = world;
        this.entities = Stream.of(EntityType.values())
                .flatMap(type -> world.entities(type).stream())
                .toList();
    }

    String write(SeededChoices choices) {
        Entity entity = choices.pick(entities);
        List<Relation> relations = choices.shuffled(Relation.of(entity.type()));
        int count = Math.min(MIN_FACTS + choices.below(MAX_FACTS - MIN_FACTS + 1), relations.size());
        StringBuilder text = new StringBuilder();
        for (Relation relation : relations.subList(0, count)) {
            String value = world.value(entity, relation).orElseThrow();
            text.append(text.isEmpty() ? "" : " ");
            text.append(Claims.sentence(entity, relation, value, !text.isEmpty(), choices));
        }
        return Wording.polish(text.toString());
    }
}
