package dev.attune.studio.models;

import dev.attune.feedback.sampling.Endpoint;
import dev.attune.feedback.sampling.Endpoints;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The registered models: reviewers see them, admins add and retire them. Other pages accept no addresses of models. */
public final class ModelPages {
    private final Pages pages;
    private final Access access;
    private final Endpoints endpoints;

    public ModelPages(Store store, Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
        this.endpoints = new Endpoints(store);
    }

    public void add(RoutesConfig routes) {
        routes.get("/models", this::show, RequiredRole.REVIEWER);
        routes.post("/models", this::register, RequiredRole.ADMIN);
        routes.post("/models/{endpoint}/retire", this::retire, RequiredRole.ADMIN);
    }

    private void show(Context context) {
        pages.show(context, "models.jte", Map.of("endpoints", endpoints.all()));
    }

    private void register(Context context) {
        Labeler person = access.person(context);
        Endpoint.Kind kind = Endpoint.Kind.of(Forms.text(context, "kind"));
        boolean served = kind == Endpoint.Kind.ENDPOINT;
        endpoints.add(
                new Endpoint.Plan(
                        Forms.text(context, "name"),
                        kind,
                        Forms.text(context, "address"),
                        served ? Forms.optional(context, "model") : null,
                        served ? Forms.optional(context, "key") : null),
                person.id());
        context.redirect("/models");
    }

    private void retire(Context context) {
        Labeler person = access.person(context);
        endpoints.retire(context.pathParam("endpoint"), person.id());
        context.redirect("/models");
    }
}
