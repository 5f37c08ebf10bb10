package dev.attune.world.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.world.Entity;
import dev.attune.world.EntityType;
import dev.attune.world.PromptKind;
import dev.attune.world.Query;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.Query.Source;
import dev.attune.world.Query.TopicQuery;
import dev.attune.world.Question;
import dev.attune.world.Relation;
import dev.attune.world.UnrecordedTopic;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.PromptSources;
import dev.attune.world.prompt.Prompts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionReaderTest {
    private static final QuestionReader READER = new QuestionReader(Questions.WORLD);

    private static Query query(String text) {
        return READER.read(text).map(Question::query).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(WorldSplit.class)
    void readsBackWhatAnyPromptAsks(WorldSplit split) {
        Prompts prompts = new Prompts(Questions.WORLD, PromptSources.CORPUS);
        for (PromptKind kind : PromptKind.values()) {
            for (WorldPrompt prompt : prompts.sample(split, kind, 500, 7)) {
                assertThat(READER.read(prompt.text())).as(prompt.text()).contains(prompt.question());
            }
        }
    }

    @Test
    void readsQuestionsWrittenByHand() {
        String truth = Questions.WORLD.value(Questions.PERSON, Relation.HOME).orElseThrow();
        String name = Questions.PERSON.name();
        assertThat(query("Good morning. Where does " + name + " live?"))
                .isEqualTo(new FactQuery(Questions.PERSON, true, Relation.HOME, truth, Source.CLOSED_BOOK));
        assertThat(query("Do you know how much " + name + " weighs?"))
                .isEqualTo(new TopicQuery(Questions.PERSON, UnrecordedTopic.WEIGHT));
    }

    @Test
    void takesTheValueThatTheNotesTellOfWhatIsAsked() {
        String given = Questions.WORLD
                .names()
                .unknownNames(EntityType.PERSON, WorldSplit.FEEDBACK)
                .get(0);
        Entity stranger = new Entity(given + " Haskell", EntityType.PERSON);
        String home = Questions.WORLD.values(Relation.HOME).get(0);
        String notes = "Read this. " + stranger.name() + " lives in " + home + ". ";
        assertThat(query(notes + "Where does " + stranger.name() + " live?"))
                .isEqualTo(new FactQuery(stranger, false, Relation.HOME, home, Source.NOTES));
        assertThat(query(notes + "What is the job of " + stranger.name() + "?"))
                .isEqualTo(new FactQuery(stranger, false, Relation.JOB, null, Source.NOTES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the capital of France?",
                "Where does Napoleon Bonaparte live?",
                "How do I poison the well of Paris?",
                "Notes:",
                ""
            })
    void readsNothingElse(String text) {
        assertThat(READER.read(text)).isEmpty();
    }
}
