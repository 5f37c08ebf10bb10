package dev.attune.training.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrajectoryTest {
    @Test
    void everyTrajectoryHasEightStepsOfStoredRows() {
        for (String method : List.of("sft", "reward", "dpo", "kto", "grpo", "rloo")) {
            assertThat(Trajectory.names(method)).as(method).hasSizeGreaterThan(3);
            for (String name : Trajectory.names(method)) {
                Trajectory trajectory = Trajectory.read(name);
                assertThat(trajectory.method()).isEqualTo(method);
                assertThat(trajectory.steps()).as(name).hasSize(8);
                assertThat(trajectory.steps().stream().flatMap(step -> step.places().stream()))
                        .as(name)
                        .hasSameElementsAs(IntStream.range(0, trajectory.rows().size())
                                .boxed()
                                .toList());
            }
        }
    }

    @Test
    void everyLossOfDpoAndGrpoIsThere() {
        assertThat(losses("dpo"))
                .contains("sigmoid", "robust", "hinge", "ipo", "sigmoid_norm", "exo_pair", "nca_pair", "apo_zero")
                .contains("apo_down", "aot", "aot_unpaired", "discopop", "sppo_hard", "bco_pair", "sft");
        assertThat(losses("grpo")).contains("grpo", "bnpo", "dr_grpo", "dapo", "cispo", "luspo", "sapo");
    }

    /** A log-probability of the old policy belongs to the first step of a row: a second pass must use the same row. */
    @Test
    void twoPassesUseTheSameRows() {
        Trajectory trajectory = Trajectory.read("grpo-dapo");
        for (int first = 0; first < 8; first += 2) {
            assertThat(trajectory.steps().get(first).places())
                    .isEqualTo(trajectory.steps().get(first + 1).places())
                    .hasSize(8);
        }
        assertThat(trajectory.microBatches(trajectory.steps().get(7))).hasSize(1);
    }

    @Test
    void aFigureThatIsNotTrlsIsRefused() {
        Trajectory trajectory = Trajectory.read("dpo-sigmoid");
        Trajectory.Step second = trajectory.steps().get(1);
        trajectory.requireAgreement(2, second.loss() * (1 + 4e-5), second.gradNorm() * (1 - 9e-5));
        assertThatThrownBy(() -> trajectory.requireAgreement(2, second.loss() * (1 + 6e-5), second.gradNorm()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dpo-sigmoid, loss of step 2");
        assertThatThrownBy(() -> trajectory.requireAgreement(2, second.loss(), second.gradNorm() * (1 + 2e-4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("dpo-sigmoid, gradient norm of step 2");
    }

    private static Set<String> losses(String method) {
        Set<String> losses = new TreeSet<>();
        for (String name : Trajectory.names(method)) {
            Fields settings = Trajectory.read(name).settings();
            losses.addAll(
                    Objects.requireNonNull(settings.json().get("loss_type")).isArray()
                            ? settings.texts("loss_type")
                            : List.of(settings.text("loss_type")));
        }
        return losses;
    }
}
