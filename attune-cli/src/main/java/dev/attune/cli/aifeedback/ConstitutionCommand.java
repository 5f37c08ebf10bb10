package dev.attune.cli.aifeedback;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.recipes.KeyValues;
import dev.attune.cli.terminal.Table;
import dev.attune.core.chart.Html;
import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Overrides;
import dev.attune.core.settings.YamlText;
import dev.attune.core.settings.YamlTree;
import dev.attune.feedback.constitution.Constitution;
import dev.attune.feedback.constitution.ConstitutionDiff;
import dev.attune.feedback.constitution.ConstitutionFile;
import dev.attune.feedback.constitution.Constitutions;
import dev.attune.feedback.constitution.Principle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune constitution}: files with the principles of AI feedback. */
@Command(
        name = "constitution",
        description = {
            "Check, show, compare and change constitutions: YAML files of principles, each with a critique request, a revision"
                    + " request and a comparison question. 'general' is the built-in one."
        },
        footer = {
            "",
            "Examples:",
            "  attune constitution check general",
            "  attune constitution show general > mine.yaml",
            "  attune constitution diff general mine.yaml"
        },
        subcommands = {
            ConstitutionCommand.Check.class,
            ConstitutionCommand.Show.class,
            ConstitutionCommand.Diff.class,
            ConstitutionCommand.Revise.class
        })
public final class ConstitutionCommand extends BaseCommand {
    @Override
    protected int run() {
        throw BadInputException.at(
                "attune constitution",
                "no subcommand",
                "check, show, diff or revise",
                "'attune constitution --help' shows examples");
    }

    /** {@code constitution check FILE}. */
    @Command(
            name = "check",
            description = "Validate a constitution and list its principles, with the probability that each is sampled.",
            footer = {"", "Example:", "  attune constitution check general"})
    static final class Check extends BaseCommand {
        @Parameters(paramLabel = "FILE", description = "Constitution: a file, or 'general' for the built-in one.")
        private String file;

        @Option(names = "--json", description = "Print {name, version, hash, principles, examples}.")
        private boolean json;

        @Override
        protected int run() {
            Constitution constitution = Constitutions.named(file);
            if (json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("name", constitution.name());
                result.put("version", constitution.version());
                result.put("hash", constitution.hash());
                result.put("principles", constitution.principles().size());
                result.put("examples", constitution.examples().size());
                json(result);
                return 0;
            }
            out().println(constitution.label());
            double total = constitution.principles().stream()
                    .mapToDouble(Principle::weight)
                    .sum();
            Table table = Table.of("principle", ">sampled, %", "tags", "comparison");
            for (Principle principle : constitution.principles()) {
                table.row(
                        principle.name(),
                        Html.number(100 * principle.weight() / total),
                        String.join(", ", principle.tags()),
                        principle.comparison());
            }
            out().print(table);
            out().println(constitution.examples().size() + " worked examples");
            return 0;
        }
    }

    /** {@code constitution show FILE}. */
    @Command(
            name = "show",
            description = "Print a constitution as it is written.",
            footer = {"", "Example:", "  attune constitution show general"})
    static final class Show extends BaseCommand {
        @Parameters(paramLabel = "FILE", description = "Constitution: a file, or 'general' for the built-in one.")
        private String file;

        @Override
        protected int run() throws IOException {
            out().print(Constitutions.text(file));
            return 0;
        }
    }

    /** {@code constitution diff BEFORE AFTER}. */
    @Command(
            name = "diff",
            description =
                    "Print the differences between two constitutions, key by key. Principles are matched by name.",
            footer = {"", "Example:", "  attune constitution diff general general"})
    static final class Diff extends BaseCommand {
        @Parameters(index = "0", paramLabel = "BEFORE", description = "Constitution: a file, or 'general'.")
        private String before;

        @Parameters(index = "1", paramLabel = "AFTER", description = "Constitution: a file, or 'general'.")
        private String after;

        @Option(names = "--json", description = "Print a list of {key, before, after}.")
        private boolean json;

        @Override
        protected int run() {
            List<ConstitutionDiff.Change> changes =
                    ConstitutionDiff.of(Constitutions.named(before), Constitutions.named(after));
            if (json) {
                json(changes);
                return 0;
            }
            if (changes.isEmpty()) {
                out().println("no differences");
            }
            for (ConstitutionDiff.Change change : changes) {
                out().println(change.key());
                if (change.before() != null) {
                    out().println("  - " + change.before());
                }
                if (change.after() != null) {
                    out().println("  + " + change.after());
                }
            }
            return 0;
        }
    }

    /** {@code constitution revise FILE OUT key=value...}. */
    @Command(
            name = "revise",
            description = {
                "Write the next version of a constitution, with changed keys. The new version names the one before it by hash.",
                "A key is written as in the file, with the name of a principle: principles.no-harm.weight=2."
            },
            footer = {"", "Example:", "  attune constitution revise general mine.yaml principles.no-harm.weight=5"})
    static final class Revise extends BaseCommand {
        @Parameters(index = "0", paramLabel = "FILE", description = "Constitution: a file, or 'general'.")
        private String file;

        @Parameters(index = "1", paramLabel = "OUT", description = "Output file.")
        private Path out;

        @Parameters(index = "2..*", arity = "1..*", paramLabel = "key=value", description = "Changes.")
        private List<String> changes = new ArrayList<>();

        @Option(names = "--force", description = "Overwrite an existing file.")
        private boolean force;

        @Override
        protected int run() throws IOException {
            if (Files.exists(out) && !force) {
                throw BadInputException.at(
                        out.toString(), "a file that exists", "a new file", "choose another name, or add --force");
            }
            Constitution before = Constitutions.named(file);
            Node tree = YamlTree.parse(file, YamlText.of(before));
            Node changed = Overrides.apply(tree, KeyValues.of("attune constitution revise", changes));
            Constitution after = ConstitutionFile.read(file, changed).following(before);
            if (ConstitutionDiff.of(before, after).size() <= 1) {
                throw BadInputException.at(
                        "attune constitution revise", "no change", "a key with another value", "check the values");
            }
            ConstitutionFile.write(out, after);
            out().println(after.label() + " written to " + out);
            return 0;
        }
    }
}
