package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.cli.doctor.EngineChecks;
import dev.attune.cli.doctor.Finding;
import dev.attune.cli.doctor.Finding.Status;
import dev.attune.cli.doctor.MachineChecks;
import dev.attune.cli.doctor.ModelChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune doctor}: checks this machine and a model, with a remedy for each problem. */
@Command(
        name = "doctor",
        description = {
            "Check the engine, BLAS, threads, devices, versions, memory and disk, with a remedy for each problem.",
            "With MODEL, also check whether that model can be used: configuration, tokenizer, and weights that are NaN or"
                    + " infinite.",
            "Exit status 1 if a problem would make runs fail."
        },
        footer = {"", "Examples:", "  attune doctor --json", "  attune doctor runs/quickstart/base"})
final class DoctorCommand extends BaseCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "Model: a directory in Hugging Face format, or hf:owner/name.")
    private @Nullable String model;

    @Option(names = "--json", description = "Print a list of {name, status, value, remedy}.")
    private boolean json;

    @Override
    protected int run() {
        List<Finding> findings = new ArrayList<>(MachineChecks.all(Path.of("").toAbsolutePath()));
        findings.addAll(EngineChecks.all());
        if (model != null) {
            findings.addAll(ModelChecks.all(model));
        }
        if (json) {
            json(findings);
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(finding -> finding.status() == Status.PROBLEM) ? 1 : 0;
    }

    private void print(List<Finding> findings) {
        for (Finding finding : findings) {
            String mark = finding.status().name().toLowerCase(Locale.ROOT);
            out().printf("%-8s  %-25s %s%n", mark, finding.name(), finding.value());
            if (!finding.remedy().isEmpty()) {
                out().printf("%-8s  %-25s -> %s%n", "", "", finding.remedy());
            }
        }
        long problems = findings.stream()
                .filter(finding -> finding.status() != Status.OK)
                .count();
        out().println(
                        problems == 0
                                ? "no problems found"
                                : problems + " problems or warnings: see the lines marked ->");
    }
}
