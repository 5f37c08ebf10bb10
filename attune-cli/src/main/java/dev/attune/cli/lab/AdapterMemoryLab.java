package dev.attune.cli.lab;

import dev.attune.cli.process.OwnProcess;
import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attune lab adapter-memory}: the peak memory of PPO with and without a shared base, and of a long row. */
@Command(
        name = "adapter-memory",
        description = {
            "Train each of these in a process of its own for one step, and print its peak memory: PPO with policy, reference,"
                    + " reward model and critic as networks of their own; PPO of adapters on one base; SFT of an adapter on a row of"
                    + " 4,096 tokens, with and without checkpointing of activations.",
            "The long row is then trained again with a limit of memory between the two peaks."
        },
        footer = {"", "Example:", "  attune lab adapter-memory --evidence docs/evidence/adapter-memory.txt"})
final class AdapterMemoryLab extends LabCommand {
    private static final int LONG = 4096;
    private static final String LORA = "lora: {rank: 16}\n";
    private static final String CHECKPOINTING = "gradient_checkpointing: true\n";

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "runs/smollm2",
            description = "A language model with a chat template (default: ${DEFAULT-VALUE}).")
    private Path model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs/lab-adapter-memory",
            description = "Directory of the runs, which must not exist (default: ${DEFAULT-VALUE}).")
    private Path out;

    /** How a process ended: its status, and the peak of its resident memory in GB if it succeeded. */
    private record Ended(int status, double gigabytes) {}

    @Override
    void measure(Figures figures) throws Exception {
        if (Files.exists(out)) {
            throw BadInputException.at(
                    out.toString(), "earlier runs", "no such directory", "remove it or name another --out");
        }
        Files.createDirectories(out);
        train("reward", reward(), 0);
        double whole = train("ppo-whole", ppo("model", ""), 0).gigabytes;
        double shared = train("ppo-shared", ppo("adapter", LORA), 0).gigabytes;
        figures.add("PPO, four networks, GB", whole, Target.NONE);
        figures.add("PPO, one base and adapters, GB", shared, Target.atMost(whole / 2));
        double plain = train("long-plain", longRow(""), 0).gigabytes;
        double checkpointed = train("long-checkpointed", longRow(CHECKPOINTING), 0).gigabytes;
        figures.add("row of 4,096 tokens, GB", plain, Target.NONE);
        figures.add("row of 4,096 tokens with checkpointing, GB", checkpointed, Target.under(plain));
        double limit = (plain + checkpointed) / 2;
        figures.add("limit of memory, GB", limit, Target.NONE);
        figures.add(
                "exit status of the row under the limit",
                train("limited-plain", longRow(""), limit).status,
                Target.atLeast(1),
                "does not fit");
        figures.add(
                "the same with checkpointing",
                train("limited-checkpointed", longRow(CHECKPOINTING), limit).status,
                Target.atMost(0),
                "fits");
    }

    private String reward() throws IOException {
        Path pairs = write(
                "pairs.jsonl",
                IntStream.range(0, 8)
                        .mapToObj(i -> "{\"prompt\": \"Name a fruit, please: " + i
                                + "\", \"chosen\": \"An apple.\", \"rejected\": \"No.\"}\n")
                        .collect(Collectors.joining()));
        return "method: reward\nmodel: " + model + "\n" + LORA + "data: {path: " + pairs
                + "}\nbatch: {rows: 4, micro: 2}\nevaluate: {every: 0, split: 0}\nsteps: 1\n";
    }

    private String ppo(String reward, String more) throws IOException {
        Path prompts = write(
                "prompts.jsonl",
                IntStream.range(0, 8)
                        .mapToObj(i -> "{\"prompt\": \"Name a fruit, please: " + i + "\"}\n")
                        .collect(Collectors.joining()));
        return "method: ppo\nmodel: " + model + "\n" + more + "reward: [{model: "
                + out.resolve("reward").resolve(reward) + "}]\ndata: {path: " + prompts
                + ", format: prompts}\ngeneration: {max_new_tokens: 16}\nbatch: {rollouts: 4, micro: 2}\n"
                + "ppo: {epochs: 1}\nevaluate: {every: 0, split: 0}\nsteps: 1\n";
    }

    private String longRow(String more) throws IOException {
        Path rows = write(
                "long.jsonl",
                "{\"prompt\": \"Count.\", \"completion\": \""
                        + IntStream.range(0, LONG).mapToObj(Integer::toString).collect(Collectors.joining(" "))
                        + "\"}\n");
        return "method: sft\nmodel: " + model + "\n" + LORA + more + "data: {path: " + rows + ", max_length: " + LONG
                + ", overlong: keep_start}\nbatch: {rows: 1, micro: 1}\nevaluate: {every: 0, split: 0}\nsteps: 1\n";
    }

    private Path write(String name, String text) throws IOException {
        Path file = out.resolve(name);
        AtomicFiles.write(file, text);
        return file;
    }

    /**
     * Trains in a process.
     *
     * @param limit of its data segment in GB; 0 for none
     */
    private Ended train(String name, String recipe, double limit) throws IOException, InterruptedException {
        err().println("training " + name);
        Path file = write(name + ".yaml", recipe);
        List<String> command = new ArrayList<>();
        if (limit > 0) {
            long kilobytes = (long) (limit * 1e9 / 1024);
            command.addAll(List.of("sh", "-c", "ulimit -d " + kilobytes + "; exec \"$@\"", "sh"));
        }
        command.addAll(OwnProcess.command(
                List.of("-Xmx512m"), List.of("train", file.toString(), "out=" + out.resolve(name), "--json")));
        Path log = out.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        String result = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0 && limit == 0) {
            throw new RunFailedException(name + " ended with status " + status + "; " + log + " says why");
        }
        double peak = status == 0 ? Json.tree(result).get("peak_memory").doubleValue() / 1e9 : Double.NaN;
        return new Ended(status, peak);
    }
}
