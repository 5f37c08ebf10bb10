package dev.attune.cli.docs;

import dev.attune.cli.CommandLineRun;
import dev.attune.core.json.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Commands that run one after the other in a folder, as somebody types them there. A process of its own has that folder as its
 * current one; within it every command is a call.
 */
final class CommandSession implements AutoCloseable {
    /** In front of each answer, so that it is found among what engines print. */
    private static final String MARK = "attune-session ";

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    CommandSession(Path folder) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1500m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CommandSession.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = process.outputWriter(StandardCharsets.UTF_8);
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    CommandLineRun run(List<String> words) throws IOException {
        in.write(Json.line(words) + "\n");
        in.flush();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(MARK)) {
                JsonNode answer = Json.tree(line.substring(MARK.length()));
                return new CommandLineRun(
                        answer.get("status").asInt(),
                        answer.get("out").asString(),
                        answer.get("err").asString());
            }
        }
        throw new IOException("the process ended during " + words);
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }

    /** Reads a list of words a line and answers each with what the command made of it. */
    public static void main(String[] none) throws IOException {
        PrintStream answers = System.out;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = new ArrayList<>();
            Json.tree(line).forEach(word -> words.add(word.asString()));
            answers.println(MARK + Json.line(CommandLineRun.of(words.toArray(String[]::new))));
            answers.flush();
        }
    }
}
