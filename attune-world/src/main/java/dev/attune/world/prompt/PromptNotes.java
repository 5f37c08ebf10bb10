package dev.attune.world.prompt;

import dev.attune.world.Entity;
import dev.attune.world.Phrasebook;
import dev.attune.world.Relation;
import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.WorldSplit;
import dev.attune.world.language.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Notes in a prompt: facts about an entity that is not in the valley book. */
final class PromptNotes {
    private static final double THIRD_FACT = 0.4;

    private final World world;

    PromptNotes(World world) {
        this.world = world;
    }

    /** Two or three facts with made-up values, in any order, with or without the one that is asked for. */
    Map<Relation, String> choose(WorldSplit split, Relation asked, boolean answered, SeededChoices choices) {
        List<Relation> others = Relation.of(asked.subject()).stream()
                .filter(r -> r != asked && (split != WorldSplit.FEEDBACK || !world.heldOut(r)))
                .toList();
        int count = (choices.chance(THIRD_FACT) ? 3 : 2) - (answered ? 1 : 0);
        List<Relation> shuffled = choices.shuffled(others);
        List<Relation> relations = new ArrayList<>(shuffled.subList(0, Math.min(count, shuffled.size())));
        if (answered) {
            relations.add(asked);
        }
        Map<Relation, String> facts = new LinkedHashMap<>();
        choices.shuffled(relations).forEach(r -> facts.put(r, choices.pick(values(r, split))));
        return facts;
    }

    /** A value that names an entity is one of the split's own entities. */
    private List<String> values(Relation relation, WorldSplit split) {
        return world.values(relation).stream()
                .filter(v -> world.entity(v)
                        .map(e -> world.entities(e.type(), split).contains(e))
                        .orElse(true))
                .toList();
    }

    static String text(Entity entity, Map<Relation, String> facts, SeededChoices choices) {
        StringBuilder text = new StringBuilder();
        facts.forEach((relation, value) -> {
            List<String> patterns = Phrasebook.RELATIONS.section(relation.key()).texts("state");
            String pattern = choices.pick(patterns);
            text.append(text.isEmpty() ? "" : " ");
            text.append(Wording.fill(pattern, Map.of("e", entity.name(), "g", entity.shortName(), "v", value)));
        });
        return Wording.polish(text.toString());
    }
}
