package dev.attune.cli;

import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.StudioOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune studio invite}: the link by which somebody makes an account. */
@Command(
        name = "invite",
        description = {
            "Print a link with which one person makes an account, once and within a week.",
            "The first invitation turns the studio into a team's, in which everybody logs in."
        },
        footer = {"", "Example:", "  attune studio invite --role admin"})
final class StudioInviteCommand extends BaseCommand {
    @Mixin
    private DatabaseOption database;

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "admin, reviewer or labeler.")
    private String role;

    @Option(
            names = "--address",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + StudioOptions.PORT,
            description = "Where people reach the studio (default: ${DEFAULT-VALUE}).")
    private String address;

    @Override
    protected int run() {
        Labeler.Role wanted = ConfigNamed.parse(Labeler.Role.class, "--role", role);
        try (Store store = Store.open(database.url())) {
            String secret = new Invitations(store).invite(wanted, null);
            out().println(address.replaceFirst("/$", "") + "/join/" + secret);
        }
        return 0;
    }
}
