package dev.attune.studio.team;

import dev.attune.feedback.store.Events;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The audit log. */
public final class AuditPages {
    private static final int LINES = 100;

    private final Pages pages;
    private final Events events;

    public AuditPages(Store store, Pages pages) {
        this.pages = pages;
        this.events = new Events(store);
    }

    public void add(RoutesConfig routes) {
        routes.get("/audit", this::show, RequiredRole.ADMIN);
    }

    private void show(Context context) {
        String kind = Forms.query(context, "kind", "");
        List<Events.Event> page = events.page(kind.isEmpty() ? null : kind, context.queryParam("before"), LINES);
        pages.show(
                context,
                "audit.jte",
                Map.of(
                        "events",
                        page,
                        "kinds",
                        events.kinds(),
                        "kind",
                        kind,
                        "older",
                        page.size() < LINES ? "" : page.get(LINES - 1).id()));
    }
}
