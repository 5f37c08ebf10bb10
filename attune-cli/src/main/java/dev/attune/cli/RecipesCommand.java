package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.recipes.BuiltInRecipe;
import dev.attune.cli.terminal.Table;
import dev.attune.core.error.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune recipes}: the built-in recipes. */
@Command(
        name = "recipes",
        description = "List, show and copy the built-in recipes.",
        footer = {
            "",
            "Examples:",
            "  attune recipes list",
            "  attune recipes show ppo",
            "  attune recipes copy ppo my-run.yaml",
            "  attune train my-run.yaml out=runs/mine"
        },
        subcommands = {RecipesCommand.ListAll.class, RecipesCommand.Show.class, RecipesCommand.Copy.class})
final class RecipesCommand extends BaseCommand {
    @Override
    protected int run() {
        return new ListAll().print(out());
    }

    /** {@code recipes list}: one line per recipe, the name first. */
    @Command(
            name = "list",
            description = "List the built-in recipes, one per line, each with a summary.",
            footer = {"", "Example:", "  attune recipes list --json"})
    static final class ListAll extends BaseCommand {
        @Option(names = "--json", description = "Print a list of {name, summary}.")
        private boolean json;

        @Override
        protected int run() {
            if (!json) {
                return print(out());
            }
            List<Map<String, String>> rows = BuiltInRecipe.all().stream()
                    .map(recipe -> Map.of("name", recipe.name(), "summary", recipe.summary()))
                    .toList();
            json(rows);
            return 0;
        }

        int print(java.io.PrintWriter out) {
            Table table = Table.of("", "");
            BuiltInRecipe.all().forEach(recipe -> table.row(recipe.name(), recipe.summary()));
            out.print(table);
            return 0;
        }
    }

    /** {@code recipes show NAME}. */
    @Command(
            name = "show",
            description = "Print a built-in recipe.",
            footer = {"", "Example:", "  attune recipes show stories"})
    static final class Show extends BaseCommand {
        @Parameters(paramLabel = "NAME", description = "Name of a recipe from 'attune recipes list'.")
        private String name;

        @Override
        protected int run() {
            out().print(BuiltInRecipe.named(name).yaml());
            return 0;
        }
    }

    /** {@code recipes copy NAME [FILE]}. */
    @Command(
            name = "copy",
            description = "Copy a built-in recipe to a file to edit.",
            footer = {"", "Example:", "  attune recipes copy reward my-reward.yaml"})
    static final class Copy extends BaseCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "Name of a recipe from 'attune recipes list'.")
        private String name;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "FILE",
                description = "Output file (default: NAME.yaml in the current directory).")
        private @Nullable Path file;

        @Option(names = "--force", description = "Overwrite an existing file.")
        private boolean force;

        @Override
        protected int run() throws IOException {
            BuiltInRecipe recipe = BuiltInRecipe.named(name);
            Path given = file == null ? Path.of(name + ".yaml") : file;
            Path target = Files.isDirectory(given) ? given.resolve(name + ".yaml") : given;
            if (Files.exists(target) && !force) {
                throw new BadInputException(target + ": the file exists already; name another one or add --force");
            }
            Files.writeString(target, recipe.yaml());
            out().println(target);
            return 0;
        }
    }
}
