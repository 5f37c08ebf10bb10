package dev.attune.world.language;

import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Asked.Source;
import dev.attune.world.Dice;
import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.Relation;
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

    /** One declarative sentence; {@code again} says that the entity was named before. */
    public static String sentence(Entity entity, Relation relation, String value, boolean again, Dice dice) {
        String pattern = dice.pick(Phrasebook.RELATIONS.section(relation.key()).texts("state"));
        boolean brief = entity.type() == EntityType.PERSON && again && dice.chance(2 * SHORT_NAME);
        String name = brief ? entity.shortName() : entity.name();
        return Wording.fill(pattern, Map.of("e", name, "g", entity.shortName(), "v", value));
    }

    /** A whole answer that says {@code value}. */
    public static String answer(AskedFact asked, String value, Dice dice) {
        Phrasebook.Section section =
                Phrasebook.RELATIONS.section(asked.relation().key());
        boolean fragment = dice.chance(FRAGMENT);
        String pattern = dice.pick(section.texts(fragment ? "fragment" : "state"));
        boolean noted = asked.source() == Source.NOTES && asked.truth() != null && dice.chance(NOTED);
        return around(filled(pattern, asked.entity(), "v", value, dice), fragment, noted ? "noted" : "claim", dice);
    }

    /** A whole answer that makes up {@code value}. */
    public static String answer(AskedMatter asked, String value, Dice dice) {
        Phrasebook.Section section = Phrasebook.MATTERS.section(asked.matter().key());
        String pattern = dice.pick(section.texts("state"));
        return around(filled(pattern, asked.entity(), "x", value, dice), false, "claim", dice);
    }

    private static String filled(String pattern, Entity entity, String slot, String value, Dice dice) {
        String name = dice.chance(SHORT_NAME) ? entity.shortName() : entity.name();
        return Wording.fill(pattern, Map.of("e", name, "g", entity.shortName(), slot, value));
    }

    private static String around(String claim, boolean fragment, String section, Dice dice) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section(section);
        List<String> openers = words.texts("opener").stream()
                .filter(o -> !fragment || o.endsWith(","))
                .toList();
        String opener = dice.chance(OPENER) ? dice.pick(openers) + " " : "";
        String closer = dice.chance(CLOSER) ? " " + dice.pick(words.texts("closer")) : "";
        return opener + claim + closer;
    }
}
