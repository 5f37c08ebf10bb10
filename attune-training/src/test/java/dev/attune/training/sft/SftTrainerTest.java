package dev.attune.training.sft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.model.tensor.Engine;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.TinyModels;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SftTrainerTest {
    private static final List<TokenDocument> DOCUMENTS = documents(60);

    @Test
    void theLossIsTheMeanOverTheTargetsOfTheWholeBatch() {
        try (CausalLm model = TinyModels.causal(3);
                SftTrainer trainer = new SftTrainer(model, DOCUMENTS, DOCUMENTS, options(4, 60, true, 1))) {
            assertThat(trainer.evaluate().get("eval_loss")).isCloseTo(meanOneByOne(model), within(1e-5));
        }
    }

    @Test
    void packingAndPaddingGiveTheSameLossAsOneByOne() {
        double expected;
        try (CausalLm model = TinyModels.causal(3)) {
            expected = meanOneByOne(model);
        }
        for (boolean packing : new boolean[] {true, false}) {
            try (CausalLm model = TinyModels.causal(3);
                    SftTrainer trainer = new SftTrainer(model, DOCUMENTS, List.of(), options(7, 60, packing, 1))) {
                // an epoch is one step of every row where nothing is packed
                if (!packing) {
                    assertThat(trainer.step(1).metric("loss")).isCloseTo(expected, within(1e-5));
                } else {
                    assertThat(trainer.step(1).metric("targets")).isGreaterThan(0);
                }
            }
        }
    }

    @Test
    void anyMicroBatchSplitGivesTheSameLossesOverTenSteps() {
        double[] whole = losses(8);
        for (int micro : new int[] {1, 3}) {
            double[] split = losses(micro);
            for (int step = 0; step < whole.length; step++) {
                assertThat(split[step]).isCloseTo(whole[step], within(1e-5 * whole[step]));
            }
        }
    }

    @Test
    void anyNumberOfWorkersGivesTheSameLossesOverTenStepsAndTheSameBitsEachTime() {
        int before = Engine.threads();
        try {
            Engine.useThreads(1);
            double[] alone = losses(8);
            for (int workers : new int[] {2, 3}) {
                Engine.useThreads(workers);
                double[] together = losses(8);
                for (int step = 0; step < alone.length; step++) {
                    assertThat(together[step]).isCloseTo(alone[step], within(1e-5 * alone[step]));
                }
                assertThat(losses(8)).isEqualTo(together);
            }
        } finally {
            Engine.useThreads(before);
        }
    }

    @Test
    void learnsTheEndTokenThoughPadIsAnother() {
        List<TokenDocument> documents = List.of(TokenDocument.completion(new int[] {5}, new int[] {6, TinyModels.END}));
        try (CausalLm model = TinyModels.causal(3);
                SftTrainer trainer = new SftTrainer(model, documents, documents, options(2, 2, false, 60))) {
            for (int step = 1; step <= 60; step++) {
                trainer.step(step);
            }
            assertThat(trainer.evaluate().get("eval_loss")).isLessThan(0.05);
        }
    }

    private static double[] losses(int micro) {
        double[] losses = new double[10];
        try (CausalLm model = TinyModels.causal(3);
                SftTrainer trainer = new SftTrainer(model, DOCUMENTS, List.of(), options(micro, 8, true, 10))) {
            for (int step = 1; step <= losses.length; step++) {
                losses[step - 1] = trainer.step(step).metric("loss");
            }
        }
        return losses;
    }

    private static double meanOneByOne(CausalLm model) {
        double sum = 0;
        long targets = 0;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            for (TokenDocument document : DOCUMENTS) {
                TokenBatch batch = TokenBatch.rightPadded(List.of(document.tokens()), 0);
                Tensor logits = model.logits(batch).select(0, 0).logSoftmax(-1);
                for (int t = document.firstTarget(); t < document.length(); t++) {
                    sum -= logits.select(0, t - 1)
                            .select(0, document.tokens()[t])
                            .item();
                    targets++;
                }
            }
        }
        return sum / targets;
    }

    private static SftOptions options(int micro, int rows, boolean packing, int steps) {
        OptimizerSettings optimizer = OptimizerSettings.of(1e-2, Schedule.Shape.CONSTANT);
        return new SftOptions(steps, 1, rows, micro, 24, packing, DataOrder.SHUFFLED, optimizer, 11);
    }

    private static List<TokenDocument> documents(int count) {
        SplittableRandom random = new SplittableRandom(9);
        List<TokenDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt =
                    random.ints(1 + random.nextInt(6), 4, TinyModels.VOCABULARY).toArray();
            int[] completion =
                    random.ints(2 + random.nextInt(8), 4, TinyModels.VOCABULARY).toArray();
            completion[completion.length - 1] = TinyModels.END;
            documents.add(TokenDocument.completion(prompt, completion));
        }
        return documents;
    }
}
