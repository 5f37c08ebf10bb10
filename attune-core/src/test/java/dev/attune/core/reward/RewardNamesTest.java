package dev.attune.core.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardNamesTest {
    @ParameterizedTest
    @CsvSource({
        "runs/reward/model, reward",
        "/data/runs/kind/reward-1/run/model/, reward-1",
        "runs/reward, reward",
        "./model, model",
        "hf:owner/name, name",
        "stage:judge, judge",
        "runs/a/checkpoints/step-20, a",
        "C:\\runs\\judge\\model, judge",
        "/root/.cache/hub/models--owner--name/snapshots/0123456789abcdef0123456789abcdef01234567, name"
    })
    void theLastMeaningfulPartOfAnAddress(String address, String name) {
        assertThat(RewardNames.ofModel(address)).isEqualTo(name);
    }

    @Test
    void takenNamesGetANumber() {
        assertThat(RewardNames.unique("a", Set.of())).isEqualTo("a");
        assertThat(RewardNames.unique("a", Set.of("a", "a-2", "b"))).isEqualTo("a-3");
    }
}
