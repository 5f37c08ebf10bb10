package dev.attune.serve.route;

import dev.attune.model.serving.EngineStatus;
import dev.attune.model.serving.TokenEngine;
import dev.attune.serve.error.ApiException;
import dev.attune.serve.http.Exchange;
import dev.attune.serve.http.Routes;
import dev.attune.serve.model.ModelCatalog;
import dev.attune.serve.model.ModelEntry;
import dev.attune.serve.model.ServedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The routes that compute nothing: models, health, metrics. */
public final class InfoRoutes {
    private static final String MODELS = "/v1/models";

    private final ServerState state;
    private final long created = System.currentTimeMillis() / 1000;

    public InfoRoutes(ServerState state) {
        this.state = state;
    }

    /** Adds the routes. */
    public void add(Routes routes) {
        routes.get("/health", this::health)
                .get("/metrics", this::metrics)
                .get(MODELS, this::models)
                .get(MODELS + "/*", this::model);
    }

    private void health(Exchange exchange) {
        if (state.catalog() == null) {
            throw ApiException.unavailable("loading", "the server is loading its models");
        }
        exchange.json(200, JsonMapper.shared().createObjectNode().put("status", "ok"));
    }

    private void metrics(Exchange exchange) {
        Map<String, EngineStatus> engines = new LinkedHashMap<>();
        ModelCatalog catalog = state.catalog();
        if (catalog != null) {
            for (ServedModel model : catalog.models()) {
                TokenEngine engine = model.engine();
                if (engine != null) {
                    engines.put(model.id(), engine.status());
                }
            }
        }
        exchange.text(
                200, "text/plain; version=0.0.4; charset=utf-8", state.metrics().text(engines));
    }

    private void models(Exchange exchange) {
        ObjectNode list = JsonMapper.shared().createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        state.models().entries().forEach(entry -> data.add(json(entry)));
        exchange.json(200, list);
    }

    private void model(Exchange exchange) {
        String name = exchange.pathAfter(MODELS + "/");
        exchange.json(200, json(state.models().find(name)));
    }

    private ObjectNode json(ModelEntry entry) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", entry.name())
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "attune")
                .put("parent", entry.adapter() == null ? null : entry.model().id())
                .put("max_model_len", entry.model().maxPositions());
    }
}
