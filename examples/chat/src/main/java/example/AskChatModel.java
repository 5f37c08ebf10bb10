package example;

import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.generation.TokenListener;
import dev.attune.model.local.LocalTextModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a chat model two questions, the second about the first answer. The model's directory is the only argument. */
final class AskChatModel {
    private static final SamplingOptions GREEDY = SamplingOptions.greedy(48);

    private AskChatModel() {}

    public static void main(String[] arguments) {
        List<Message> conversation = new ArrayList<>();
        try (LocalTextModel model = LocalTextModel.open(Path.of(arguments[0]))) {
            for (String question : List.of("What is the capital of France?", "And of Italy?")) {
                conversation.add(Message.user(question));
                String answer = answer(model, conversation);
                conversation.add(Message.assistant(answer));
                System.out.println(question + " " + answer);
            }
        }
    }

    /** The answer, whose tokens the listener sees one by one. */
    private static String answer(LocalTextModel model, List<Message> conversation) {
        Prompt prompt = Prompt.chat(conversation.toArray(Message[]::new));
        TokenListener progress = (row, token, logProbability) -> System.err.print(".");
        TextCompletion answer =
                model.complete(List.of(prompt), GREEDY, 0, progress).get(0);
        return answer.text();
    }
}
