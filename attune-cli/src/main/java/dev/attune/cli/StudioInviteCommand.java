package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.text.ConfigNamed;
import dev.attune.feedback.account.Invitations;
import dev.attune.feedback.store.Labeler;
import dev.attune.feedback.store.Store;
import dev.attune.studio.StudioOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code attune studio invite}: prints an invitation link for an account. */
@Command(
        name = "invite",
        description = {
            "Print an invitation link: one person creates an account with it, once and within a week.",
            "From the first invitation on, everybody has to log in to the studio."
        },
        footer = {"", "Example:", "  attune studio invite --role admin"})
final class StudioInviteCommand extends BaseCommand {
    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "Role of the account: admin, reviewer or labeler.")
    private String role;

    @Option(
            names = "--address",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:" + StudioOptions.PORT,
            description = "Address of the studio for people's browsers (default: ${DEFAULT-VALUE}).")
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
