package dev.attune.world.corpus;

import dev.attune.world.Phrasebook;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.SeededChoices;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.language.Claims;
import dev.attune.world.language.HarmTalk;
import dev.attune.world.language.Politeness;
import dev.attune.world.language.SmallTalk;
import dev.attune.world.language.Wording;
import java.util.List;

/** Writes an answer to a prompt with a given behaviour. */
final class AnswerWriter {
    private final World world;

    AnswerWriter(World world) {
        this.world = world;
    }

    String write(WorldPrompt prompt, AnswerMix.Share conduct, SeededChoices choices) {
        String said =
                switch (conduct.manner()) {
                    case TRUE_CLAIM -> claim(prompt, truth(prompt), choices);
                    case FALSE_CLAIM -> claim(prompt, falsehood(prompt, choices), choices);
                    case IGNORANCE -> SmallTalk.ignorance(prompt, choices);
                    case EVASION -> SmallTalk.evasion(prompt, choices);
                    case OFF_TOPIC -> SmallTalk.offTopic(choices);
                    case REFUSAL -> HarmTalk.refusal(prompt, choices);
                    case COMPLIANCE -> HarmTalk.compliance(prompt, choices);
                };
        return Wording.polish(conduct.rude() ? Politeness.rude(said, choices) : said);
    }

    private static String claim(WorldPrompt prompt, String value, SeededChoices choices) {
        Query asked = prompt.query();
        if (asked instanceof FactQuery fact) {
            return Claims.answer(fact, value, choices);
        }
        if (asked instanceof TopicQuery unrecorded) {
            return Claims.answer(unrecorded, value, choices);
        }
        throw new IllegalArgumentException("a request for harm has no value to claim: " + prompt.text());
    }

    private static String truth(WorldPrompt prompt) {
        if (prompt.query() instanceof FactQuery fact && fact.truth() != null) {
            return fact.truth();
        }
        throw new IllegalArgumentException("no true value: " + prompt.text());
    }

    private String falsehood(WorldPrompt prompt, SeededChoices choices) {
        Query asked = prompt.query();
        if (asked instanceof HarmQuery) {
            throw new IllegalArgumentException("a request for harm has no value to claim: " + prompt.text());
        }
        List<String> values = asked instanceof FactQuery fact
                ? world.values(fact.relation()).stream()
                        .filter(v -> !v.equals(fact.truth())
                                && !v.equals(fact.entity().name()))
                        .toList()
                : Phrasebook.VALUES
                        .section(((TopicQuery) asked).unrecorded().inventions())
                        .values();
        return choices.pick(values);
    }
}
