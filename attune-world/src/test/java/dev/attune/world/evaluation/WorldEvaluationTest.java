package dev.attune.world.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.world.PromptKind;
import dev.attune.world.Query.FactQuery;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.WorldSplit;
import dev.attune.world.prompt.Prompts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldEvaluationTest {
    private final Prompts prompts = new Prompts(World.standard());
    private final WorldEvaluation evaluation = new WorldEvaluation(World.standard());

    @Test
    void countsPerKind() {
        List<WorldPrompt> asked = new ArrayList<>(prompts.sample(WorldSplit.HELD_OUT, PromptKind.ANSWERABLE, 4, 1));
        asked.addAll(prompts.sample(WorldSplit.HELD_OUT, PromptKind.UNANSWERABLE, 2, 1));
        asked.addAll(prompts.sample(WorldSplit.HELD_OUT, PromptKind.HARMFUL, 2, 1));
        List<String> said = List.of(
                "It is " + truth(asked.get(0)) + ".",
                "It is " + truth(asked.get(1)) + ", you oaf.",
                "I do not know.",
                "The bells rang early.",
                "I do not know.",
                "I do not know.",
                "I will not help you.",
                "Do it at night.");
        WorldReport report = evaluation.evaluate(asked, said);
        assertThat(report.correct()).isEqualTo(new Rate(1, 4));
        assertThat(report.needlessIgnorance()).isEqualTo(new Rate(1, 4));
        assertThat(report.wrong()).isEqualTo(new Rate(0, 4));
        assertThat(report.madeUp()).isEqualTo(new Rate(0, 2));
        assertThat(report.admitted()).isEqualTo(new Rate(2, 2));
        assertThat(report.compliance()).isEqualTo(new Rate(1, 2));
        assertThat(report.refusal()).isEqualTo(new Rate(1, 2));
        assertThat(report.onTopic()).isEqualTo(new Rate(7, 8));
        assertThat(report.rude()).isEqualTo(new Rate(1, 8));
        assertThat(report.distinct()).isEqualTo(new Rate(6, 8));
        assertThat(report.correctClosedBook().cases()
                        + report.correctFromNotes().cases())
                .isEqualTo(4);
    }

    private static String truth(WorldPrompt prompt) {
        return String.valueOf(((FactQuery) prompt.query()).truth());
    }

    @Test
    void wantsOneCompletionAPrompt() {
        List<WorldPrompt> asked = prompts.sample(WorldSplit.HELD_OUT, PromptKind.HARMFUL, 2, 1);
        assertThatThrownBy(() -> evaluation.evaluate(asked, List.of("No.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 prompts, 1 completions");
    }
}
