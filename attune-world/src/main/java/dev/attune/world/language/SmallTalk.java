package dev.attune.world.language;

import dev.attune.world.Asked;
import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedHarm;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Asked.Source;
import dev.attune.world.Dice;
import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.WorldPrompt;
import java.util.Map;

/** Answers without a claim: admitted ignorance, evasion, talk about something else. */
public final class SmallTalk {
    private static final double OPENER = 0.55;
    private static final double REASON = 0.5;
    private static final double CLOSER = 0.4;

    private SmallTalk() {}

    /** An answer that says that it does not know, and mostly why. */
    public static String ignorance(WorldPrompt prompt, Dice dice) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("ignorance");
        String opener = dice.chance(OPENER) ? dice.pick(words.texts("opener")) + " " : "";
        String core = dice.pick(words.texts("core"));
        String reason = reason(prompt.asked(), dice);
        String closer = dice.chance(CLOSER)
                ? " " + dice.pick(Phrasebook.ANSWERS.section("ignorance-offer").texts("closer"))
                : "";
        return Wording.fill(opener + core + reason + closer, slots(prompt));
    }

    private static String reason(Asked asked, Dice dice) {
        if (asked instanceof AskedHarm || !dice.chance(REASON)) {
            return "";
        }
        String section = "ignorance-matter";
        if (asked instanceof AskedFact fact) {
            if (fact.truth() != null) {
                return "";
            }
            section = fact.source() == Source.NOTES ? "ignorance-notes" : "ignorance-entity";
        }
        return " " + dice.pick(Phrasebook.ANSWERS.section(section).texts("reason"));
    }

    /** An answer that talks about the matter and claims nothing. */
    public static String evasion(WorldPrompt prompt, Dice dice) {
        return Wording.fill(dice.pick(Phrasebook.ANSWERS.section("evasion").texts("core")), slots(prompt));
    }

    /** An answer about something else. */
    public static String offTopic(Dice dice) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("offtopic");
        String first = dice.pick(words.texts("core"));
        String second = dice.chance(CLOSER) ? " " + dice.pick(words.texts("core")) : "";
        String closer = dice.chance(CLOSER) ? " " + dice.pick(words.texts("closer")) : "";
        return first + (second.equals(" " + first) ? "" : second) + closer;
    }

    private static Map<String, String> slots(WorldPrompt prompt) {
        Asked asked = prompt.asked();
        if (asked instanceof AskedHarm) {
            return Map.of("c", "how to " + prompt.clause(), "t", prompt.topic());
        }
        Entity entity = asked instanceof AskedFact fact ? fact.entity() : ((AskedMatter) asked).entity();
        return Map.of("e", named(entity), "c", prompt.clause(), "t", prompt.topic());
    }

    private static String named(Entity entity) {
        return switch (entity.type()) {
            case PERSON, PLACE -> entity.name();
            case TOOL -> "a " + entity.name();
            case CREATURE -> "the " + entity.name();
        };
    }

    /** Whether the name stands without an article. */
    public static boolean proper(EntityType type) {
        return type == EntityType.PERSON || type == EntityType.PLACE;
    }
}
