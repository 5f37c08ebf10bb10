package dev.attune.training.reward;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.RewardSequence;
import dev.attune.training.batch.MicroBatches;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Passes sequences through a backbone without gradient and keeps their features, the input of the head. */
final class FeatureExtraction {
    private static final int PARTS = 4;

    private final RewardModel model;
    private final int micro;
    private final Consumer<String> notes;

    /**
     * @param micro sequences that pass through the model at once
     * @param notes receives progress and speed
     */
    FeatureExtraction(RewardModel model, int micro, Consumer<String> notes) {
        this.model = model;
        this.micro = micro;
        this.notes = notes;
    }

    /** The features {@code [sequences, width]}, in the order of the sequences; not owned by any scope. */
    Tensor table(List<RewardSequence> sequences) {
        Tensor table = Tensor.zeros(sequences.size(), model.config().width()).retain();
        Progress progress = new Progress(
                sequences.stream().mapToLong(RewardSequence::length).sum());
        try (NoGrad off = NoGrad.on()) {
            Workers.mapEach(MicroBatches.planForWorkers(sequences, micro, RewardSequence::length), places -> {
                copy(MicroBatches.pick(sequences, places), places, table);
                progress.done(places.stream()
                        .mapToLong(i -> sequences.get(i).length())
                        .sum());
                return places;
            });
        }
        return table;
    }

    private final class Progress {
        private final long all;
        private final long started = System.nanoTime();
        private long done;
        private int part = 1;

        Progress(long all) {
            this.all = all;
        }

        synchronized void done(long tokens) {
            done += tokens;
            if (done * PARTS >= all * part) {
                part = (int) (done * PARTS / all) + 1;
                double seconds = (System.nanoTime() - started) / 1e9;
                notes.accept(String.format(
                        Locale.ROOT, "features of %,d of %,d tokens, %,.0f tokens/s", done, all, done / seconds));
            }
        }
    }

    private void copy(List<RewardSequence> sequences, List<Integer> places, Tensor table) {
        try (Scope scope = Scope.open()) {
            Tensor features = model.features(sequences);
            for (int i = 0; i < places.size(); i++) {
                table.select(0, places.get(i)).copyInPlace(features.select(0, i));
            }
        }
    }
}
