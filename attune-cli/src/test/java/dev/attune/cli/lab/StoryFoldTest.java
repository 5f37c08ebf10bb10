package dev.attune.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryFoldTest {
    private static final List<String> NAMES = List.of("Ann", "Ben", "Cid", "Dot");
    private static final List<String> BEGINNINGS = List.of("ate.", "had a cat.", "sat.", "was in the garden.");

    private static List<String> prompts() {
        List<String> prompts = new ArrayList<>();
        for (String name : NAMES) {
            for (String beginning : BEGINNINGS) {
                prompts.add(name + " " + beginning);
            }
        }
        return prompts;
    }

    @Test
    void measuresWhatHoldsNeitherATrainedNameNorATrainedBeginning() {
        StoryFold second = StoryFold.of(prompts(), 1);
        assertThat(second.unseen(prompts()))
                .containsExactly("Cid sat.", "Cid was in the garden.", "Dot sat.", "Dot was in the garden.");
        assertThat(prompts().stream().filter(second::mayTrain))
                .containsExactly("Ann ate.", "Ann had a cat.", "Ben ate.", "Ben had a cat.");
    }

    @Test
    void beginsAnewWhenAllHaveHadTheirTurn() {
        assertThat(StoryFold.of(prompts(), 2)).isEqualTo(StoryFold.of(prompts(), 0));
    }
}
