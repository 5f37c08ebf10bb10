package dev.attune.cli.lab;

import dev.attune.cli.parity.StoredNumbers;
import dev.attune.core.json.Json;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.model.checkpoint.Checkpoints;
import dev.attune.model.conversation.Conversation;
import dev.attune.model.conversation.ConversationEncoder;
import dev.attune.model.conversation.EncodedConversation;
import dev.attune.model.conversation.LossOn;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.safetensors.SafetensorsFile;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tokenizer.Tokenizer;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.training.batch.LogProbabilities;
import dev.attune.training.batch.PackedRow;
import dev.attune.training.batch.TargetBatch;
import dev.attune.training.batch.TokenDocument;
import dev.attune.training.recipe.DataOrder;
import dev.attune.training.recipe.OptimizerSettings;
import dev.attune.training.recipe.Schedule;
import dev.attune.training.sft.SftOptions;
import dev.attune.training.sft.SftTrainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A chat model, from messages on, compared with what transformers stored for it. */
final class ChatModelParity {
    private static final double TOLERANCE = 1e-3;
    /** The row of the embedding that is the head of the stored scores. */
    private static final int HEAD = 5345;

    private final String name;
    private final CausalLm model;
    private final ConversationEncoder encoder;
    private final JsonNode golden;
    private final Path goldenTensors;
    private final Figures figures;

    private ChatModelParity(String name, CausalLm model, ConversationEncoder encoder, Path stored, Figures figures) {
        this.name = name;
        this.model = model;
        this.encoder = encoder;
        this.golden = Json.readTree(stored.resolve("golden.json"));
        this.goldenTensors = stored.resolve("golden.safetensors");
        this.figures = figures;
    }

    /**
     * @param directory the model in Hugging Face's layout
     * @param stored has golden.json and golden.safetensors, and gives the figures their name
     */
    static void measure(Path directory, Path stored, Figures figures) {
        String name = Objects.requireNonNull(stored.getFileName()).toString();
        try (CausalLm model = Checkpoints.loadCausal(directory);
                Tokenizer tokenizer = Checkpoints.tokenizer(directory)) {
            ChatModelParity parity =
                    new ChatModelParity(name, model, ConversationEncoder.of(tokenizer), stored, figures);
            parity.logits();
            parity.answers();
            parity.conversations();
            parity.losses();
            parity.scores();
        }
    }

    private void atMost(String figure, double value, double bound, String note) {
        figures.add(name + ": " + figure, value, Target.atMost(bound), note);
    }

