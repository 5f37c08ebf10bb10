package dev.attune.studio.team;

import dev.attune.core.error.BadInputException;
import dev.attune.feedback.account.Accounts;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.account.LoginGuard;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.auth.TeamAuthenticator;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.Map;
import java.util.Optional;

/** Login, logout and invitations. */
public final class LoginPages {
    private final Accounts accounts;
    private final Invitations invitations;
    private final TeamAuthenticator authenticator;
    private final LoginGuard guard;
    private final Pages pages;

    public LoginPages(Store store, TeamAuthenticator authenticator, LoginGuard guard, Pages pages) {
        this.accounts = new Accounts(store);
        this.invitations = new Invitations(store);
        this.authenticator = authenticator;
        this.guard = guard;
        this.pages = pages;
    }

    public void add(RoutesConfig routes) {
        routes.get("/login", context -> show(context, ""), RequiredRole.NONE);
        routes.post("/login", this::login, RequiredRole.NONE);
        routes.post("/logout", this::logout, RequiredRole.NONE);
        routes.get("/join/{secret}", context -> invited(context, ""), RequiredRole.NONE);
        routes.post("/join/{secret}", this::join, RequiredRole.NONE);
    }

    private void show(Context context, String wrong) {
        pages.showOutside(context, "login.jte", Map.of("wrong", wrong));
    }

    private void login(Context context) {
        String name = Forms.text(context, "name");
        String password = Forms.text(context, "password");
        String ofName = "name " + name.strip();
        String ofAddress = "address " + context.ip();
        long wait = Math.max(guard.waitMillis(ofName), guard.waitMillis(ofAddress));
        if (wait > 0) {
            long seconds = (wait + 999) / 1000;
            context.status(429).header("Retry-After", Long.toString(seconds));
            show(context, "Too many attempts. Wait " + seconds + " seconds.");
            return;
        }
        Optional<Labeler> labeler = accounts.login(name, password);
        if (labeler.isEmpty()) {
            guard.failed(ofName);
            guard.failed(ofAddress);
            context.status(401);
            show(context, "No account has this name and password.");
            return;
        }
        guard.succeeded(ofName);
        authenticator.begin(context, labeler.get());
        context.redirect("/");
    }

    private void logout(Context context) {
        authenticator.end(context);
        context.redirect("/login");
    }

    private void invited(Context context, String wrong) {
        Invitations.Invitation invitation = invitations
                .find(context.pathParam("secret"))
                .orElseThrow(() -> new NotFoundResponse("This invitation was used or has expired: ask for a new one."));
        String name = invitation.person() == null ? "" : invitation.person().name();
        pages.showOutside(
                context, "join.jte", Map.of("role", invitation.role().configName(), "name", name, "wrong", wrong));
    }

    private void join(Context context) {
        try {
            Labeler labeler = invitations.accept(
                    context.pathParam("secret"), Forms.text(context, "name"), Forms.text(context, "password"));
            authenticator.begin(context, labeler);
            context.redirect("/");
        } catch (BadInputException refused) {
            context.status(422);
            invited(context, String.valueOf(refused.getMessage()));
        }
    }
}
