package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.LoginGuard;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import dev.attune.studio.door.Door;
import dev.attune.studio.door.LocalDoor;
import dev.attune.studio.door.TeamDoor;
import dev.attune.studio.inspect.TokenNames;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.http.staticfiles.Location;
import java.time.Clock;

/** A running studio. */
public final class Studio implements AutoCloseable {
    /** Nothing is loaded from elsewhere, and no script stands in a page. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'; form-action 'self'";

    private static final long LARGEST_BODY = 4_000_000;

    private final Store store;
    private final Javalin server;
    private final StudioOptions options;
    private final boolean team;

    private Studio(StudioOptions options, TokenNames names) {
        this.options = options;
        this.store = Store.open(options.database());
        Accounts accounts = new Accounts(store);
        Pages pages = new Pages();
        Door door = accounts.any() ? new TeamDoor(accounts) : new LocalDoor(alone(store));
        Access access = new Access(store, door);
        this.team = door.team();
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/assets";
                files.location = Location.CLASSPATH;
            });
            guard(config.routes, door);
            if (door instanceof TeamDoor team) {
                new LoginPages(accounts, team, new LoginGuard(Clock.systemUTC()), pages).add(config.routes);
            }
            new ProjectPages(store, pages, access).add(config.routes);
            new RankingPages(store, pages, access).add(config.routes);
            new InspectPages(new RunShelf(options.runs()), names, pages, access).add(config.routes);
        });
    }

    /** Without accounts whoever sits at the machine does everything. */
    private static Labeler alone(Store store) {
        return new Labelers(store).named(System.getProperty("user.name", "me"), Labeler.Role.ADMIN);
    }

    private static void guard(RoutesConfig routes, Door door) {
        routes.before(context -> {
            context.header("Content-Security-Policy", POLICY);
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Referrer-Policy", "same-origin");
            door.guard(context);
        });
        routes.exception(UnauthorizedResponse.class, (wrong, context) -> sendToLogin(context));
        routes.exception(BadInputException.class, Studio::refuse);
    }

    private static void refuse(BadInputException wrong, Context context) {
        context.status(422).result(String.valueOf(wrong.getMessage()));
    }

    /** A page leads to the login; what a page's script asks for gets the bare answer. */
    private static void sendToLogin(Context context) {
        if (HandlerType.GET.equals(context.method())) {
            context.redirect("/login");
        } else {
            context.status(401).result("Please log in.");
        }
    }

    /** Without a tokenizer: the inspector calls tokens by their numbers. */
    public static Studio start(StudioOptions options) {
        return start(options, TokenNames.NUMBERS);
    }

    /**
     * Opens the store and answers requests until it is closed.
     *
     * @param names what tokens say
     * @throws BadInputException where the address or the database cannot be used
     */
    public static Studio start(StudioOptions options, TokenNames names) {
        Studio studio = new Studio(options, names);
        try {
            if (!studio.team && !LocalDoor.isLoopback(options.host())) {
                throw BadInputException.at(
                        "--host " + options.host(),
                        "an address that others reach, and no accounts",
                        "127.0.0.1, or accounts",
                        "leave --host out, or begin with 'attune studio invite --role admin'");
            }
            studio.server.start(options.host(), options.port());
            return studio;
        } catch (RuntimeException e) {
            studio.close();
            throw e;
        }
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
