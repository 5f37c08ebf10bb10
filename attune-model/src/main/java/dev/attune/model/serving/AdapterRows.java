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
 * Several adapters of one base, of which every row of a pass has its own or none. The base's products are computed for all
 * rows together, the changes for each row by itself, so that a row's digits do not depend on the others.
 */
final class AdapterRows implements Adaptation {
    private final Map<String, Adapter> adapters;
    private final ThreadLocal<List<@Nullable String>> rows = ThreadLocal.withInitial(List::of);

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

    /** Sets the adapters of the rows of the next passes on this thread: names, or null for the base. */
    void use(List<@Nullable String> names) {
        rows.set(names);
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
            List<@Nullable String> names = rows.get();
            if (names.stream().noneMatch(changes::containsKey)) {
                return output;
            }
            if (names.size() != output.size(0)) {
                // The head is applied to [rows, width], and to [1, width] after a prompt: one row per name in both.
                throw new IllegalStateException(names.size() + " adapters for " + output.size(0) + " rows");
            }
            List<Tensor> parts = new ArrayList<>();
            for (int row = 0; row < names.size(); row++) {
                String name = names.get(row);
                WeightChange change = name == null ? null : changes.get(name);
                Tensor own = output.narrow(0, row, 1);
                parts.add(change == null ? own : change.apply(input.narrow(0, row, 1), own, bias));
            }
            return parts.size() == 1 ? parts.get(0) : Tensor.cat(parts, 0);
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
