package dev.attune.cli.aifeedback;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.command.EngineOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Base of the commands that run a job of AI feedback by a recipe. */
abstract class JobCommand extends BaseCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "RECIPE|key=value",
            description = "Recipe, followed by overrides of its settings.")
    private List<String> arguments = new ArrayList<>();

    @Mixin
    private EngineOptions engine;

    /** Runs the job; call {@link #startEngine} before a model is opened. */
    abstract void run(JobArguments job) throws IOException;

    final void startEngine() {
        engine.apply();
    }

    @Override
    protected final int run() throws IOException {
        run(JobArguments.of("attune " + name(), arguments));
        return 0;
    }
}
