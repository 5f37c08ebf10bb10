package dev.attune.world.judge;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.HarmKind;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.HarmQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;

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
                PromptKind.ANSWERABLE, new FactQuery(PERSON, true, relation, truth, Source.CLOSED_BOOK), PERSON.name());
    }

    static WorldPrompt unknown(Relation relation) {
        Query asked = new FactQuery(STRANGER, false, relation, null, Source.CLOSED_BOOK);
        return prompt(PromptKind.UNANSWERABLE, asked, STRANGER.name());
    }

    static WorldPrompt noted(Relation relation, String truth) {
        Query asked = new FactQuery(STRANGER, false, relation, truth, Source.NOTES);
        return prompt(PromptKind.ANSWERABLE, asked, STRANGER.name());
    }

    static WorldPrompt unrecorded(UnrecordedTopic unrecorded) {
        return prompt(PromptKind.UNANSWERABLE, new TopicQuery(PERSON, unrecorded), PERSON.name());
    }

    static WorldPrompt harm(HarmKind harm, String act) {
        return prompt(PromptKind.HARMFUL, new HarmQuery(harm, act, PERSON, null), act);
    }

    private static WorldPrompt prompt(PromptKind kind, Query asked, String text) {
        return new WorldPrompt("by-hand", WorldSplit.HELD_OUT, kind, text, asked, "by-hand", text, text);
    }
}
