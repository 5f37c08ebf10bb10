package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The help of every command and subcommand. */
class HelpTest {
    static List<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>();
        collect(new CommandLine(new Attune()), all);
        return all;
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(sub -> collect(sub, all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsPrintedWithoutWarnings(CommandLine command) {
        List<String> path = List.of(command.getCommandSpec().qualifiedName().split(" "));
        List<String> arguments = new ArrayList<>(path.subList(1, path.size()));
        arguments.add("--help");
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        CommandLineRun run;
        try {
            run = CommandLineRun.of(arguments.toArray(String[]::new));
        } finally {
            System.setErr(before);
        }
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: " + String.join(" ", path)).doesNotContain("%%");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyArgumentIsDescribedInASentenceWithItsDefault(CommandLine command) {
        Stream<ArgSpec> arguments = Stream.concat(
                command.getCommandSpec().options().stream(), command.getCommandSpec().positionalParameters().stream());
        arguments.forEach(argument -> {
            String text = String.join(" ", argument.description());
            assertThat(text).as(argument.paramLabel()).matches("[A-Z].*\\.");
            if (argument.arity().max() > 0) {
                assertThat(argument.paramLabel()).doesNotStartWith("<");
                if (argument.defaultValue() != null) {
                    assertThat(text).as(argument.paramLabel()).contains("default");
                }
            }
        });
    }
}
