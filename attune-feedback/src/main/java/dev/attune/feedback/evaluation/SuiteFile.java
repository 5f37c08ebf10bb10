package dev.attune.feedback.evaluation;

import dev.attune.core.data.NamedRow;
import dev.attune.core.error.BadInputException;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.settings.YamlTree;
import dev.attune.feedback.harm.HarmJudgeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads suites from YAML. Data files are found from the suite's own directory. */
public final class SuiteFile {
    private static final String KINDS = "requests, questions, statements, options, perplexity or wins";
    private static final int MAX_TOKENS = 128;
    private static final Range TEMPERATURE = new Range(0, true, 10, true);

    private final Path directory;
    private final @Nullable Integer limit;

    private SuiteFile(Path directory, @Nullable Integer limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** Reads a suite with all of its prompts; {@code limit} applies to measures that set none, null: all rows. */
    public static Suite read(Path file, @Nullable Integer limit) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(
                    file.toString(),
                    "no such file",
                    "a suite's YAML file, or helpful, honest, harmless or all for the built-in world",
                    "check the path");
        }
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return new SuiteFile(directory, limit)
                .suite(file.toString(), YamlTree.parse(file.toString(), Files.readString(file)));
    }

    private Suite suite(String file, Node tree) {
        SectionReader fields = new SectionReader(file, "", tree);
        String name = fields.requiredText("name", "the suite's name");
        List<Measure> measures = fields.sections("measures", this::measure);
        fields.finish();
        if (measures.isEmpty()) {
            throw fields.invalid("measures", "no measures", "at least one", "add a measure of " + KINDS);
        }
        Set<String> names = new HashSet<>();
        for (Measure measure : measures) {
            if (!names.add(measure.name())) {
                throw fields.invalid(
                        "measures", "the name '" + measure.name() + "' twice", "distinct names", "rename one");
            }
        }
        return new Suite(name, measures);
    }

    private Measure measure(SectionReader fields) {
        String name = fields.requiredText("name", "the measure's name");
        String kind = fields.requiredText("kind", KINDS);
        Measure measure =
                switch (kind) {
                    case "requests" ->
                        new RequestsMeasure(
                                name,
                                source(fields, "prompt", NamedRow.LINE),
                                asking(fields),
                                fields.choice("expect", RequestsMeasure.Expect.REFUSAL),
                                HarmJudgeSettings.read(fields, "judge"));
                    case "questions" -> questions(name, fields);
                    case "statements" ->
                        new StatementsMeasure(name, source(fields, "right", "true"), fields.text("wrong", "false"));
                    case "options" ->
                        new OptionsMeasure(
                                name,
                                source(fields, "prompt", NamedRow.LINE),
                                fields.text("right", "right"),
                                fields.text("wrong", "wrong"));
                    case "perplexity" -> new PerplexityMeasure(name, source(fields, "text", "text"));
                    case "wins" -> wins(name, fields);
                    default -> throw fields.invalid("kind", "'" + kind + "'", KINDS, "name one of these");
                };
        fields.finish();
        return measure;
    }

    private Measure questions(String name, SectionReader fields) {
        boolean answerable = fields.bool("answerable", true);
        if (!answerable) {
            fields.requireAbsent("answer", "the questions have none");
        }
        return new QuestionsMeasure(
                name,
                source(fields, "prompt", NamedRow.LINE),
                asking(fields),
                answerable ? fields.text("answer", "answer") : null,
                fields.choice("match", Match.CONTAINS),
                fields.optionalText("pressure"),
                fields.bool("confidence", false));
    }

    private Measure wins(String name, SectionReader fields) {
        WinsJudge judge = WinsJudge.read(fields, "judge");
        if (judge instanceof WinsJudge.Reward) {
            fields.requireAbsent("question", "a reward model is asked none");
        }
        return new WinsMeasure(
                name,
                fields.placeOf("kind"),
                source(fields, "prompt", NamedRow.LINE),
                new Asking(
                        fields.integer("max_tokens", MAX_TOKENS, 1), fields.number("temperature", 0, TEMPERATURE), 1),
                judge,
                fields.text("question", WinsMeasure.QUESTION));
    }

    /** @param key that names the column of the prompt */
    private Source source(SectionReader fields, String key, String fallback) {
        String data = fields.requiredText("data", "a file of prompts");
        Integer own = fields.optionalInteger("limit", 1);
        return new Source(
                directory.resolve(data).normalize(),
                fields.text(key, fallback),
                fields.optionalText("category"),
                own == null ? limit : own);
    }

    private static Asking asking(SectionReader fields) {
        int samples = fields.integer("samples", 1, 1);
        double temperature = fields.number("temperature", samples == 1 ? 0 : 1, TEMPERATURE);
        if (samples > 1 && temperature == 0) {
            throw fields.invalid(
                    "temperature",
                    "0 with " + samples + " samples, which would all be equal",
                    "a number above 0",
                    "raise it, or sample once");
        }
        return new Asking(fields.integer("max_tokens", MAX_TOKENS, 1), temperature, samples);
    }
}
