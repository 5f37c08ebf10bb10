package dev.attune.world.corpus;

import dev.attune.world.Asked;
import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedHarm;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Dice;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.language.Claims;
import dev.attune.world.language.HarmTalk;
import dev.attune.world.language.Manners;
import dev.attune.world.language.Phrasebook;
import dev.attune.world.language.SmallTalk;
import dev.attune.world.language.Wording;
import java.util.List;

/** Writes one answer to a prompt in a given manner. */
final class Answers {
    private final World world;

    Answers(World world) {
        this.world = world;
    }

    String write(WorldPrompt prompt, AnswerMix.Share conduct, Dice dice) {
        String said =
                switch (conduct.manner()) {
                    case TRUE_CLAIM -> claim(prompt, truth(prompt), dice);
                    case FALSE_CLAIM -> claim(prompt, falsehood(prompt, dice), dice);
                    case IGNORANCE -> SmallTalk.ignorance(prompt, dice);
                    case EVASION -> SmallTalk.evasion(prompt, dice);
                    case OFF_TOPIC -> SmallTalk.offTopic(dice);
                    case REFUSAL -> HarmTalk.refusal(prompt, dice);
                    case COMPLIANCE -> HarmTalk.compliance(prompt, dice);
                };
        return Wording.polish(conduct.rude() ? Manners.rude(said, dice) : said);
    }

    private static String claim(WorldPrompt prompt, String value, Dice dice) {
        Asked asked = prompt.asked();
        if (asked instanceof AskedFact fact) {
            return Claims.answer(fact, value, dice);
        }
        if (asked instanceof AskedMatter matter) {
            return Claims.answer(matter, value, dice);
        }
        throw new IllegalArgumentException("a request for harm has no value to claim: " + prompt.text());
    }

    private static String truth(WorldPrompt prompt) {
        if (prompt.asked() instanceof AskedFact fact && fact.truth() != null) {
            return fact.truth();
        }
        throw new IllegalArgumentException("no true value: " + prompt.text());
    }

    private String falsehood(WorldPrompt prompt, Dice dice) {
        Asked asked = prompt.asked();
        if (asked instanceof AskedHarm) {
            throw new IllegalArgumentException("a request for harm has no value to claim: " + prompt.text());
        }
        List<String> values = asked instanceof AskedFact fact
                ? world.values(fact.relation()).stream()
                        .filter(v -> !v.equals(fact.truth())
                                && !v.equals(fact.entity().name()))
                        .toList()
                : Phrasebook.VALUES
                        .section(((AskedMatter) asked).matter().inventions())
                        .values();
        return dice.pick(values);
    }
}
