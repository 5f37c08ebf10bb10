package dev.attune.serve.model;

import dev.attune.core.error.BadInputException;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.fields.Fields;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The models of a server by the names that requests give. */
public final class ModelCatalog {
    private final Map<String, ModelEntry> entries = new LinkedHashMap<>();

    public ModelCatalog(List<ServedModel> models) {
        for (ServedModel model : models) {
            ModelTexts texts = new ModelTexts(model);
            add(new ModelEntry(model.id(), model, texts, null));
            for (String adapter : new TreeSet<>(model.adapters())) {
                add(new ModelEntry(adapter, model, texts, adapter));
            }
        }
    }

    private void add(ModelEntry entry) {
        if (entries.putIfAbsent(entry.name(), entry) != null) {
            throw BadInputException.at(
                    "model '" + entry.name() + "'", "this name twice", "one name per model or adapter", "rename one");
        }
    }

    /** All names, in the order of the models. */
    public Collection<ModelEntry> entries() {
        return entries.values();
    }

    /** The models themselves. */
    public List<ServedModel> models() {
        return entries.values().stream()
                .filter(entry -> entry.adapter() == null)
                .map(ModelEntry::model)
                .toList();
    }

    /** The model that a request names. */
    public ModelEntry of(Fields request) {
        return find(request.requiredText("model"));
    }

    /** @throws ApiException with status 404 if there is no such model */
    public ModelEntry find(String name) {
        @Nullable ModelEntry entry = entries.get(name);
        if (entry == null) {
            throw ApiException.noModel(
                    "the model '" + name + "' is not served here; served are " + String.join(", ", entries.keySet()));
        }
        return entry;
    }
}
