package dev.attune.cli.terminal;

import dev.attune.training.run.RunListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a run on standard error: notes, and a progress line for each stage. */
public final class TrainingProgress implements RunListener, AutoCloseable {
    /** The metrics to show, by priority; a run shows those that it has. */
    private static final List<String> METRICS = List.of(
            "loss", "accuracy", "objective/scores", "score", "objective/kl", "kl", "eval_loss", "eval_accuracy");

    private static final int SHOWN = 4;

    private final PrintWriter err;
    private @Nullable ProgressLine line;
    private String stage = "";

    public TrainingProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void note(String message) {
        endLine();
        err.println(message);
        err.flush();
    }

    @Override
    public void step(String name, int step, int steps, Map<String, Double> metrics) {
        ProgressLine current = line;
        if (current == null || !name.equals(stage)) {
            endLine();
            stage = name;
            current = ProgressLine.start(err, name);
            line = current;
            current.update(step - 1L, steps, "");
        }
        current.update(step, steps, detail(metrics));
        if (step >= steps) {
            endLine();
        }
    }

    @Override
    public void warnings(int step, List<String> warnings) {
        for (String warning : warnings) {
            note("step " + step + ": " + warning);
        }
    }

    private static String detail(Map<String, Double> metrics) {
        StringBuilder detail = new StringBuilder();
        int shown = 0;
        for (String name : METRICS) {
            Double value = metrics.get(name);
            if (value != null && shown < SHOWN) {
                String shortName = name.substring(name.lastIndexOf('/') + 1);
                detail.append(String.format(Locale.ROOT, "%s%s %.3f", shown == 0 ? "" : "  ", shortName, value));
                shown++;
            }
        }
        return detail.toString();
    }

    private void endLine() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    @Override
    public void close() {
        endLine();
    }
}
