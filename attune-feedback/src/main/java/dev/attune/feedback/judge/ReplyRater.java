package dev.attune.feedback.judge;

import dev.attune.core.error.RunFailedException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.judge.reply.Form;
import dev.attune.feedback.judge.reply.Menu;
import dev.attune.feedback.judge.reply.PromptEcho;
import dev.attune.feedback.judge.reply.VerdictReader;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the verdict in a model's reply.
 *
 * @param model is not closed
 * @param options also for thoughts that come before the verdict
 */
public record ReplyRater(TextModel model, VerdictReader<Double> reader, SamplingOptions options, long seed)
        implements Rater {
    @Override
    public Form form() {
        return reader.form();
    }

    @Override
    public String instruction() {
        if (reader.values() instanceof Menu<Double> menu) {
            return menu.labels().stream()
                    .map(reader.form()::written)
                    .collect(Collectors.joining(", or ", "Explain your verdict briefly. Then end with exactly ", "."));
        }
        return "Explain your score briefly. Then end with " + reader.form().written("N") + ", where N is "
                + reader.values().expected() + ".";
    }

    @Override
    public Opinion rate(String asked, Prompt prompt, int sample) {
        TextCompletion completion = only(model.complete(List.of(prompt), options, Samples.seed(seed, sample)));
        String reply = PromptEcho.strip(completion.text(), lastTurn(prompt));
        return new Opinion(asked, reader.read(reply, completion.stop()), completion.tokens());
    }

    static TextCompletion only(List<TextCompletion> completions) {
        if (completions.size() != 1) {
            throw new RunFailedException("the judge's model gives " + completions.size() + " replies to one prompt");
        }
        return completions.get(0);
    }

    static String lastTurn(Prompt prompt) {
        return prompt.messages().isEmpty()
                ? ""
                : prompt.messages().get(prompt.messages().size() - 1).content();
    }
}