    /** Of the last token of prompts of different lengths, padded on either side. */
    private void logits() {
        double apart = 0;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                SafetensorsFile file = SafetensorsFile.open(goldenTensors)) {
            for (String side : List.of("left", "right")) {
                Tensor mask = file.read(side + "_attention_mask");
                TokenBatch batch = new TokenBatch(file.read(side + "_input_ids"), mask, null, null);
                Tensor found = model.head(batch.lastOf(model.hidden(batch)));
                Tensor expected = file.read(side + "_last_logits");
                apart = Math.max(apart, found.minus(expected).abs().max().item());
            }
        }
        atMost("largest difference of logits", apart, TOLERANCE, "last tokens, left and right padding");
    }

    /** Prompts as messages, answered in one batch. */
    private void answers() {
        List<JsonNode> stored = golden.get("greedy").valueStream().toList();
        List<int[]> prompts = new ArrayList<>();
        int otherPrompts = 0;
        for (JsonNode one : stored) {
            int[] prompt = encoder.prompt(new Prompt.Chat(messages(one), List.of()));
            otherPrompts += Arrays.equals(prompt, StoredNumbers.ints(one.get("prompt_ids"))) ? 0 : 1;
            prompts.add(prompt);
        }
        int longest =
                stored.stream().mapToInt(one -> one.get("new_ids").size()).max().orElseThrow();
        List<Generated> answers = new Generator(model, encoder).generate(prompts, SamplingOptions.greedy(longest), 0);
        int otherAnswers = 0;
        int otherTexts = 0;
        double apart = 0;
        for (int i = 0; i < stored.size(); i++) {
            Generated answer = answers.get(i);
            otherAnswers += Arrays.equals(
                            answer.tokens(), StoredNumbers.ints(stored.get(i).get("new_ids")))
                    ? 0
                    : 1;
            String text = encoder.tokenizer().decode(answer.content());
            otherTexts += text.equals(stored.get(i).get("text").asString()) ? 0 : 1;
            apart = Math.max(
                    apart,
                    apart(
                            doubles(answer.logProbs()),
                            StoredNumbers.doubles(stored.get(i).get("new_logprobs"))));
        }
        String note = stored.size() + " conversations";
        atMost("prompts whose token ids differ", otherPrompts, 0, note);
        atMost("greedy answers whose tokens differ", otherAnswers, 0, note + ", in one batch");
        atMost("greedy answers whose text differs", otherTexts, 0, note + ", in one batch");
        atMost("largest difference of their log-probabilities", apart, TOLERANCE, "nats");
    }

    /** Whole conversations: token ids, the tokens that SFT learns, log-probabilities. */
    private void conversations() {
        int otherIds = 0;
        int otherMasks = 0;
        double apart = 0;
        List<JsonNode> stored = golden.get("train").valueStream().toList();
        for (JsonNode one : stored) {
            EncodedConversation found = document(one, LossOn.ALL);
            otherIds += Arrays.equals(found.ids(), StoredNumbers.ints(one.get("ids"))) ? 0 : 1;
            otherMasks += Arrays.equals(found.learned(), StoredNumbers.ints(one.get("assistant_mask"))) ? 0 : 1;
            apart = Math.max(
                    apart, apart(logProbabilities(found.ids()), StoredNumbers.doubles(one.get("token_logprobs"))));
        }
        String note = stored.size() + " conversations";
        atMost("conversations whose token ids differ", otherIds, 0, note);
        atMost("conversations whose learned tokens differ", otherMasks, 0, note);
        atMost("largest difference of log-probabilities", apart, TOLERANCE, "nats");
    }

    private void losses() {
        atMost("difference of the SFT loss, last turn", lossApart(LossOn.LAST, "loss_last_turn"), TOLERANCE, "");
        atMost(
                "difference of the SFT loss, all assistant turns",
                lossApart(LossOn.ALL, "loss_all_assistant_turns"),
                TOLERANCE,
                "");
    }

    /** The largest difference over the conversations of the loss that the SFT trainer evaluates. */
    private double lossApart(LossOn lossOn, String key) {
        double apart = 0;
        for (JsonNode one : golden.get("train")) {
            TokenDocument document = TokenDocument.of(document(one, lossOn));
            SftOptions options = new SftOptions(
                    1,
                    1,
                    1,
                    1,
                    document.length(),
                    false,
                    DataOrder.SEQUENTIAL,
                    OptimizerSettings.of(0, Schedule.Shape.CONSTANT),
                    0);
            try (SftTrainer trainer = new SftTrainer(model, List.of(document), List.of(document), options)) {
                double loss = Objects.requireNonNull(trainer.evaluate().get("eval_loss"));
                apart = Math.max(apart, Math.abs(loss - one.get(key).asDouble()));
            }
        }
        return apart;
    }

    /** Each conversation scored at its last token, as a reward model reads a prompt with its answer. */
    private void scores() {
        List<JsonNode> conversations = golden.get("train").valueStream().toList();
        double apart = 0;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on();
                RewardModel reward = RewardModel.fromBackbone(model, embedding().narrow(0, HEAD, 1))) {
            for (int i = 0; i < conversations.size(); i++) {
                List<Message> messages = messages(conversations.get(i));
                Prompt prompt = new Prompt.Chat(messages.subList(0, messages.size() - 1), List.of());
                int[] ids = encoder.scoring(prompt, messages.get(messages.size() - 1))
                        .ids();
                double score =
                        reward.scores(TokenBatch.rightPadded(List.of(ids), 0)).toFloats()[0];
                double expected = golden.get("reward")
                        .get("scores")
                        .get(i)
                        .get("at_last_token")
                        .asDouble();
                apart = Math.max(apart, Math.abs(score - expected));
            }
        }
        atMost("largest difference of reward scores", apart, TOLERANCE, conversations.size() + " conversations");
    }

    private EncodedConversation document(JsonNode conversation, LossOn lossOn) {
        return encoder.training(new Conversation(messages(conversation), List.of()), lossOn);
    }

    private Tensor embedding() {
        return Objects.requireNonNull(model.parameters().byName().get("model.embed_tokens.weight"));
    }

    /** The log-probability of each token but the first. */
    private double[] logProbabilities(int[] ids) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            TargetBatch batch = TargetBatch.of(List.of(PackedRow.of(TokenDocument.whole(ids))));
            return LogProbabilities.of(model, batch, 1).chosen().toDoubles();
        }
    }

    private static List<Message> messages(JsonNode conversation) {
        return conversation
                .get("messages")
                .valueStream()
                .map(one -> new Message(
                        one.get("role").asString(), one.get("content").asString()))
                .toList();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double apart(double[] found, double[] expected) {
        if (found.length != expected.length) {
            return Double.NaN;
        }
        return IntStream.range(0, found.length)
                .mapToDouble(i -> Math.abs(found[i] - expected[i]))
                .max()
                .orElse(0);
    }
}
