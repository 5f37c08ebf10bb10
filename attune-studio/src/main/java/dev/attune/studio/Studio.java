package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.studio.auth.LocalAuthenticator;
import dev.attune.studio.page.FrontEnd;
import dev.attune.studio.page.RequiredRole;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.staticfiles.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A running studio. */
public final class Studio implements AutoCloseable {
    /** Pages load nothing from other hosts and have no inline scripts. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self'";

    private static final long MAX_BODY_BYTES = 4_000_000;

    private final StudioOptions options;
    private final StudioServices services;
    private final Javalin server;

    private Studio(StudioOptions options, Wiring wiring) {
        this.options = options;
        this.services = new StudioServices(options, wiring);
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = MAX_BODY_BYTES;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/assets";
                files.location = Location.CLASSPATH;
                files.roles = Set.of(RequiredRole.NONE);
            });
            guard(config.routes, services);
            ServerErrors.add(config, services);
            FrontEnd.add(config.routes);
            services.add(config.routes);
        });
    }

    private static void guard(RoutesConfig routes, StudioServices services) {
        routes.before(context -> {
            context.header("Content-Security-Policy", POLICY);
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Referrer-Policy", "same-origin");
            services.authenticator().guard(context);
        });
        routes.exception(UnauthorizedResponse.class, (wrong, context) -> sendToLogin(context));
        routes.exception(
                BadInputException.class,
                (wrong, context) -> services.refuse(context, 422, String.valueOf(wrong.getMessage())));
        routes.exception(
                NotFoundResponse.class,
                (wrong, context) -> services.refuse(context, 404, String.valueOf(wrong.getMessage())));
        routes.exception(
                ForbiddenResponse.class,
                (wrong, context) -> services.refuse(context, 403, String.valueOf(wrong.getMessage())));
    }

    /** Redirects pages to the login; requests of scripts get status 401. */
    private static void sendToLogin(Context context) {
        if (HandlerType.GET.equals(context.method())) {
            context.redirect("/login");
        } else {
            context.status(401).result("Please log in.");
        }
    }

    /**
     * Opens the store and answers requests until it is closed. This studio does not train.
     *
     * @throws BadInputException if the address or the database cannot be used
     */
    public static Studio start(StudioOptions options) {
        return start(options, Wiring.NONE);
    }

    /**
     * The same with training. Its runs are processes that continue when the studio ends.
     *
     * @throws BadInputException if the address or the database cannot be used
     */
    public static Studio start(StudioOptions options, Wiring wiring) {
        return start(options, wiring, false);
    }

    /**
     * The same; a team's studio warms up first, which takes some seconds.
     *
     * @throws BadInputException if the address or the database cannot be used
     */
    public static Studio startWarm(StudioOptions options, Wiring wiring) {
        return start(options, wiring, true);
    }

    private static Studio start(StudioOptions options, Wiring wiring, boolean warm) {
        Studio studio = new Studio(options, wiring);
        try {
            if (warm && studio.services.authenticator().shared()) {
                WarmUp.run(Path.of(System.getProperty("java.io.tmpdir")));
            }
            if (!studio.services.authenticator().shared() && !LocalAuthenticator.isLoopback(options.host())) {
                throw BadInputException.at(
                        "--host " + options.host(),
                        "an address that other machines reach, without accounts",
                        "127.0.0.1, or accounts",
                        "leave --host out, or create accounts with 'attune studio invite --role admin'");
            }
            studio.server.start(options.host(), options.port());
            studio.services.open();
            return studio;
        } catch (RuntimeException e) {
            studio.close();
            throw e;
        }
    }

    /** The address for browsers. */
    public String address() {
        return "http://" + options.host() + ":" + server.port() + "/";
    }

    /** The paths that answer GET, with their parameters in braces. */
    List<String> pages() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> HandlerType.GET.equals(endpoint.method))
                .map(endpoint -> endpoint.path)
                .toList();
    }

    @Override
    public void close() {
        services.closeConnections();
        server.stop();
        services.close();
    }
}
