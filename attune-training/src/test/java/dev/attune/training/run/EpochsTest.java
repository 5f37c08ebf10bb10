package dev.attune.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.training.recipe.DataOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochsTest {
    @Test
    void everyEpochHoldsEachItemOnceInAnotherOrder() {
        Epochs epochs = new Epochs(20, DataOrder.SHUFFLED, 7, "data");
        List<Integer> first = epochs.take(0, 20);
        List<Integer> second = epochs.take(20, 20);
        assertThat(new HashSet<>(first)).hasSize(20);
        assertThat(new HashSet<>(second)).hasSize(20);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void anyCutOfTheStreamIsTheSameStream() {
        Epochs epochs = new Epochs(5, DataOrder.SHUFFLED, 1, "data");
        List<Integer> whole = epochs.take(0, 17);
        List<Integer> parts = new ArrayList<>(epochs.take(0, 3));
        parts.addAll(epochs.take(3, 9));
        parts.addAll(epochs.take(12, 5));
        assertThat(parts).isEqualTo(whole);
    }

    @Test
    void sequentialEpochsRepeatTheOrderOfTheFile() {
        Epochs epochs = new Epochs(5, DataOrder.SEQUENTIAL, 1, "data");
        assertThat(epochs.take(0, 7)).containsExactly(0, 1, 2, 3, 4, 0, 1);
        assertThat(epochs.take(8, 3)).containsExactly(3, 4, 0);
    }
}
