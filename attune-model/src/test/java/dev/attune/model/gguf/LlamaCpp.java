package dev.attune.model.gguf;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LogLevel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.CacheType;
import de.kherud.llama.args.LogFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * llama.cpp in a process of its own: its threads outlive a model and would keep the tests running, and a file that it
 * cannot read ends the process. Greedy, with float32 keys and values.
 */
final class LlamaCpp {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MARK = "llama-answer ";

    private LlamaCpp() {}

    /**
     * What llama.cpp made of a prompt.
     *
     * @param ids its tokens, BOS included
     * @param text the greedy continuation, up to a token that ends it
     */
    record Answer(List<Integer> ids, String text) {}

    /** Runs prompts one after the other. */
    static List<Answer> complete(Path file, int newTokens, List<String> prompts) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LlamaCpp.class.getName(),
                        file.toString(),
                        Integer.toString(newTokens))
                .redirectErrorStream(true)
                .start();
        List<Answer> answers = new ArrayList<>();
        StringBuilder log = new StringBuilder();
        try (var in = process.outputWriter(StandardCharsets.UTF_8);
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write(JSON.writeValueAsString(prompts) + "\n");
            in.flush();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(MARK)) {
                    answers.add(answer(JSON.readTree(line.substring(MARK.length()))));
                } else {
                    log.append(line).append('\n');
                }
            }
            process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (answers.size() != prompts.size()) {
            throw new IOException("llama.cpp cannot run " + file + ": " + log);
        }
        return answers;
    }

    private static Answer answer(JsonNode json) {
        return new Answer(
                json.get("ids").valueStream().map(JsonNode::asInt).toList(),
                json.get("text").asString());
    }

    /** Arguments: a GGUF file, the number of new tokens. Reads a JSON list of prompts, and writes an answer a line. */
    public static void main(String[] arguments) throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {
            if (level == LogLevel.ERROR || level == LogLevel.WARN) {
                System.out.print(message);
            }
        });
        ModelParameters parameters = new ModelParameters()
                .setModel(arguments[0])
                .setThreads(2)
                .setThreadsBatch(2)
                .setCtxSize(512)
                .setCacheTypeK(CacheType.F32)
                .setCacheTypeV(CacheType.F32);
        LlamaModel model = new LlamaModel(parameters);
        for (JsonNode prompt : JSON.readTree(line)) {
            String text = model.complete(new InferenceParameters(prompt.asString())
                    .setNPredict(Integer.parseInt(arguments[1]))
                    .setCachePrompt(false)
                    .setTemperature(0));
            String answer =
                    JSON.writeValueAsString(java.util.Map.of("ids", model.encode(prompt.asString()), "text", text));
            System.out.print("\n" + MARK + answer + "\n");
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
