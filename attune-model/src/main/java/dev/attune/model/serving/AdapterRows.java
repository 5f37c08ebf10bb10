package dev.attune.model.serving;

import dev.attune.core.error.BadInputException;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Adaptation;
import dev.attune.model.transformer.BaseWeight;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.model.transformer.WeightChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several adapters of one base, of which every sequence in a pass has its own or none. The base's products are computed for all
 * together, the changes for each sequence by itself, so that its digits do not depend on the others.
 */
final class AdapterRows implements Adaptation {
    private final Map<String, Adapter> adapters;
    private final ThreadLocal<List<Part>> parts = ThreadLocal.withInitial(List::of);

    /**
     * Tokens that follow each other in a pass.
     *
     * @param adapter their adapter, or null for the base
     */
    record Part(@Nullable String adapter, int tokens) {}

    /** @throws BadInputException if an adapter brings whole weights, such as an embedding or a head, of its own */
    AdapterRows(Map<String, Adapter> adapters) {
        this.adapters = new LinkedHashMap<>(adapters);
        adapters.forEach((name, adapter) -> adapter.base().weightNames().stream()
                .filter(weight -> adapter.replacement(weight) != null)
                .findFirst()
                .ifPresent(weight -> {
                    throw BadInputException.at(
                            "adapter " + name,
                            "a whole weight of its own, " + weight,
                            "changes of linear maps, which can be applied row by row",
                            "merge it into its base with attune convert, and serve that");
                }));
    }

    /** Sets the adapters of all tokens of the next passes on this thread, in their order. */
    void use(List<Part> ofPass) {
        parts.set(ofPass);
    }

    @Override
    public @Nullable WeightChange change(String module, BaseWeight weight) {
        Map<String, WeightChange> changes = new LinkedHashMap<>();
        adapters.forEach((name, adapter) -> {
            WeightChange change = adapter.change(module, weight);
            if (change != null) {
                changes.put(name, change);
            }
        });
        return changes.isEmpty() ? null : new RowChange(changes);
    }

    private final class RowChange implements WeightChange {
        private final Map<String, WeightChange> changes;

        RowChange(Map<String, WeightChange> changes) {
            this.changes = changes;
        }

        @Override
        public Tensor apply(Tensor input, Tensor output, @Nullable Tensor bias) {
            List<Part> ofPass = parts.get();
            if (ofPass.stream().map(Part::adapter).noneMatch(changes::containsKey)) {
                return output;
            }
            Tensor rows = output.reshape(-1, output.size(-1));
            Tensor inputs = input.rank() < output.rank() ? input.reshape(-1) : input.reshape(-1, input.size(-1));
            List<Tensor> changed = new ArrayList<>();
            long from = 0;
            for (Part part : ofPass) {
                WeightChange change = part.adapter == null ? null : changes.get(part.adapter);
                Tensor own = rows.narrow(0, from, part.tokens);
                changed.add(change == null ? own : change.apply(inputs.narrow(0, from, part.tokens), own, bias));
                from += part.tokens;
            }
            if (from != rows.size(0)) {
                throw new IllegalStateException("adapters of " + from + " tokens for " + rows.size(0));
            }
            return Tensor.cat(changed, 0).reshape(output.shape());
        }

        @Override
        public Tensor merged() {
            throw new UnsupportedOperationException("several adapters have no common merged weight");
        }
    }

    @Override
    public ParameterSet parameters() {
        return adapters.values().iterator().next().parameters();
    }

    @Override
    public @Nullable Tensor replacement(String weight) {
        return null;
    }

    @Override
    public boolean tiesHead() {
        return false;
    }

    @Override
    public boolean isIdentity() {
        return adapters.values().stream().allMatch(Adapter::isIdentity);
    }

    @Override
    public void atStep(long step) {}

    @Override
    public Pass pass(TokenBatch batch) {
        return Pass.PLAIN;
    }

    @Override
    public Adaptation replica() {
        throw new UnsupportedOperationException("adapters that serve are not trained");
    }

    @Override
    public void close() {
        adapters.values().forEach(Adapter::close);
    }
}
