package dev.attune.feedback.constitution;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import dev.attune.core.settings.Node;
import dev.attune.core.settings.Range;
import dev.attune.core.settings.SectionReader;
import dev.attune.core.settings.YamlText;
import dev.attune.core.settings.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes constitutions as YAML. */
public final class ConstitutionFile {
    /** The default of {@code no_fault}. */
    public static final String NO_FAULT = "No fault found.";

    private ConstitutionFile() {}

    /** @throws BadInputException naming the file, the line, what was found and what was expected */
    public static Constitution read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw BadInputException.at(file.toString(), "no such file", "a constitution", "check the path");
        } catch (IOException e) {
            throw BadInputException.at(
                    file.toString(), String.valueOf(e.getMessage()), "a readable constitution", "check the file");
        }
    }

    /** @param place of the text, for messages */
    public static Constitution parse(String place, String text) {
        return read(place, YamlTree.parse(place, text));
    }

    /** @param place of the tree, for messages */
    public static Constitution read(String place, Node tree) {
        SectionReader fields = new SectionReader(place, "", tree);
        Constitution constitution = new Constitution(
                fields.requiredText("name", "a name"),
                fields.integer("version", 1, 1),
                fields.optionalText("parent"),
                fields.text("description", ""),
                fields.text("no_fault", NO_FAULT),
                fields.sections("principles", ConstitutionFile::principle),
                fields.sections("examples", ConstitutionFile::example));
        check(constitution, fields);
        fields.finish();
        return constitution;
    }

    private static Principle principle(SectionReader fields) {
        return new Principle(
                fields.requiredText("name", "a name"),
                fields.requiredText("critique", "a request for the faults of an answer"),
                fields.requiredText("revision", "a request for a better answer"),
                fields.requiredText("comparison", "a question: which of two answers is better"),
                fields.number("weight", 1, Range.POSITIVE),
                fields.texts("tags"));
    }

    private static WorkedExample example(SectionReader fields) {
        return new WorkedExample(
                fields.requiredText("prompt", "what a user asked"),
                fields.requiredText("answer", "the answer that is criticised"),
                fields.requiredText("principle", "the name of a principle"),
                fields.requiredText("critique", "the critique of the answer"),
                fields.optionalText("revision"));
    }

    private static void check(Constitution constitution, SectionReader fields) {
        if (constitution.noFault().isBlank()) {
            throw fields.invalid("no_fault", "an empty text", "what a critique says if it finds no fault", "write it");
        }
        if (constitution.principles().isEmpty()) {
            throw fields.invalid("principles", "no principle", "at least one", "add a principle");
        }
        Set<String> names = new HashSet<>();
        for (Principle principle : constitution.principles()) {
            if (!names.add(principle.name())) {
                throw fields.invalid(
                        "principles", "the name '" + principle.name() + "' twice", "different names", "rename one");
            }
        }
        for (WorkedExample example : constitution.examples()) {
            if (!names.contains(example.principle())) {
                throw fields.invalid(
                        "examples",
                        "the principle '" + example.principle() + "'",
                        "one of " + String.join(", ", names(constitution)),
                        "correct the name");
            }
            if (example.revision() == null && !Faults.none(constitution, example.critique())) {
                throw fields.invalid(
                        "examples",
                        "a critique without a revision",
                        "a revision, or a critique that begins with '" + constitution.noFault() + "'",
                        "add the revision");
            }
        }
    }

    private static List<String> names(Constitution constitution) {
        return constitution.principles().stream().map(Principle::name).toList();
    }

    /** Writes a constitution so that reading it gives the same one. */
    public static void write(Path file, Constitution constitution) throws IOException {
        AtomicFiles.write(file, YamlText.of(constitution));
    }
}
