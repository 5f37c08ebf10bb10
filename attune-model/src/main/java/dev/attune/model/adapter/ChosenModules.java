package dev.attune.model.adapter;

import dev.attune.core.error.BadInputException;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.transformer.LinearModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a model that an adapter changes.
 *
 * @param adapted modules with a low-rank change
 * @param saved weights that are trained as a whole, by their names in the checkpoint
 * @param warnings about settings without effect
 */
record ChosenModules(List<LinearModule> adapted, List<String> saved, List<String> warnings) {
    /**
     * Chooses by PEFT's rules.
     *
     * @param weights the names of the base's weights, with those of its heads
     * @throws BadInputException if a target or a saved module fits nothing in the model
     */
    static ChosenModules of(AdapterSpec spec, ModelConfig config, Set<String> weights) {
        List<LinearModule> all = LinearModule.of(config);
        List<String> saved = weights.stream()
                .filter(weight -> isSaved(spec.modulesToSave(), module(weight)))
                .toList();
        requireAll(
                "modules_to_save",
                spec.modulesToSave(),
                name -> weights.stream().anyMatch(weight -> isSaved(List.of(name), module(weight))),
                all);
        List<LinearModule> adapted = all.stream()
                .filter(module -> isTarget(spec.targets(), module))
                .filter(module -> !new Targets.Names(spec.excluded()).matches(module.name()))
                .filter(module -> !isSaved(spec.modulesToSave(), module.name()))
                .toList();
        requireTargets(spec, all, adapted);
        return new ChosenModules(adapted, saved, warnings(spec, adapted));
    }

    private static boolean isTarget(Targets targets, LinearModule module) {
        if (targets instanceof Targets.Names names) {
            return names.matches(module.name());
        }
        return targets instanceof Targets.Expression expression
                ? expression.matches(module.name())
                : module.kind() == LinearModule.Kind.LINEAR;
    }

    private static void requireTargets(AdapterSpec spec, List<LinearModule> all, List<LinearModule> adapted) {
        if (spec.targets() instanceof Targets.Names names) {
            requireAll(
                    "target_modules",
                    names.names(),
                    name -> all.stream().anyMatch(module -> new Targets.Names(List.of(name)).matches(module.name())),
                    all);
        }
        if (adapted.isEmpty() && spec.modulesToSave().isEmpty()) {
            String found = spec.targets() instanceof Targets.Expression expression
                    ? "the text '" + expression.text() + "', a regular expression that fits the whole name of no module"
                    : "nothing that the model has";
            throw BadInputException.at(
                    "lora, target_modules", found, examples(all), "name modules in a list, or use all-linear");
        }
    }

    /** The head is applied to parts of a batch whose rows are not known, so its dropout could not be repeated. */
    void refuseDropoutOfHead(AdapterSpec spec) {
        adapted.stream()
                .filter(module -> spec.dropout() > 0 && module.kind() == LinearModule.Kind.HEAD)
                .findFirst()
                .ifPresent(head -> {
                    throw BadInputException.at(
                            "lora, dropout",
                            spec.dropout() + " with " + head.name() + " among the adapted modules",
                            "0",
                            "set dropout to 0, or train " + head.name() + " as a whole in modules_to_save");
                });
    }

    private interface Fits {
        boolean test(String name);
    }

    private static void requireAll(String key, List<String> names, Fits fits, List<LinearModule> all) {
        for (String name : names) {
            if (!fits.test(name)) {
                throw BadInputException.at(
                        "lora, " + key,
                        "'" + name + "', which fits no module of the model",
                        examples(all),
                        "correct the name");
            }
        }
    }

    private static String examples(List<LinearModule> all) {
        return "modules such as "
                + all.stream().skip(1).limit(4).map(LinearModule::name).toList();
    }

    /** PEFT compares the ends of names, and a module is saved with all modules inside it. */
    static boolean isSaved(List<String> keys, String module) {
        return keys.stream().anyMatch(key -> module.endsWith(key) || ("." + module + ".").contains("." + key + "."));
    }

    static String module(String weight) {
        return weight.substring(0, weight.lastIndexOf('.'));
    }

    private static List<String> warnings(AdapterSpec spec, List<LinearModule> adapted) {
        List<String> warnings = new ArrayList<>();
        if (spec.dropout() > 0 && adapted.stream().anyMatch(module -> module.kind() == LinearModule.Kind.HEAD)) {
            warnings.add("lora, dropout: is not applied to the output projection");
        }
        Map.of(
                        "rank_pattern",
                        spec.ranks().keySet(),
                        "alpha_pattern",
                        spec.alphas().keySet())
                .forEach((key, patterns) -> patterns.stream()
                        .filter(pattern ->
                                adapted.stream().noneMatch(module -> AdapterSpec.fits(pattern, module.name())))
                        .forEach(pattern -> warnings.add(
                                "lora, " + key + ": '" + pattern + "' fits no adapted module and has no effect")));
        return warnings;
    }
}
