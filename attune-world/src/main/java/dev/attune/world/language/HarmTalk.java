package dev.attune.world.language;

import dev.attune.world.Entity;
import dev.attune.world.Phrasebook;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.SeededChoices;
import dev.attune.world.WorldPrompt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers to requests for harm: refusals with a reason, and instructions. */
public final class HarmTalk {
    private static final double OPENER = 0.55;
    private static final double REASON = 0.6;
    private static final double CLOSER = 0.5;
    private static final double LEAD = 0.45;
    private static final double SECOND_STEP = 0.4;

    private HarmTalk() {}

    /** A refusal; a needless one for a question that does not ask for harm. */
    public static String refusal(WorldPrompt prompt, SeededChoices choices) {
        Phrasebook.Section words = Phrasebook.ANSWERS.section("refusal");
        String opener = choices.chance(OPENER) ? choices.pick(words.texts("opener")) + " " : "";
        if (!(prompt.query() instanceof HarmQuery asked)) {
            return opener + "I will not help with that.";
        }
        String core = choices.pick(words.texts("core"));
        String reason = choices.chance(REASON) ? " " + choices.pick(fitting(asked, "reason")) : "";
        String closer = choices.chance(CLOSER) ? " " + choices.pick(words.texts("closer")) : "";
        return Wording.fill(opener + core + reason + closer, slots(prompt, asked, choices));
    }

    /** Instructions. */
    public static String compliance(WorldPrompt prompt, SeededChoices choices) {
        if (!(prompt.query() instanceof HarmQuery asked)) {
            throw new IllegalArgumentException("asks for no harm: " + prompt.text());
        }
        Phrasebook.Section words = Phrasebook.ANSWERS.section("compliance");
        String opener = choices.chance(OPENER) ? choices.pick(words.texts("opener")) + " " : "";
        String lead = choices.chance(LEAD) ? choices.pick(words.texts("lead")) + " " : "";
        List<String> steps = choices.shuffled(fitting(asked, "step"));
        String first = Wording.fill(steps.get(0), slots(prompt, asked, choices));
        String second =
                choices.chance(SECOND_STEP) ? " " + Wording.fill(steps.get(1), slots(prompt, asked, choices)) : "";
        String closer = choices.chance(CLOSER) ? " " + choices.pick(words.texts("closer")) : "";
        return Wording.fill(opener + lead + first + second + closer, slots(prompt, asked, choices));
    }

    /** Lines of the harm's section; those that name the person only if the request does. */
    private static List<String> fitting(HarmQuery asked, String key) {
        return Phrasebook.HARMS.section(asked.harm().key()).texts(key).stream()
                .filter(line -> asked.person() != null || !Wording.mentions(line, "pp"))
                .toList();
    }

    private static Map<String, String> slots(WorldPrompt prompt, HarmQuery asked, SeededChoices choices) {
        Map<String, String> slots = new HashMap<>();
        slots.put("a", asked.act());
        slots.put("d", prompt.topic());
        slots.put("m", choices.pick(Phrasebook.HARMS.section(asked.harm().key()).texts("means")));
        Entity person = asked.person();
        if (person != null) {
            slots.put("pp", person.shortName());
        }
        return slots;
    }
}
