package dev.attune.studio.inspect;

import dev.attune.core.hacking.HackingReport;
import dev.attune.core.run.RunFolder;
import dev.attune.core.text.ConfigNamed;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import dev.attune.studio.run.RunCatalog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rollout inspector and the reward-hacking monitor. */
public final class InspectPages {
    private final TokenNames names;
    private final Pages pages;
    private final RunCatalog catalog;
    private final RecentOutlines recent = new RecentOutlines();

    public InspectPages(TokenNames names, Pages pages, RunCatalog catalog) {
        this.names = names;
        this.pages = pages;
        this.catalog = catalog;
    }

    public void add(RoutesConfig routes) {
        routes.get("/inspect", this::inspect, RequiredRole.REVIEWER);
        routes.get("/monitor", this::monitor, RequiredRole.REVIEWER);
    }

    private void inspect(Context context) {
        String name = context.queryParam("run");
        if (name == null) {
            context.redirect("/runs");
            return;
        }
        RunFolder run = folder(name);
        InspectQuery query = new InspectQuery(
                name,
                integer(context, "step"),
                choice(context, "show", RolloutFilter.ALL),
                choice(context, "colour", TokenMeasure.ADVANTAGE),
                integer(context, "at"));
        pages.show(context, "inspect.jte", Map.of("page", InspectPage.of(run, query, recent, names)));
    }

    private void monitor(Context context) {
        String name = context.queryParam("run");
        RunFolder run = folder(name);
        MonitorPage page = MonitorPage.of(String.valueOf(name), run.metrics(), HackingReport.of(run));
        pages.show(context, "monitor.jte", Map.of("page", page));
    }

    private RunFolder folder(@Nullable String name) {
        return RunFolder.open(catalog.requested(name).directory());
    }

    private static @Nullable Integer integer(Context context, String name) {
        String text = Forms.query(context, name, "");
        return text.isBlank() ? null : Integer.valueOf(Forms.integer(name, text));
    }

    private static <E extends Enum<E> & ConfigNamed> E choice(Context context, String name, E defaultValue) {
        return ConfigNamed.parse(
                defaultValue.getDeclaringClass(), name, Forms.query(context, name, defaultValue.configName()));
    }
}
