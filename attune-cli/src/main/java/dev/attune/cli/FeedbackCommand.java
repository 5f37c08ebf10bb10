package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.error.BadInputException;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Projects;
import dev.attune.feedback.store.Store;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code attune feedback}: the studio's database from the command line. */
@Command(
        name = "feedback",
        description =
                "Import tasks and rankings into the studio's database, export them, and measure the agreement of labelers.",
        footer = {
            "",
            "Examples:",
            "  attune feedback import tasks.jsonl --project \"Kind answers\" --criterion helpful,harmless",
            "  attune feedback export rankings.parquet --project \"Kind answers\"",
            "  attune feedback agreement --project \"Kind answers\""
        },
        subcommands = {FeedbackImportCommand.class, FeedbackExportCommand.class, FeedbackAgreementCommand.class})
final class FeedbackCommand extends BaseCommand {
    @Override
    protected int run() {
        throw BadInputException.at("attune feedback", "no subcommand", "import, export or agreement", "name one");
    }

    /** @throws BadInputException that lists the projects if there is none of that name */
    static Project project(Store store, String name) {
        Projects projects = new Projects(store);
        return projects.byName(name)
                .orElseThrow(() -> BadInputException.at(
                        "--project '" + name + "'",
                        "no such project",
                        projects.all().stream()
                                .map(one -> "'" + one.name() + "'")
                                .collect(Collectors.collectingAndThen(
                                        Collectors.joining(", "),
                                        names -> names.isEmpty()
                                                ? "an existing project; the database has none"
                                                : "one of " + names)),
                        "name another one, or create it with 'attune feedback import --criterion'"));
    }
}
