package dev.attune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The {@code attune} script, with a stand-in for its build: what it does to the environment of the JVM. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    /** ids of 'Café 😀' by the tokenizer of stories260K, as transformers gives them. */
    private static final List<Integer> CAFE = List.of(1, 410, 457, 412, 431, 485, 410, 243, 162, 155, 131);

    @TempDir
    Path folder;

    private Path launcher;

    /** A copy of the script whose jars are empty and whose class path is that of this test. */
    @BeforeEach
    void install() throws IOException {
        Path root = folder.resolve("installed");
        Path original = Path.of(System.getProperty("attune.root"), "attune");
        for (String module : modules(original)) {
            Path target = Files.createDirectories(root.resolve(module).resolve("target"));
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
            Files.write(target.resolve(module + "-0.jar"), new byte[0]);
        }
        Files.writeString(root.resolve("pom.xml"), "");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String existing = String.join(
                ":",
                List.of(classPath.split(":")).stream()
                        .filter(entry -> Files.exists(Path.of(entry)))
                        .sorted((a, b) -> Boolean.compare(Files.isDirectory(Path.of(a)), Files.isDirectory(Path.of(b))))
                        .toList());
        Files.writeString(root.resolve("attune-cli/target/classpath.txt"), existing);
        Path script = root.resolve("attune");
        Files.copy(original, script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        launcher = script;
    }

    /** The modules whose jars the script looks for, as it names them. */
    private static List<String> modules(Path script) throws IOException {
        String names = Files.readAllLines(script).stream()
                .filter(line -> line.startsWith("modules="))
                .findFirst()
                .orElseThrow();
        return List.of(names.substring("modules=".length()).replace("\"", "").split(" "));
    }

    private record Ended(int status, String out, String err) {}

    private Ended run(String locale, String input, List<String> arguments) throws IOException, InterruptedException {
        // Arguments go through printf's octal escapes: this JVM may itself be in a locale that cannot write them.
        List<String> command = new ArrayList<>(List.of("sh", "-c", script(arguments)));
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("LC_CTYPE");
        builder.environment().remove("LANG");
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ATTUNE_JAVA_OPTS", "-Dattune.threads=1");
        int status = builder.start().waitFor();
        return new Ended(status, Files.readString(out), Files.readString(err));
    }

    private String script(List<String> arguments) {
        StringBuilder line = new StringBuilder("exec " + launcher);
        for (String argument : arguments) {
            line.append(" \"$(printf '");
            for (byte b : argument.getBytes(StandardCharsets.UTF_8)) {
                line.append(String.format("\\%03o", b & 0xff));
            }
            line.append("')\"");
        }
        return line.toString();
    }

    @ParameterizedTest
    @Tag("shared")
    @ValueSource(strings = {"C", "", "xx_XX.ISO-8859-1"})
    void promptsAreReadAsUtf8WhateverTheLocale(String locale) throws IOException, InterruptedException {
        Path model = Path.of(System.getProperty("attune.shared"), "models", "stories260K");
        Ended ended = run(
                locale,
                "",
                List.of(
                        "generate",
                        model.toString(),
                        "--prompt",
                        "Caf\u00e9 \ud83d\ude00",
                        "--greedy",
                        "--max-new-tokens",
                        "5",
                        "--json"));
        assertThat(ended.status()).as(ended.err()).isZero();
        JsonNode result = Json.tree(ended.out());
        assertThat(result.get("prompt").stringValue()).isEqualTo("Caf\u00e9 \ud83d\ude00");
        assertThat(result.get("prompt_token_ids").valueStream().map(JsonNode::asInt))
                .containsExactlyElementsOf(CAFE);
        assertThat(result.get("text").stringValue()).startsWith("Caf\u00e9 \ud83d\ude00");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void pathsAreReadAndWrittenAsUtf8() throws IOException, InterruptedException {
        String name = "donn\u00e9es \u4f60\u597d.jsonl";
        Ended missing = run("C", "", List.of("data", "inspect", name));
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains(name);
        String recipe = folder + "/rec\u00e9tte \ud83d\ude00.yaml";
        Ended copied = run("C", "", List.of("recipes", "copy", "sft", recipe));
        assertThat(copied.status()).as(copied.err()).isZero();
        assertThat(list()).contains("rec\u00e9tte \ud83d\ude00.yaml");
    }

    /** The names in the folder as bytes in UTF-8, whatever locale this JVM runs in. */
    private String list() throws IOException, InterruptedException {
        Path out = folder.resolve("names");
        Process process = new ProcessBuilder("ls", "--", folder.toString())
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(out);
    }

    @Test
    void helpPrintsNothingOnStandardError() throws IOException, InterruptedException {
        Ended root = run("C", "", List.of("--help"));
        assertThat(root.status()).isZero();
        assertThat(root.out()).startsWith("Usage: attune");
        assertThat(root.err()).isEmpty();
        Ended studio = run("C", "", List.of("studio", "--help"));
        assertThat(studio.out()).startsWith("Usage: attune studio");
        assertThat(studio.err()).isEmpty();
    }
}
