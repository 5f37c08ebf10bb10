package dev.attune.studio.team;

import dev.attune.feedback.account.ApiTokens;
import dev.attune.feedback.store.Store;
import dev.attune.studio.page.Access;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Pages;
import dev.attune.studio.page.RequiredRole;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/** The account page: tokens for programs. */
public final class AccountPages {
    private final Pages pages;
    private final Access access;
    private final ApiTokens tokens;

    public AccountPages(Store store, Pages pages, Access access) {
        this.pages = pages;
        this.access = access;
        this.tokens = new ApiTokens(store);
    }

    public void add(RoutesConfig routes) {
        routes.get("/account", context -> show(context, ""), RequiredRole.LABELER);
        routes.post("/account/tokens", this::addToken, RequiredRole.LABELER);
        routes.post("/account/tokens/{token}/removal", this::removeToken, RequiredRole.LABELER);
    }

    /** @param secret of a token that was just created; it is shown only this time */
    private void show(Context context, String secret) {
        pages.show(context, "account.jte", Map.of("tokens", tokens.of(access.person(context)), "secret", secret));
    }

    private void addToken(Context context) {
        show(context, tokens.add(access.person(context), Forms.text(context, "name")));
    }

    private void removeToken(Context context) {
        tokens.remove(access.person(context), context.pathParam("token"));
        context.redirect("/account");
    }
}
