package dev.attune.studio;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prompts as a form sends them: typed, one a line, or in a file. */
final class PromptForm {
    private static final List<String> ENDINGS = List.of(".jsonl.gz", ".jsonl", ".json", ".csv.gz", ".csv", ".txt");

    private PromptForm() {}

    /** Those that were typed, and those of the file behind them. */
    static List<Prompt> prompts(Context context) {
        List<Prompt> prompts = new ArrayList<>(lines(Forms.text(context, "prompts")));
        UploadedFile file = context.uploadedFile("file");
        if (file != null && file.size() > 0) {
            prompts.addAll(ofFile(file));
        }
        return Forms.ticked(context, "chat")
                ? prompts.stream().map(PromptForm::asMessage).toList()
                : prompts;
    }

    private static List<Prompt> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Prompt::text)
                .toList();
    }

    /** What is a conversation already stays as it is. */
    private static Prompt asMessage(Prompt prompt) {
        return prompt instanceof Prompt.Text text ? Prompt.chat(Message.user(text.text())) : prompt;
    }

    private static List<Prompt> ofFile(UploadedFile file) {
        String name = file.filename().toLowerCase(Locale.ROOT);
        String ending = ENDINGS.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow(() -> BadInputException.at(
                        file.filename(), "a file of another kind", "one of " + ENDINGS, "convert it"));
        try {
            Path copy = Files.createTempFile("attune-prompts-", ending);
            try (InputStream in = file.content()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                return ending.equals(".txt") ? lines(Files.readString(copy)) : rows(copy, file.filename());
            } finally {
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Prompt> rows(Path copy, String name) {
        try {
            return Dataset.read(copy, ReadOptions.defaults()).prompts();
        } catch (BadInputException wrong) {
            throw new BadInputException(String.valueOf(wrong.getMessage()).replace(copy.toString(), name), wrong);
        }
    }
}
