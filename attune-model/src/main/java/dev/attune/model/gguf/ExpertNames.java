package dev.attune.model.gguf;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of routers and experts: the experts of a layer are stacked in one tensor per projection, in their order. */
final class ExpertNames {
    private final Pattern router;
    private final Pattern expert;
    private final Map<String, String> projections;

    /**
     * @param block of a layer that holds router and experts
     * @param projections of an expert, by their names in Hugging Face
     */
    ExpertNames(String block, Map<String, String> projections) {
        String layer = "model\\.layers\\.(\\d+)\\." + block;
        this.router = Pattern.compile(layer + "\\.gate\\.weight");
        this.expert = Pattern.compile(layer + "\\.experts\\.(\\d+)\\.(\\w+)\\.weight");
        this.projections = projections;
    }

    /** The place of a weight; empty if it is neither router nor expert. */
    Optional<TensorName> of(String name) {
        Matcher gate = router.matcher(name);
        if (gate.matches()) {
            return Optional.of(TensorName.whole("blk." + gate.group(1) + ".ffn_gate_inp.weight", Change.NONE));
        }
        Matcher one = expert.matcher(name);
        String projection = one.matches() ? projections.get(one.group(3)) : null;
        return projection == null
                ? Optional.empty()
                : Optional.of(new TensorName(
                        "blk." + one.group(1) + "." + projection + ".weight",
                        Integer.parseInt(one.group(2)),
                        Change.NONE));
    }
}
