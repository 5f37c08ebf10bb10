package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.ApiTokens;
import dev.attune.feedback.account.LoginGuard;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Labelers;
import dev.attune.feedback.store.Store;
import dev.attune.studio.door.Door;
import dev.attune.studio.door.FrontDoor;
import dev.attune.studio.door.LocalDoor;
import dev.attune.studio.door.TeamDoor;
import dev.attune.studio.drawing.DrawingWorker;
import dev.attune.studio.loop.Chain;
import dev.attune.studio.models.OpenModels;
import dev.attune.studio.playground.Playground;
import dev.attune.studio.run.RunCatalog;
import dev.attune.studio.run.RunKeeper;
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
    private final FrontDoor door;
    private final OpenModels models;
    private final DrawingWorker worker;
    private final Playground playground;
    private final LiveRuns live;
    private final Workers workers;

    private Studio(StudioOptions options, Wiring wiring) {
        this.options = options;
        this.store = Store.open(options.database());
        Accounts accounts = new Accounts(store);
        Pages pages = new Pages();
        TeamDoor team = new TeamDoor(accounts, new ApiTokens(store));
        this.door = new FrontDoor(accounts, new LocalDoor(alone(store)), team);
        Access access = new Access(store, door);
        this.models = new OpenModels(wiring.models()::text, wiring.models()::scoring);
        this.worker = new DrawingWorker(store, models);
        this.playground = new Playground(store, models);
        this.live = new LiveRuns(store);
        RunCatalog catalog = new RunCatalog(options.runs(), store);
        RunKeeper keeper = new RunKeeper(store, wiring.train(), options.jobs());
        this.server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = LARGEST_BODY;
            config.staticFiles.add(files -> {
                files.hostedPath = "/assets";
                files.directory = "/assets";
                files.location = Location.CLASSPATH;
            });
            guard(config.routes, door);
            FrontEnd.add(config.routes);
            new LoginPages(store, team, new LoginGuard(Clock.systemUTC()), pages).add(config.routes);
            new PeoplePages(store, pages, access).add(config.routes);
            new AccountPages(store, pages, access).add(config.routes);
            new AuditPages(store, pages, access).add(config.routes);
            new ExchangePages(store, access).add(config.routes);
            new QualityPages(store, pages, access).add(config.routes);
            new ReviewPages(store, pages, access).add(config.routes);
            new RankingPages(store, pages, access, worker).add(config.routes);
            new ModelPages(store, pages, access).add(config.routes);
            new PlaygroundPages(store, pages, access, playground).add(config.routes);
            new DrawingPages(store, pages, access, worker).add(config.routes);
            new ProjectPages(store, pages, access, new Chain(store, catalog), wiring.trains()).add(config.routes);
            new RunPages(store, pages, access, catalog, keeper, live).add(config.routes);
            if (wiring.trains()) {
                new LoopPages(store, pages, access, catalog, wiring).add(config.routes);
            }
        });
        this.workers = Workers.start(store, keeper, wiring);
    }

    /** Without accounts whoever sits at the machine does everything. */
    private static Labeler alone(Store store) {
        return new Labelers(store).atThisMachine();
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

    /**
     * Opens the store and answers requests until it is closed. People rank; it trains nothing.
     *
     * @throws BadInputException where the address or the database cannot be used
     */
    public static Studio start(StudioOptions options) {
        return start(options, Wiring.NONE);
    }

    /**
     * The same with training. Its runs are processes that go on when the studio ends.
     *
     * @throws BadInputException where the address or the database cannot be used
     */
    public static Studio start(StudioOptions options, Wiring wiring) {
        Studio studio = new Studio(options, wiring);
        try {
            if (!studio.door.shared() && !LocalDoor.isLoopback(options.host())) {
                throw BadInputException.at(
                        "--host " + options.host(),
                        "an address that others reach, and no accounts",
                        "127.0.0.1, or accounts",
                        "leave --host out, or begin with 'attune studio invite --role admin'");
            }
            studio.server.start(options.host(), options.port());
            studio.worker.start();
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
        workers.close();
        live.close();
        server.stop();
        playground.close();
        worker.close();
        models.close();
        store.close();
    }
}
