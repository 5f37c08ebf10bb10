package dev.attune.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Base of all subcommands: results go to {@link #out}, progress and logs to {@link #err}. */
public abstract class BaseCommand implements Callable<Integer> {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    public final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    public final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The whole command as it was typed, without the name of the program. */
    protected final String typed() {
        return String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }

    /** The name of this command, without those above it. */
    protected final String name() {
        return spec.name();
    }

    /** One JSON value on one line of standard output. */
    public final void json(Object value) {
        out().println(JSON.writeValueAsString(value));
    }

    /** Runs the command; throws {@link dev.attune.core.error.AttuneException} for errors that the user should read. */
    protected abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run();
    }
}
