package dev.attune.training.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.kto.JudgedCompletion;
import dev.attune.training.kto.KtoSettings;
import dev.attune.training.kto.KtoTrainer;
import dev.attune.training.losses.PreferenceObjective;
import dev.attune.training.losses.PreferenceSettings;
import dev.attune.training.preference.ModelReference;
import dev.attune.training.preference.PairLoss;
import dev.attune.training.preference.PreferenceTrainer;
import dev.attune.training.preference.RowPlan;
import dev.attune.training.preference.TokenPair;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.run.StepReport;
import dev.attune.training.run.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** DPO with each of its losses and with adapters, and KTO, take the same eight steps as TRL's trainers. */
@Tag("shared")
class PreferenceParityTest {
    private static final int LONGEST = 512;

    /** Figures that TRL logs under the same names, printed with seven digits. */
    private static final List<String> FIGURES = List.of(
            "rewards/chosen",
            "rewards/rejected",
            "rewards/accuracies",
            "rewards/margins",
            "logps/chosen",
            "logps/rejected",
            "kl");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> dpo() {
        return replays("dpo", 23, this::replayDpo);
    }

    @TestFactory
    List<DynamicTest> kto() {
        return replays("kto", 6, this::replayKto);
    }

    /** One test for each trajectory. */
    private static List<DynamicTest> replays(String method, int least, Consumer<Trajectory> replay) {
        List<Trajectory> all =
                Trajectory.names(method).stream().map(Trajectory::read).toList();
        assertThat(all).hasSizeGreaterThanOrEqualTo(least);
        return all.stream()
                .map(trajectory -> DynamicTest.dynamicTest(trajectory.name(), () -> replay.accept(trajectory)))
                .toList();
    }

    private void replayDpo(Trajectory trajectory) {
        Fields settings = trajectory.settings();
        PreferenceObjective objective = PreferenceObjective.named(
                "dpo",
                settings.texts("loss_type"),
                settings.has("loss_weights") ? settings.numbers("loss_weights") : List.of(),
                PreferenceSettings.defaults()
                        .withBeta(settings.number("beta"))
                        .withLabelSmoothing(settings.number("label_smoothing"))
                        .withDiscopopTau(settings.number("discopop_tau")));
        List<TokenPair> pairs =
                trajectory.rows().stream().map(PreferenceParityTest::pair).toList();
        try (CausalLm base = Trajectory.model();
                CausalLm policy = trajectory.start(base);
                CausalLm other =
                        settings.has("reference_keeps_adapter") ? trajectory.start(base) : reference(trajectory);
                PreferenceTrainer trainer = new PreferenceTrainer(
                        policy,
                        new ModelReference(other, trajectory.ropeTheta() == null && policy.computesAs(other), 8),
                        pairs,
                        List.of(),
                        PairLoss.of(objective),
                        plan(trajectory, 2))) {
            replay(trajectory, trainer, objective.needsReference());
        }
    }

    private void replayKto(Trajectory trajectory) {
        Fields settings = trajectory.settings();
        KtoSettings kto = KtoSettings.DEFAULT
                .withLoss(
                        settings.text("loss_type").equals("kto")
                                ? KtoSettings.Loss.KTO
                                : KtoSettings.Loss.APO_ZERO_UNPAIRED)
                .withBeta(settings.number("beta"))
                .withWeights(settings.number("desirable_weight"), settings.number("undesirable_weight"));
        List<JudgedCompletion> rows = trajectory.rows().stream()
                .map(row -> new JudgedCompletion(
                        TokenDocument.completion(row.ints("prompt"), row.ints("completion")), row.flag("desirable")))
                .toList();
        try (CausalLm policy = Trajectory.model();
                CausalLm other = reference(trajectory);
                KtoTrainer trainer = new KtoTrainer(
                        policy,
                        new ModelReference(other, trajectory.ropeTheta() == null, 8),
                        rows,
                        List.of(),
                        LONGEST,
                        kto,
                        plan(trajectory, 1))) {
            replay(trajectory, trainer, true);
        }
    }

    /** @param reference whether rewards are measured against a reference; TRL has one even where no loss needs it */
    private static void replay(Trajectory trajectory, Trainer trainer, boolean reference) {
        List<Trajectory.Step> steps = trajectory.steps();
        assertThat(trainer.steps()).isEqualTo(steps.size());
        for (int step = 1; step <= steps.size(); step++) {
            StepReport report = trainer.step(step);
            trajectory.requireAgreement(step, report.metric("loss"), report.metric("grad_norm"));
            if (reference && steps.get(step - 1).micro().size() == 1) {
                requireFigures(steps.get(step - 1).logged(), report.metrics());
            }
        }
    }

    /** A micro-batch at a time TRL averages figures of classes of different sizes, so only whole steps are compared. */
    private static void requireFigures(Map<String, Double> expected, Map<String, Double> found) {
        for (String name : FIGURES) {
            if (expected.containsKey(name)) {
                double value = expected.get(name);
                assertThat(found).containsKey(name);
                assertThat(found.get(name)).as(name).isCloseTo(value, within(1e-4 * Math.max(1, Math.abs(value))));
            }
        }
    }

    /** @param sequences that a row has */
    private static RowPlan plan(Trajectory trajectory, int sequences) {
        Trajectory.Step first = trajectory.steps().get(0);
        return RowPlan.defaults()
                .withSteps(trajectory.steps().size())
                .withRows(first.places().size())
                .withMicro(sequences * first.micro().get(0).size())
                .withOrder(DataOrder.SEQUENTIAL)
                .withOptimizer(trajectory.optimizer());
    }

    private CausalLm reference(Trajectory trajectory) {
        try {
            return Checkpoints.loadCausal(trajectory.reference(Files.createTempDirectory(folder, "reference")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TokenPair pair(Fields row) {
        int[] prompt = row.ints("prompt");
        return new TokenPair(
                TokenDocument.completion(prompt, row.ints("chosen")),
                TokenDocument.completion(prompt, row.ints("rejected")));
    }
}
