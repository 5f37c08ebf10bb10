package dev.attune.studio.sampling;

import dev.attune.core.data.Dataset;
import dev.attune.core.data.ReadOptions;
import dev.attune.core.error.BadInputException;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.studio.page.Forms;
import dev.attune.studio.page.Upload;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prompts from a form: typed, one per line, or in a file. */
final class PromptForm {
    private static final List<String> ENDINGS = List.of(".jsonl.gz", ".jsonl", ".json", ".csv.gz", ".csv", ".txt");

    private PromptForm() {}

    /** The typed prompts, followed by those of the file. */
    static List<Prompt> prompts(Context context) throws IOException {
        List<Prompt> prompts = new ArrayList<>(lines(Forms.text(context, "prompts")));
        UploadedFile file = context.uploadedFile("file");
        if (file != null && file.size() > 0) {
            prompts.addAll(Upload.read(context, "file", PromptForm::ofFile));
        }
        return Forms.checked(context, "chat")
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

    /** Wraps a text as a user message; conversations stay unchanged. */
    private static Prompt asMessage(Prompt prompt) {
        return prompt instanceof Prompt.Text text ? Prompt.chat(Message.user(text.text())) : prompt;
    }

    private static List<Prompt> ofFile(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (ENDINGS.stream().noneMatch(name::endsWith)) {
            throw BadInputException.at(file.toString(), "a file of another kind", "one of " + ENDINGS, "convert it");
        }
        try {
            return name.endsWith(".txt")
                    ? lines(Files.readString(file))
                    : Dataset.read(file, ReadOptions.defaults()).prompts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
