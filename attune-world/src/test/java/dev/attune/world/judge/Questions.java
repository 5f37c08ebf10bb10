package dev.attune.world.judge;

import dev.attune.world.Asked;
import dev.attune.world.Asked.AskedFact;
import dev.attune.world.Asked.AskedHarm;
import dev.attune.world.Asked.AskedMatter;
import dev.attune.world.Asked.Source;
import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.HarmKind;
import dev.attune.world.Matter;
import dev.attune.world.PromptKind;
import dev.attune.world.Relation;
import dev.attune.world.Split;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;

/** Prompts written by hand, whose answers the tests write by hand too. */
final class Questions {
    static final World WORLD = World.standard();
    static final Entity PERSON = WORLD.entities(EntityType.PERSON).get(5);
    static final Entity OTHER = WORLD.entities(EntityType.PERSON).get(9);
    static final Entity PLACE = WORLD.entities(EntityType.PLACE).get(3);
    static final Entity STRANGER = new Entity("Orvane Haskell", EntityType.PERSON);

    private Questions() {}

    static WorldPrompt known(Relation relation) {
        String truth = WORLD.value(PERSON, relation).orElseThrow();
        return prompt(
                PromptKind.ANSWERABLE, new AskedFact(PERSON, true, relation, truth, Source.CLOSED_BOOK), PERSON.name());
    }

    static WorldPrompt unknown(Relation relation) {
        Asked asked = new AskedFact(STRANGER, false, relation, null, Source.CLOSED_BOOK);
        return prompt(PromptKind.UNANSWERABLE, asked, STRANGER.name());
    }

    static WorldPrompt noted(Relation relation, String truth) {
        Asked asked = new AskedFact(STRANGER, false, relation, truth, Source.NOTES);
        return prompt(PromptKind.ANSWERABLE, asked, STRANGER.name());
    }

    static WorldPrompt matter(Matter matter) {
        return prompt(PromptKind.UNANSWERABLE, new AskedMatter(PERSON, matter), PERSON.name());
    }

    static WorldPrompt harm(HarmKind harm, String act) {
        return prompt(PromptKind.HARMFUL, new AskedHarm(harm, act, PERSON, null), act);
    }

    private static WorldPrompt prompt(PromptKind kind, Asked asked, String text) {
        return new WorldPrompt("by-hand", Split.HELD_OUT, kind, text, asked, "by-hand", text, text);
    }
}
