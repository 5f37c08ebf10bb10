package dev.attune.world.export;

import dev.attune.core.io.AtomicFiles;
import dev.attune.core.json.Json;
import dev.attune.world.Fact;
import dev.attune.world.Query;
import dev.attune.world.World;
import dev.attune.world.WorldPrompt;
import dev.attune.world.corpus.CorpusDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Writes parts of the world as JSON lines, for inspection. */
public final class WorldExport {
    private WorldExport() {}

    /** One prompt per line: id, split, kind, prompt, query, and the truth if there is one. */
    public static void prompts(Path file, List<WorldPrompt> prompts) throws IOException {
        lines(file, prompts.stream().map(WorldExport::line));
    }

    /** One document per line: {@code {"text"}} for passages, {@code {"prompt", "completion"}} for dialogues. */
    public static void documents(Path file, Stream<CorpusDocument> documents) throws IOException {
        lines(file, documents.map(WorldExport::line));
    }

    /** The valley book, one fact per line. */
    public static void facts(Path file, World world) throws IOException {
        lines(file, world.facts().stream().map(fact -> line(world, fact)));
    }

    private static Map<String, Object> line(World world, Fact fact) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("entity", fact.entity().name());
        line.put("type", fact.entity().type().key());
        line.put("relation", fact.relation().key());
        line.put("value", fact.value());
        line.put("held_out", world.heldOut(fact.entity()) || world.heldOut(fact.relation()));
        return line;
    }

    private static Map<String, Object> line(CorpusDocument document) {
        if (document instanceof CorpusDocument.Dialogue dialogue) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("prompt", dialogue.user());
            line.put("completion", dialogue.assistant());
            return line;
        }
        return Map.of("text", ((CorpusDocument.Passage) document).text());
    }

    private static Map<String, Object> line(WorldPrompt prompt) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", prompt.id());
        line.put("split", configName(prompt.split()));
        line.put("kind", configName(prompt.kind()));
        line.put("prompt", prompt.text());
        line.put("phrasing", prompt.phrasing());
        if (prompt.query() instanceof Query.FactQuery fact) {
            line.put("source", configName(fact.source()));
            line.put("entity", fact.entity().name());
            line.put("known", fact.known());
            line.put("relation", fact.relation().key());
            line.put("truth", fact.truth());
        } else if (prompt.query() instanceof Query.TopicQuery unrecorded) {
            line.put("entity", unrecorded.entity().name());
            line.put("unrecorded_topic", unrecorded.unrecorded().key());
        } else if (prompt.query() instanceof Query.HarmQuery harm) {
            line.put("harm", harm.harm().key());
            line.put("act", harm.act());
        }
        return line;
    }

    private static String configName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void lines(Path file, Stream<Map<String, Object>> lines) throws IOException {
        AtomicFiles.write(file, out -> {
            for (Iterator<Map<String, Object>> each = lines.iterator(); each.hasNext(); ) {
                write(out, Json.line(each.next()));
            }
        });
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
