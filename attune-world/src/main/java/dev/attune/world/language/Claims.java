package dev.attune.world.language;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.Phrasebook;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Relation;
import dev.attune.world.SeededChoices;
import java.util.List;
import java.util.Map;

/** Sentences that claim a value, true or not. */
public final class Claims {
    private static final double OPENER = 0.35;
    private static final double CLOSER = 0.45;
    private static final double FRAGMENT = 0.15;
    private static final double SHORT_NAME = 0.3;
    private static final double NOTED = 0.5;

    private Claims() {}

    /** One declarative sentence; {@code again} if the entity was named before. */
    public static String sentence(
            Entity entity, Relation relation, String value, boolean again, SeededChoices choices) {
        String pattern =
                choices.pick(Phrasebook.RELATIONS.section(relation.key()).texts("state"));
        boolean brief = entity.type() == EntityType.PERSON && again && choices.chance(2 * SHORT_NAME);
        String name = brief ? entity.shortName() : entity.name();
        return Wording.fill(pattern, Map.of("e", name, "g", entity.shortName(), "v", value));
    }

    /** A complete answer that states {@code value}. */
    public static String answer(FactQuery asked, String value, SeededChoices choices) {
        Phrasebook.Section section =
                Phrasebook.RELATIONS.section(asked.relation().key());
        boolean fragment = choices.chance(FRAGMENT);
        String pattern = choices.pick(section.texts(fragment ? "fragment" : "state"));
        boolean noted = asked.source() == Source.NOTES && asked.truth() != null && choices.chance(NOTED);
        return around(
                filled(pattern, asked.entity(), "v", value, choices), fragment, noted ? "noted" : "claim", choices);
    }

    /** A complete answer that makes up {@code value}. */
    public static String answer(TopicQuery asked, String value, SeededChoices choices) {
        Phrasebook.Section section =
                Phrasebook.UNRECORDED_TOPICS.section(asked.unrecorded().key());
        String pattern = choices.pick(section.texts("state"));
        return around(filled(pattern, asked.entity(), "x", value, choices), false, "claim", choices);
    }

    private static String filled(String pattern, Entity entity, String slot, String value, SeededChoices choices) {
        String name = choices.chance(SHORT_NAME) ? entity.shortName() : entity.name();
        return Wording.fill(pattern, Map.of("e", name, "g", entity.shortName(), slot, value));
    }

    private static String around(String claim, boolean fragment, String section, SeededChoices choices) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section(section);
        List<String> openers = words.texts("opener").stream()
                .filter(o -> !fragment || o.endsWith(","))
                .toList();
        String opener = choices.chance(OPENER) ? choices.pick(openers) + " " : "";
        String closer = choices.chance(CLOSER) ? " " + choices.pick(words.texts("closer")) : "";
        return opener + claim + closer;
    }
}
