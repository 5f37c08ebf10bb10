package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;

/** A running studio. */
public final class Studio implements AutoCloseable {
    /** Nothing is loaded from elsewhere, and no script stands in a page. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self'";

    private static final long LARGEST_BODY = 4_000_000;

    private final Store store;
    private final Javalin server;
    private final StudioOptions options;

    private Studio(StudioOptions options) {
        this.options = options;
        this.store = Store.open(options.database());
        Labeler person = new Labelers(store).named(System.getProperty("user.name", "me"), Labeler.Role.ADMIN);
        Csrf csrf = new Csrf();
        Pages pages = new Pages(csrf);
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/assets";
                files.location = Location.CLASSPATH;
            });
            guard(config.routes, csrf);
            new ProjectPages(store, pages, person).add(config.routes);
            new RankingPages(store, pages, person).add(config.routes);
        });
    }

    private static void guard(RoutesConfig routes, Csrf csrf) {
        routes.before(context -> {
            context.header("Content-Security-Policy", POLICY);
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Referrer-Policy", "same-origin");
            Loopback.require(context);
            csrf.require(context);
        });
        routes.exception(BadInputException.class, Studio::refuse);
    }

    private static void refuse(BadInputException wrong, Context context) {
        context.status(422).result(String.valueOf(wrong.getMessage()));
    }

    /**
     * Opens the store and answers requests until it is closed.
     *
     * @throws BadInputException where the address or the database cannot be used
     */
    public static Studio start(StudioOptions options) {
        if (!Loopback.names(options.host())) {
            throw BadInputException.at(
                    "--host " + options.host(),
                    "an address that others reach, and no accounts",
                    "127.0.0.1",
                    "leave --host out");
        }
        Studio studio = new Studio(options);
        studio.server.start(options.host(), options.port());
        return studio;
    }

    /** Where a browser finds it. */
    public String address() {
        return "http://" + options.host() + ":" + server.port() + "/";
    }

    @Override
    public void close() {
        server.stop();
        store.close();
    }
}
