package dev.attune.model.adapter;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.transformer.LinearModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * PEFT's adapter_config.json. A key that changes the computation in a way that Attune does not have is refused by name.
 */
record PeftConfig(AdapterSpec spec) {
    static final String FILE = "adapter_config.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Keys that say nothing about the computation of a loaded adapter. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "auto_mapping",
            "base_model_name_or_path",
            "eva_config",
            "fan_in_fan_out",
            "inference_mode",
            "loftq_config",
            "megatron_core",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config",
            "task_type");

    private static final Set<String> READ = Set.of(
            "alpha_pattern",
            "bias",
            "ensure_weight_tying",
            "exclude_modules",
            "init_lora_weights",
            "layers_pattern",
            "layers_to_transform",
            "lora_alpha",
            "lora_dropout",
            "modules_to_save",
            "peft_type",
            "r",
            "rank_pattern",
            "target_modules",
            "use_dora",
            "use_rslora");

    /** Initial weights that leave the base as it is; the others, such as pissa, change it. */
    private static final Set<String> HARMLESS_STARTS = Set.of("gaussian", "eva", "orthogonal", "mica", "true", "false");

    static Optional<PeftFiles.Identity> identity(Path file) {
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            String base = json.path("base_model_name_or_path").asString("");
            boolean usable = json.path("peft_type").asString("").equals("LORA") && !base.isEmpty();
            boolean reward = json.path("task_type").asString("").equals("SEQ_CLS");
            return usable ? Optional.of(new PeftFiles.Identity(base, reward)) : Optional.empty();
        } catch (JacksonException | IOException e) {
            return Optional.empty(); // refused by name as an adapter that cannot be applied
        }
    }

    /** Reads a file's text. */
    static PeftConfig parse(String place, String text, ModelConfig model) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new BadInputException(
                    place + ": not JSON: " + e.getOriginalMessage() + "; expected PEFT's " + FILE, e);
        }
        return new Reader(place, json, model).read();
    }

    private record Reader(String place, JsonNode json, ModelConfig model) {
        PeftConfig read() {
            if (!json.path("peft_type").asString("").equals("LORA")) {
                throw bad("peft_type", json.path("peft_type"), "LORA");
            }
            refuseOthers();
            AdapterSpec spec = new AdapterSpec(
                    (int) number("r", 8),
                    number("lora_alpha", 8),
                    number("lora_dropout", 0),
                    json.path("use_rslora").asBoolean(false),
                    json.path("use_dora").asBoolean(false),
                    targets(),
                    excluded(),
                    pattern("rank_pattern", JsonNode::asInt),
                    pattern("alpha_pattern", JsonNode::asDouble),
                    saved(),
                    json.path("ensure_weight_tying").asBoolean(false));
            return new PeftConfig(spec);
        }

        private void refuseOthers() {
            if (!json.path("bias").asString("none").equals("none")) {
                throw bad("bias", json.path("bias"), "none; trained biases are not supported");
            }
            String start = json.path("init_lora_weights").asString("true");
            if (!HARMLESS_STARTS.contains(start)) {
                throw bad(
                        "init_lora_weights",
                        json.path("init_lora_weights"),
                        "true, false or gaussian: the adapter belongs to a changed base (convert it in PEFT with"
                                + " path_initial_model_for_weight_conversion)");
            }
            json.properties().forEach(entry -> {
                boolean known = READ.contains(entry.getKey()) || WITHOUT_EFFECT.contains(entry.getKey());
                if (!known && !isEmpty(entry.getValue())) {
                    throw bad(entry.getKey(), entry.getValue(), "nothing: Attune does not support it");
                }
            });
        }

        private static boolean isEmpty(JsonNode value) {
            return value.isNull()
                    || (value.isBoolean() && !value.booleanValue())
                    || (value.isContainer() && value.isEmpty())
                    || (value.isString() && value.stringValue().isEmpty());
        }

        private double number(String key, double otherwise) {
            JsonNode value = json.path(key);
            if (value.isMissingNode()) {
                return otherwise;
            }
            if (!value.isNumber()) {
                throw bad(key, value, "a number");
            }
            return value.doubleValue();
        }

        /** With {@code layers_to_transform} the modules of these layers only. */
        private Targets targets() {
            JsonNode value = json.path("target_modules");
            Targets targets;
            if (value.isString()) {
                targets = Targets.text(value.stringValue());
            } else if (value.isArray()) {
                targets = new Targets.Names(names("target_modules"));
            } else if (!names("modules_to_save").isEmpty()) {
                return new Targets.Names(List.of());
            } else {
                throw bad("target_modules", value, "a text or a list of modules");
            }
            JsonNode layers = json.path("layers_to_transform");
            if (isEmpty(layers) || layers.isMissingNode()) {
                return targets;
            }
            if (!isEmpty(json.path("layers_pattern"))
                    && !json.path("layers_pattern").isMissingNode()) {
                throw bad("layers_pattern", json.path("layers_pattern"), "nothing: Attune does not support it");
            }
            return ofLayers(targets, layers);
        }

        private Targets ofLayers(Targets targets, JsonNode layers) {
            if (!(targets instanceof Targets.Names names)) {
                return targets;
            }
            List<Integer> chosen = layers.isArray()
                    ? IntStream.range(0, layers.size())
                            .mapToObj(i -> layers.get(i).asInt())
                            .toList()
                    : List.of(layers.asInt());
            return new Targets.Names(LinearModule.of(model).stream()
                    .map(LinearModule::name)
                    .filter(names::matches)
                    .filter(name -> chosen.stream().anyMatch(layer -> isOfLayer(name, layer)))
                    .toList());
        }

        /** The first number in a name is that of the layer. */
        private static boolean isOfLayer(String name, int layer) {
            return name.matches("[^0-9]*\\." + layer + "\\..*");
        }

        private List<String> excluded() {
            JsonNode value = json.path("exclude_modules");
            if (value.isString() && !value.stringValue().isEmpty()) {
                Targets.Expression expression = new Targets.Expression(value.stringValue());
                return LinearModule.of(model).stream()
                        .map(LinearModule::name)
                        .filter(expression::matches)
                        .toList();
            }
            return names("exclude_modules");
        }

        private List<String> names(String key) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || isEmpty(value)) {
                return List.of();
            }
            if (!value.isArray() || value.valueStream().anyMatch(each -> !each.isString())) {
                throw bad(key, value, "a list of names");
            }
            return value.valueStream().map(JsonNode::stringValue).toList();
        }

        /** PEFT names both heads that reward models of other families may have. */
        private List<String> saved() {
            List<String> names = names("modules_to_save");
            return model.isReward() && names.contains("score")
                    ? names.stream().filter(name -> !name.equals("classifier")).toList()
                    : names;
        }

        private <T> Map<String, T> pattern(String key, Function<JsonNode, T> read) {
            Map<String, T> result = new LinkedHashMap<>();
            json.path(key).properties().forEach(entry -> {
                if (!entry.getValue().isNumber()) {
                    throw bad(key + ", " + entry.getKey(), entry.getValue(), "a number");
                }
                result.put(entry.getKey(), read.apply(entry.getValue()));
            });
            return result;
        }

        private BadInputException bad(String key, JsonNode found, String expected) {
            return BadInputException.at(
                    place + ", key " + key,
                    found.isMissingNode() ? "nothing" : found.toString(),
                    expected,
                    "use an adapter that PEFT's LoraConfig describes so");
        }
    }

    /**
     * The text of the file.
     *
     * @param modules that are adapted, which are written by name so that every reader finds the same ones
     */
    static String write(AdapterSpec spec, ModelConfig model, List<LinearModule> modules, @Nullable String base) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("base_model_name_or_path", base);
        json.put("peft_type", "LORA");
        json.put("task_type", model.isReward() ? "SEQ_CLS" : "CAUSAL_LM");
        json.put("inference_mode", true);
        json.put("r", spec.rank());
        putNumber(json, "lora_alpha", spec.alpha());
        json.put("lora_dropout", spec.dropout());
        json.put("use_rslora", spec.rankStabilized());
        json.put("use_dora", spec.dora());
        json.put(
                "fan_in_fan_out",
                modules.stream().anyMatch(module -> module.kind() == LinearModule.Kind.LINEAR && module.inputFirst()));
        json.put("bias", "none");
        json.put("init_lora_weights", true);
        if (spec.targets() instanceof Targets.Expression expression) {
            json.put("target_modules", expression.text());
        } else {
            shortNames(modules, model).forEach(json.putArray("target_modules")::add);
        }
        ObjectNode ranks = json.putObject("rank_pattern");
        spec.ranks().forEach(ranks::put);
        ObjectNode alphas = json.putObject("alpha_pattern");
        spec.alphas().forEach((pattern, value) -> putNumber(alphas, pattern, value));
        if (spec.modulesToSave().isEmpty()) {
            json.putNull("modules_to_save");
        } else {
            spec.modulesToSave().forEach(json.putArray("modules_to_save")::add);
        }
        if (spec.tied()) {
            json.put("ensure_weight_tying", true);
        }
        return MAPPER.writeValueAsString(json) + "\n";
    }

    private static void putNumber(ObjectNode json, String key, double value) {
        if (value == Math.rint(value)) {
            json.put(key, (long) value);
        } else {
            json.put(key, value);
        }
    }

    /** The last parts of the names, if they fit these modules only, otherwise the whole names. */
    private static List<String> shortNames(List<LinearModule> modules, ModelConfig model) {
        List<String> whole = modules.stream().map(LinearModule::name).toList();
        List<String> last = whole.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .toList();
        Targets.Names names = new Targets.Names(last);
        List<String> fitting = new ArrayList<>(LinearModule.of(model).stream()
                .map(LinearModule::name)
                .filter(names::matches)
                .toList());
        return fitting.equals(whole) ? last : whole;
    }
}
