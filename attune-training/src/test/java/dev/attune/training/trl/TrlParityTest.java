package dev.attune.training.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.reward.Comparison;
import dev.attune.training.reward.ComparisonSettings;
import dev.attune.training.reward.RewardOptions;
import dev.attune.training.reward.RewardTrainer;
import dev.attune.training.run.StepReport;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** SFT and reward training take the same eight steps as TRL's trainers from the same checkpoint, rows and settings. */
@Tag("shared")
class TrlParityTest {
    private static final int LONGEST = 512;

    @TestFactory
    List<DynamicTest> supervised() {
        return replays("sft", TrlParityTest::replaySft);
    }

    @TestFactory
    List<DynamicTest> reward() {
        return replays("reward", TrlParityTest::replayReward);
    }

    /** One test for each trajectory. */
    private static List<DynamicTest> replays(String method, Consumer<Trajectory> replay) {
        List<Trajectory> all =
                Trajectory.names(method).stream().map(Trajectory::read).toList();
        assertThat(all).hasSizeGreaterThan(2);
        return all.stream()
                .map(trajectory -> DynamicTest.dynamicTest(trajectory.name(), () -> replay.accept(trajectory)))
                .toList();
    }

    private static void replaySft(Trajectory trajectory) {
        List<Trajectory.Step> steps = trajectory.steps();
        SftOptions options = new SftOptions(
                steps.size(),
                1,
                steps.get(0).places().size(),
                steps.get(0).micro().get(0).size(),
                LONGEST,
                false,
                DataOrder.SEQUENTIAL,
                trajectory.optimizer(),
                1);
        List<TokenDocument> documents =
                trajectory.rows().stream().map(TrlParityTest::document).toList();
        try (CausalLm base = Trajectory.model();
                CausalLm model = trajectory.start(base);
                SftTrainer trainer = new SftTrainer(model, documents, List.of(), options)) {
            for (int step = 1; step <= steps.size(); step++) {
                StepReport report = trainer.step(step);
                trajectory.requireAgreement(step, report.metric("loss"), report.metric("grad_norm"));
            }
        }
    }

    private static TokenDocument document(Fields row) {
        int[] mask = row.ints("mask");
        int first = 0;
        while (mask[first] == 0) {
            first++;
        }
        return new TokenDocument(row.ints("ids"), first, mask);
    }

    private static void replayReward(Trajectory trajectory) {
        List<Trajectory.Step> steps = trajectory.steps();
        Double centering = trajectory.settings().optionalNumber("center_rewards_coefficient");
        RewardOptions options = new RewardOptions(
                steps.size(),
                1,
                steps.get(0).places().size(),
                2 * steps.get(0).micro().get(0).size(),
                false,
                new ComparisonSettings(
                        ComparisonSettings.Loss.BRADLEY_TERRY, Objects.requireNonNullElse(centering, 0.0), false, 0),
                DataOrder.SEQUENTIAL,
                trajectory.optimizer(),
                1);
        List<Comparison> comparisons =
                trajectory.rows().stream().map(TrlParityTest::comparison).toList();
        try (RewardModel model = rewardModel(trajectory);
                RewardTrainer trainer = new RewardTrainer(model, comparisons, List.of(), options)) {
            for (int step = 1; step <= steps.size(); step++) {
                StepReport report = trainer.step(step);
                trajectory.requireAgreement(step, report.metric("loss"), report.metric("grad_norm"));
                Trajectory.Step expected = steps.get(step - 1);
                assertThat(report.metric("accuracy"))
                        .isEqualTo(expected.logged().get("accuracy"));
                assertThat(report.metric("score_mean"))
                        .isCloseTo(Objects.requireNonNull(expected.logged().get("mean_reward")), within(1e-4));
            }
        }
    }

    private static RewardModel rewardModel(Trajectory trajectory) {
        float[] head = new float[trajectory.head().size()];
        for (int i = 0; i < head.length; i++) {
            head[i] = trajectory.head().get(i).floatValue();
        }
        try (Scope scope = Scope.open();
                CausalLm backbone = Trajectory.model()) {
            return RewardModel.fromBackbone(backbone, Tensor.of(head, 1, head.length));
        }
    }

    private static Comparison comparison(Fields row) {
        int[] chosen = row.ints("chosen");
        int[] rejected = row.ints("rejected");
        double margin = row.has("margin") ? row.number("margin") : 0;
        return new Comparison(
                List.of(new RewardSequence(chosen, 0), new RewardSequence(rejected, 0)),
                List.of(chosen.length, rejected.length),
                List.of(new Comparison.Pair(0, 1, 1, margin, 1)),
                List.of());
    }
}
