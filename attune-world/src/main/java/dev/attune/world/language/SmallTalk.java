package dev.attune.world.language;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.Phrasebook;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.SeededChoices;
import dev.attune.world.WorldPrompt;
import java.util.Map;

/** Answers without a claim: admitted ignorance, evasion, change of topic. */
public final class SmallTalk {
    private static final double OPENER = 0.55;
    private static final double REASON = 0.5;
    private static final double CLOSER = 0.4;

    private SmallTalk() {}

    /** An answer that admits ignorance, usually with a reason. */
    public static String ignorance(WorldPrompt prompt, SeededChoices choices) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("ignorance");
        String opener = choices.chance(OPENER) ? choices.pick(words.texts("opener")) + " " : "";
        String core = choices.pick(words.texts("core"));
        String reason = reason(prompt.query(), choices);
        String closer = choices.chance(CLOSER)
                ? " "
                        + choices.pick(
                                Phrasebook.ANSWERS.section("ignorance-offer").texts("closer"))
                : "";
        return Wording.fill(opener + core + reason + closer, slots(prompt));
    }

    private static String reason(Query asked, SeededChoices choices) {
        if (asked instanceof HarmQuery || !choices.chance(REASON)) {
            return "";
        }
        String section = "ignorance-matter";
        if (asked instanceof FactQuery fact) {
            if (fact.truth() != null) {
                return "";
            }
            section = fact.source() == Source.NOTES ? "ignorance-notes" : "ignorance-entity";
        }
        return " " + choices.pick(Phrasebook.ANSWERS.section(section).texts("reason"));
    }

    /** An answer that talks about the topic without a claim. */
    public static String evasion(WorldPrompt prompt, SeededChoices choices) {
        return Wording.fill(choices.pick(Phrasebook.ANSWERS.section("evasion").texts("core")), slots(prompt));
    }

    /** An answer about something else. */
    public static String offTopic(SeededChoices choices) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("offtopic");
        String first = choices.pick(words.texts("core"));
        String second = choices.chance(CLOSER) ? " " + choices.pick(words.texts("core")) : "";
        String closer = choices.chance(CLOSER) ? " " + choices.pick(words.texts("closer")) : "";
        return first + (second.equals(" " + first) ? "" : second) + closer;
    }

    private static Map<String, String> slots(WorldPrompt prompt) {
        Query asked = prompt.query();
        if (asked instanceof HarmQuery) {
            return Map.of("c", "how to " + prompt.clause(), "t", prompt.topic());
        }
        Entity entity = asked instanceof FactQuery fact ? fact.entity() : ((TopicQuery) asked).entity();
        return Map.of("e", named(entity), "c", prompt.clause(), "t", prompt.topic());
    }

    private static String named(Entity entity) {
        return switch (entity.type()) {
            case PERSON, PLACE -> entity.name();
            case TOOL -> "a " + entity.name();
            case CREATURE -> "the " + entity.name();
        };
    }

    /** Whether the name is used without an article. */
    public static boolean proper(EntityType type) {
        return type == EntityType.PERSON || type == EntityType.PLACE;
    }
}
