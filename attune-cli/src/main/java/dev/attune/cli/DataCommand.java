package dev.attune.cli;

import dev.attune.cli.command.BaseCommand;
import dev.attune.core.data.DataFormat;
import dev.attune.core.data.DatasetConverter;
import dev.attune.core.data.DatasetInspector;
import dev.attune.core.data.Inspection;
import dev.attune.core.data.OnFault;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.data.TokenCounts;
import dev.attune.core.error.BadInputException;
import dev.attune.core.json.Json;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.hub.ModelLocation;
import dev.attune.model.tokenizer.HuggingFaceTokenizer;
import dev.attune.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attune data}: datasets. */
@Command(
        name = "data",
        description = "Inspect and convert datasets, and make pairs from rankings.",
        footer = {
            "",
            "Examples:",
            "  attune data inspect ../shared/data/stories/pairs.jsonl",
            "  attune data convert ../shared/data/stories/pairs.jsonl pairs.parquet",
            "  attune data pairs rankings.jsonl preferences.jsonl --precedence harmless,honest,helpful"
        },
        subcommands = {DataCommand.Inspect.class, DataCommand.Convert.class, DataCommand.Pairs.class})
final class DataCommand extends BaseCommand {
    @Override
    protected int run() {
        throw BadInputException.at("attune data", "no subcommand", "inspect, convert or pairs", "name one");
    }

    /** How a file is read. */
    static final class Reading {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "Format of the rows: prompts, prompt/completion, messages, prompt/chosen/rejected,"
                        + " chosen/rejected, sharegpt, rankings, tasks, labels, or a format of another tool or public dataset that"
                        + " docs/data.md lists (default: detected).")
        private @Nullable String format;

        @Option(
                names = "--on-fault",
                paramLabel = "WHAT",
                defaultValue = "drop",
                description = "Handling of rows that parse but cannot be used: drop (default), keep or fail.")
        private String onFault;

        @Mixin
        private BucketsOption buckets;

        ReadOptions options() {
            DataFormat named = format == null ? null : DataFormat.parse(format);
            return ReadOptions.defaults()
                    .withFormat(named)
                    .withOnFault(OnFault.parse(onFault))
                    .withBuckets(buckets.names());
        }
    }

    /** {@code data inspect FILE}. */
    @Command(
            name = "inspect",
            description = {
                "Inspect a dataset: format, rows, lengths, duplicates, and faults by line.",
                "Exit status 2 if a line cannot be read."
            },
            footer = {
                "",
                "Example:",
                "  attune data inspect ../shared/data/hh-harmless/train.jsonl.gz --tokenizer ../shared/models/stories260K"
                        + " --template human-assistant"
            })
    static final class Inspect extends BaseCommand {
        @Parameters(paramLabel = "FILE", description = "Data file: JSONL, JSON, CSV or Parquet, gzip or not.")
        private Path file;

        @Option(
                names = "--tokenizer",
                paramLabel = "MODEL",
                description = "Model whose tokenizer counts the tokens of each row (default: no token counts).")
        private @Nullable String model;

        @Mixin
        private ConversationArguments conversations;

        @Option(
                names = "--faults",
                paramLabel = "N",
                defaultValue = "20",
                description = "Maximum number of faults shown (default: 20).")
        private int faults;

        @Option(names = "--json", description = "Print {format, rows, used, fault_counts, faults, ...}.")
        private boolean json;

        @Mixin
        private Reading reading;

        @Override
        protected int run() {
            Inspection inspection = inspect();
            if (json) {
                out().println(Json.line(inspection));
            } else {
                inspection.describe(faults).forEach(out()::println);
            }
            Optional<BadInputException> failure = inspection.failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
            return 0;
        }

        private Inspection inspect() {
            if (model == null) {
                return DatasetInspector.inspect(file, reading.options(), null);
            }
            try (Tokenizer tokenizer = HuggingFaceTokenizer.load(ModelLocation.resolve(model))) {
                ConversationEncoder encoder = ConversationEncoder.of(tokenizer, conversations.options());
                return DatasetInspector.inspect(
                        file,
                        reading.options().withRowCheck(new TemplateCheck(encoder)),
                        new TokenCounts(
                                prompt -> encoder.prompt(prompt).length, text -> tokenizer.encode(text).length));
            }
        }
    }

    /** {@code data convert FILE OUT}. */
    @Command(
            name = "convert",
            description = "Convert a dataset to the format --to, in the container that the extension of OUT names.",
            footer = {"", "Example:", "  attune data convert ../shared/data/stories/pairs.jsonl stories.csv"})
    static final class Convert extends BaseCommand {
        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "Data file: JSONL, JSON, CSV or Parquet, gzip or not.")
        private Path file;

        @Parameters(
                index = "1",
                paramLabel = "OUT",
                description = "Output file; its extension is .jsonl, .json, .csv or .parquet, optionally with .gz.")
        private Path out;

        @Option(names = "--to", paramLabel = "FORMAT", description = "Output format (default: the input's format).")
        private @Nullable String to;

        @Option(names = "--json", description = "Print {out, rows, used, written, unused_keys}.")
        private boolean json;

        @Mixin
        private Reading reading;

        @Override
        protected int run() {
            ReadOptions options = reading.options();
            DataFormat format =
                    to == null ? DatasetInspector.inspect(file, options, null).format() : DataFormat.parse(to);
            return report(this, DatasetConverter.convert(file, options, out, format), out, json);
        }
    }

    /** {@code data pairs FILE OUT}. */
    @Command(
            name = "pairs",
            description = {
                "Make pairs from rankings, or labels: one completion per line with reward 1 or 0.",
                "The options are recorded in OUT.provenance.json."
            },
            footer = {
                "",
                "Example:",
                "  attune data pairs rankings.jsonl preferences.jsonl --votes majority --precedence harmless,honest,helpful"
            })
    static final class Pairs extends BaseCommand {
        @Parameters(index = "0", paramLabel = "FILE", description = "Data file with rankings.")
        private Path file;

        @Parameters(index = "1", paramLabel = "OUT", description = "Output file for the pairs or labels.")
        private Path out;

        @Option(
                names = "--as",
                paramLabel = "WHAT",
                defaultValue = "pairs",
                description = "Output: pairs (default) or labels.")
        private String as;

        @Mixin
        private PairArguments choice;

        @Option(names = "--json", description = "Print {out, rows, used, written, unused_keys}.")
        private boolean json;

        @Mixin
        private Reading reading;

        @Override
        protected int run() {
            ReadOptions options = reading.options();
            return switch (as) {
                case "pairs" -> report(this, DatasetConverter.pairs(file, options, out, choice.options()), out, json);
                case "labels" -> report(this, DatasetConverter.labels(file, options, out), out, json);
                default ->
                    throw BadInputException.at("--as", "'" + as + "'", "pairs or labels", "write one of the two");
            };
        }
    }

    private static int report(BaseCommand command, DatasetConverter.Conversion conversion, Path out, boolean json) {
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("out", out.toString());
            result.put("rows", conversion.read().rows());
            result.put("used", conversion.read().used());
            result.put("written", conversion.written());
            result.put("unused_keys", conversion.read().unusedKeys());
            command.json(result);
        } else {
            command.err().println(conversion.read().summary());
            command.out().println(out + ": " + conversion.written() + " rows");
        }
        return 0;
    }
}
