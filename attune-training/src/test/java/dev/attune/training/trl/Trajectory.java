package dev.attune.training.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.json.Json;
import dev.attune.model.adapter.PeftFiles;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.transformer.CausalLm;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What TRL computed in some optimizer steps, with all that a repetition needs.
 *
 * @param ropeTheta of a reference that is the same weights with another rotary base; null: the initial policy
 * @param adapter the folder of the initial adapter in PEFT's format; null for full training
 * @param head of a reward model, {@code [width]}; empty for the others
 * @param settings of the method, by TRL's names
 * @param rows as TRL fed them, without padding; their keys by method are in README.md beside the files
 */
public record Trajectory(
        String name,
        String method,
        @Nullable Double ropeTheta,
        @Nullable Path adapter,
        List<Double> head,
        Fields settings,
        OptimizerSettings optimizer,
        List<Fields> rows,
        List<Step> steps) {
    /** Careful implementations agree so far after eight steps: relative to the loss, and to the gradient's norm. */
    private static final double LOSS_TOLERANCE = 5e-5;

    private static final double NORM_TOLERANCE = 1e-4;

    /** Smaller losses are sums of terms of both signs whose rounding does not become smaller. */
    private static final double SMALL_LOSS = 0.1;

    /**
     * One optimizer step.
     *
     * @param loss before the update
     * @param gradNorm of all trained weights, before clipping
     * @param micro the places in {@link #rows} of each micro-batch
     * @param logged TRL's other figures, as {@code rewards/margins}
     */
    public record Step(double loss, double gradNorm, List<List<Integer>> micro, Map<String, Double> logged) {
        /** The places of the step's rows, in order. */
        public List<Integer> places() {
            return micro.stream().flatMap(List::stream).toList();
        }
    }

    public static Trajectory read(String name) {
        JsonNode json = Json.readTree(folder().resolve(name + ".json"));
        return new Trajectory(
                json.required("name").asString(),
                json.required("method").asString(),
                new Fields(json.path("reference")).optionalNumber("rope_theta"),
                json.hasNonNull("adapter")
                        ? folder().resolve(json.get("adapter").asString())
                        : null,
                json.has("head") ? new Fields(json).numbers("head") : List.of(),
                new Fields(json.required("settings")),
                optimizer(new Fields(json.required("optimizer"))),
                json.required("rows").valueStream().map(Fields::new).toList(),
                json.required("steps").valueStream().map(Trajectory::step).toList());
    }

    /** The names of the stored trajectories of a method, as "dpo", in alphabetical order. */
    public static List<String> names(String method) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.equals(method + ".json") || file.matches(method + "-.*\\.json"))
                    .map(file -> file.substring(0, file.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The checkpoint that TRL started from; needs the folder {@code ../shared}. */
    public static Path checkpoint() {
        return Path.of(System.getProperty("attune.shared"), "models", "stories260K");
    }

    /** The policy before training, without the adapter. */
    public static CausalLm model() {
        return Checkpoints.loadCausal(checkpoint());
    }

    /**
     * The policy before training: a model of its own, or an adapter on the base.
     *
     * @param base which outlives it
     */
    public CausalLm start(CausalLm base) {
        return adapter == null ? model() : CausalLm.adapted(base.asBase(), PeftFiles.load(adapter, base.asBase(), 1));
    }

    /**
     * The directory of the reference without any adapter.
     *
     * @param folder for a checkpoint whose configuration is another one
     */
    public Path reference(Path folder) {
        if (ropeTheta == null) {
            return checkpoint();
        }
        try {
            String config = Files.readString(checkpoint().resolve("config.json"));
            String changed = config.replaceFirst("\"rope_theta\": [0-9.]+", "\"rope_theta\": " + ropeTheta);
            Files.copy(checkpoint().resolve("model.safetensors"), folder.resolve("model.safetensors"));
            Files.writeString(folder.resolve("config.json"), changed);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a step in the order of their use; a row of two passes occurs in two steps. */
    public List<Fields> rows(Step step) {
        return step.places().stream().map(rows::get).toList();
    }

    /** The rows of each micro-batch of a step. */
    public List<List<Fields>> microBatches(Step step) {
        return step.micro().stream()
                .map(places -> places.stream().map(rows::get).toList())
                .toList();
    }

    /**
     * Fails unless loss and gradient norm of a step are TRL's.
     *
     * @param number of the step, from 1
     */
    public void requireAgreement(int number, double loss, double gradNorm) {
        Step step = steps.get(number - 1);
        assertThat(loss)
                .as("%s, loss of step %d", name, number)
                .isCloseTo(step.loss, within(LOSS_TOLERANCE * Math.max(Math.abs(step.loss), SMALL_LOSS)));
        assertThat(gradNorm)
                .as("%s, gradient norm of step %d", name, number)
                .isCloseTo(step.gradNorm, within(NORM_TOLERANCE * step.gradNorm));
    }

    private static Path folder() {
        try {
            return Path.of(
                    Objects.requireNonNull(Trajectory.class.getResource("/trl")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OptimizerSettings optimizer(Fields fields) {
        return new OptimizerSettings(
                fields.number("learning_rate"),
                fields.number("beta1"),
                fields.number("beta2"),
                fields.number("epsilon"),
                fields.number("weight_decay"),
                Schedule.Shape.valueOf(fields.text("schedule").toUpperCase(Locale.ROOT)),
                0,
                fields.optionalNumber("max_grad_norm"));
    }

    private static Step step(JsonNode json) {
        Map<String, Double> logged = new LinkedHashMap<>();
        json.required("logged")
                .properties()
                .forEach(figure -> logged.put(figure.getKey(), figure.getValue().asDouble()));
        return new Step(
                json.required("loss").asDouble(),
                json.required("grad_norm").asDouble(),
                json.required("micro")
                        .valueStream()
                        .map(micro -> micro.valueStream().map(JsonNode::asInt).toList())
                        .toList(),
                logged);
    }
}
