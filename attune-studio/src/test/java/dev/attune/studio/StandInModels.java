package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.SamplingOptions;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.model.TextCompletion.StopReason;
import dev.attune.core.model.TextModel;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.core.text.PromptCompletion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * Models that answer with their address, the seed, the row and what they were asked last; a reward model's score is the
 * number in front of the answer's last "row". Every completion takes a permit, so that a test can hold them back.
 */
public final class StandInModels implements Models {
    public final Semaphore permits = new Semaphore(1_000_000);
    public final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public TextModel text(String address) {
        if (address.startsWith("broken")) {
            throw BadInputException.at(address, "no such directory", "a model's directory", "check the path");
        }
        return new TextModel() {
            @Override
            public List<TextCompletion> complete(List<Prompt> prompts, SamplingOptions options, long seed) {
                permits.acquireUninterruptibly();
                calls.add(address + " on " + Thread.currentThread().getName());
                List<TextCompletion> completions = new ArrayList<>();
                for (int row = 0; row < prompts.size(); row++) {
                    completions.add(answer(address, prompts.get(row), options, seed, row));
                }
                return completions;
            }

            @Override
            public void close() {}
        };
    }

    private static TextCompletion answer(String address, Prompt prompt, SamplingOptions options, long seed, int row) {
        List<Message> messages = prompt.messages();
        String asked = messages.get(messages.size() - 1).content();
        if (asked.contains("too long")) {
            throw BadInputException.at("prompt", "9000 tokens", "at most 2048", "shorten it");
        }
        String varied = options.temperature() == 0 ? "" : " seed " + seed + " row " + row;
        return new TextCompletion(
                address + " hears " + messages.size() + ": " + asked + varied, 5, -1, StopReason.END_TOKEN);
    }

    /** Row 0 scores 0, row 1 scores 10, row 2 scores 1 for even seeds and 0.5 for odd ones, row 3 scores 20. */
    @Override
    public ScoringModel scoring(String address) {
        return new ScoringModel() {
            @Override
            public double[] score(List<PromptCompletion> batch) {
                return batch.stream()
                        .mapToDouble(sample -> logit(sample.completion()))
                        .toArray();
            }

            @Override
            public void close() {}
        };
    }

    private static double logit(String completion) {
        int row = Integer.parseInt(completion.replaceFirst(".* row ", ""));
        long seed = Long.parseLong(completion.replaceFirst(".* seed (\\d+) row .*", "$1"));
        return new double[] {0, 10, seed % 2 == 0 ? 1 : 0.5, 20}[row];
    }
}
