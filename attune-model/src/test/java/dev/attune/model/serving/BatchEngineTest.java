package dev.attune.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.core.model.SamplingOptions;
import dev.attune.model.adapter.Adapter;
import dev.attune.model.adapter.AdapterSpec;
import dev.attune.model.config.ModelConfig;
import dev.attune.model.constraint.TokenConstraint;
import dev.attune.model.generation.Generated;
import dev.attune.model.generation.Generator;
import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchEngineTest {
    private static final ModelConfig CONFIG = ModelConfig.llama()
            .vocabularySize(320)
            .width(64)
            .mlpWidth(128)
            .layers(3)
            .heads(4)
            .kvHeads(2)
            .maxPositions(1024)
            .build();

    private final CausalLm model = lively(CONFIG);
    private final List<TokenEngine> engines = new ArrayList<>();

    /** Random weights large enough for a distribution that is not flat. */
    static CausalLm lively(ModelConfig config) {
        CausalLm model = CausalLm.create(config, 2);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            model.parameters().byName().forEach((name, weight) -> {
                if (weight.rank() == 2) {
                    weight.timesInPlace(5);
                }
            });
        }
        return model;
    }

    private TokenEngine engine(EngineOptions options) {
        return engine(options, Map.of());
    }

    private TokenEngine engine(EngineOptions options, Map<String, Adapter> adapters) {
        TokenEngine engine = new BatchEngine(model, adapters, options);
        engines.add(engine);
        return engine;
    }

    @AfterEach
    void close() {
        engines.forEach(TokenEngine::close);
        model.close();
    }

    private static List<Integer> prompt(int length, int seed) {
        return new Random(seed).ints(length, 4, 300).boxed().toList();
    }

    @Test
    void greedyTokensAreThoseOfTheGenerator() {
        TokenEngine engine = engine(EngineOptions.of(4, 1024));
        for (int length : new int[] {1, 7, 128, 129, 300}) {
            List<Integer> prompt = prompt(length, length);
            int[] ids = prompt.stream().mapToInt(i -> i).toArray();
            Generated expected = new Generator(model, Set.of(), tokens -> "")
                    .generate(List.of(ids), SamplingOptions.greedy(20), 1)
                    .get(0);
            Answers answers = Answers.of(engine, TokenRequest.greedy(prompt, 20).withTopLogProbs(0));
            assertThat(answers.ids())
                    .containsExactlyElementsOf(
                            IntStream.of(expected.tokens()).boxed().toList());
            for (int i = 0; i < 20; i++) {
                assertThat(answers.logProbs().get(i)).isCloseTo(expected.logProbs()[i], within(1e-3f));
            }
            assertThat(answers.finish()).isEqualTo(TokenSink.Finish.LENGTH);
        }
    }

    @Test
    void sampledTokensAreThoseOfTheGeneratorForTheSameSeed() {
        TokenEngine engine = engine(EngineOptions.of(4, 1024));
        List<Integer> prompt = prompt(12, 1);
        int[] ids = prompt.stream().mapToInt(i -> i).toArray();
        int[] expected = new Generator(model, Set.of(), tokens -> "")
                .generate(List.of(ids), SamplingOptions.sampling(12, 0.8), 42)
                .get(0)
                .tokens();
        List<Integer> sampled = Answers.of(
                        engine,
                        TokenRequest.greedy(prompt, 12).withTemperature(0.8).withSeed(42))
                .ids();
        assertThat(sampled)
                .containsExactlyElementsOf(IntStream.of(expected).boxed().toList());
    }

    /** Different prompts, lengths and settings. */
    private static List<TokenRequest> mixture(int count) {
        List<TokenRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TokenRequest request = TokenRequest.greedy(prompt(1 + (i * 37) % 290, i), 5 + (i * 13) % 40)
                    .withTopLogProbs(3);
            requests.add(
                    switch (i % 4) {
                        case 0 -> request;
                        case 1 -> request.withTemperature(1).withSeed(i);
                        case 2 -> request.withTemperature(1.3).withTopP(0.8).withSeed(i);
                        default -> request.withFrequencyPenalty(0.5).withRepetitionPenalty(1.2);
                    });
        }
        return requests;
    }

    @Test
    void anAnswerHasTheSameDigitsAloneAndInAnyCompany() {
        List<TokenRequest> requests = mixture(40);
        TokenEngine alone = engine(new EngineOptions(1, 100, 2048, 0));
        List<Answers> expected =
                requests.stream().map(request -> Answers.of(alone, request)).toList();
        for (int places : new int[] {3, 40}) {
            TokenEngine engine = engine(new EngineOptions(places, 100, 40_000, 10_000));
            List<Answers> together = requests.stream()
                    .map(request -> {
                        Answers answers = Answers.all();
                        engine.submit(request, answers);
                        return answers;
                    })
                    .toList();
            for (int i = 0; i < requests.size(); i++) {
                assertThat(together.get(i).ids())
                        .as("request " + i)
                        .isEqualTo(expected.get(i).ids());
                assertThat(together.get(i).tokens).as("request " + i).isEqualTo(expected.get(i).tokens);
            }
        }
    }

    @Test
    void aKnownBeginningOfAPromptChangesNoDigit() {
        TokenEngine engine = engine(EngineOptions.of(2, 1024));
        TokenRequest request = TokenRequest.greedy(prompt(300, 3), 48).withTopLogProbs(2);
        List<SampledToken> cold = tokens(engine, request);
        assertThat(engine.status().reusedTokens()).isZero();
        assertThat(tokens(engine, request)).isEqualTo(cold);
        assertThat(engine.status().reusedTokens()).isEqualTo(256);
        assertThat(tokens(engine, request)).isEqualTo(cold);

        List<Integer> other = new ArrayList<>(request.prompt().subList(0, 200));
        other.addAll(prompt(80, 9));
        TokenRequest branched = request.withPrompt(other);
        List<SampledToken> warm = tokens(engine, branched);
        assertThat(engine.status().reusedTokens()).isEqualTo(512 + 128);
        assertThat(warm).isEqualTo(tokens(engine(new EngineOptions(1, 1, 1024, 0)), branched));
    }

    private static List<SampledToken> tokens(TokenEngine engine, TokenRequest request) {
        Answers answers = Answers.of(engine, request);
        answers.finish();
        return answers.tokens;
    }

    @Test
    void keptPrefixesGiveWayToRunningSequences() {
        TokenEngine engine = engine(new EngineOptions(4, 10, 700, 600));
        for (int i = 0; i < 6; i++) {
            Answers.of(engine, TokenRequest.greedy(prompt(300, i), 2));
        }
        assertThat(engine.status().cachedTokens()).isBetween(256L, 700L);
        Answers.of(engine, TokenRequest.greedy(prompt(600, 1), 100));
        assertThat(engine.status().cachedTokens()).isLessThanOrEqualTo(700);
        assertThatThrownBy(() -> engine.submit(TokenRequest.greedy(prompt(600, 1), 101), Answers.all()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("600 tokens of a prompt and 101 new ones, of at most 700");
    }

    @Test
    void theLogProbabilitiesOfAPromptAreThoseOfThePass() {
        TokenEngine engine = engine(EngineOptions.of(2, 1024));
        List<Integer> prompt = prompt(200, 5);
        TokenRequest request = TokenRequest.greedy(prompt, 0).withTopLogProbs(1).withPromptLogProbs(true);
        Answers answers = Answers.of(engine, request);
        assertThat(answers.finish()).isEqualTo(TokenSink.Finish.LENGTH);
        assertThat(answers.tokens).isEmpty();
        assertThat(answers.prompt.stream().map(SampledToken::id)).isEqualTo(prompt);
        assertThat(answers.prompt.get(0).logProb()).isNaN();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            int[] ids = prompt.stream().mapToInt(i -> i).toArray();
            Tensor all = model.logits(TokenBatch.leftPadded(List.of(ids), 0)).logSoftmax(-1);
            for (int i = 1; i < ids.length; i++) {
                assertThat((double) answers.prompt.get(i).logProb())
                        .isCloseTo(all.select(1, i - 1).select(1, ids[i]).item(), within(1e-3));
                assertThat(answers.prompt.get(i).top()).hasSize(1);
            }
        }
        Answers again = Answers.of(engine, request);
        assertThat(again.prompt.subList(1, 200)).isEqualTo(answers.prompt.subList(1, 200));
    }

    @Test
    void biasesAndEndTokensAndTheSinkEndAnswers() {
        TokenEngine engine = engine(EngineOptions.of(2, 1024));
        TokenRequest request = TokenRequest.greedy(prompt(5, 1), 8).withLogitBias(Map.of(77, 100.0));
        assertThat(Answers.of(engine, request).ids()).containsOnly(77).hasSize(8);
        Answers ended = Answers.of(engine, request.withEndTokens(Set.of(77)));
        assertThat(ended.ids()).containsExactly(77);
        assertThat(ended.finish()).isEqualTo(TokenSink.Finish.END);
        Answers stopped = Answers.first(3);
        engine.submit(request, stopped);
        assertThat(stopped.finish()).isEqualTo(TokenSink.Finish.STOPPED);
        assertThat(stopped.ids()).hasSize(3);
        Answers penalised =
                Answers.of(engine, request.withPresencePenalty(2).withLogitBias(Map.of(77, 100.0, 78, 99.0)));
        assertThat(penalised.ids().subList(0, 2)).containsExactly(77, 78);
    }

    /** A constraint that wants the tokens from a first to a last in order. */
    private static class Counting implements TokenConstraint {
        private final int last;
        private int next;

        Counting(int first, int last) {
            this.next = first;
            this.last = last;
        }

        @Override
        public BitSet allowed(int budget) {
            BitSet allowed = new BitSet();
            allowed.set(next);
            return allowed;
        }

        @Override
        public void accept(int token) {
            assertThat(token).isEqualTo(next);
            next++;
        }

        @Override
        public boolean mayEnd() {
            return isComplete();
        }

        @Override
        public boolean isComplete() {
            return next > last;
        }
    }

    @Test
    void aConstraintIsFollowedToItsEnd() {
        TokenEngine engine = engine(EngineOptions.of(2, 1024));
        Answers answers =
                Answers.of(engine, TokenRequest.greedy(prompt(5, 1), 50).withConstraint(new Counting(20, 24)));
        assertThat(answers.ids()).containsExactly(20, 21, 22, 23, 24);
        assertThat(answers.finish()).isEqualTo(TokenSink.Finish.END);
    }

    @Test
    void aCancelledRequestFreesItsPlaceAndAFullQueueRefuses() throws Exception {
        TokenEngine engine = engine(new EngineOptions(1, 2, 4000, 0));
        Answers endless = Answers.all();
        TokenEngine.Ticket first = engine.submit(TokenRequest.greedy(prompt(4, 1), 900), endless);
        waitFor(() -> engine.status().running() == 1);
        Answers second = Answers.all();
        TokenEngine.Ticket queued = engine.submit(TokenRequest.greedy(prompt(4, 2), 3), second);
        Answers third = Answers.all();
        engine.submit(TokenRequest.greedy(prompt(4, 3), 3), third);
        assertThatThrownBy(() -> engine.submit(TokenRequest.greedy(prompt(4, 4), 3), Answers.all()))
                .isInstanceOf(RejectedExecutionException.class);
        queued.cancel();
        queued.cancel();
        first.cancel();
        assertThat(third.ids()).hasSize(3);
        assertThat(second.tokens).isEmpty();
        waitFor(() -> engine.status().running() == 0);
        assertThat(engine.status())
                .extracting(
                        EngineStatus::cancelled,
                        EngineStatus::refused,
                        EngineStatus::finished,
                        EngineStatus::cachedTokens)
                .containsExactly(2L, 1L, 1L, 0L);
        assertThat(endless.end).isNotDone();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private Adapter adapter(int seed) {
        Adapter adapter = Adapter.create(model.asBase(), AdapterSpec.of(4), seed);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            adapter.parameters()
                    .byName()
                    .forEach((name, weight) -> weight.copyInPlace(Tensor.arange(weight.count())
                            .toFloat()
                            .plus((double) seed)
                            .times(0.37)
                            .sin()
                            .times(0.3)
                            .reshape(weight.shape())));
        }
        return adapter;
    }

    @Test
    void eachRequestHasItsOwnAdapterInOneBatch() {
        List<Integer> prompt = prompt(200, 4);
        TokenRequest request = TokenRequest.greedy(prompt, 16).withTopLogProbs(1);
        List<Integer> ofBase =
                Answers.of(engine(EngineOptions.of(1, 1024)), request).ids();
        TokenEngine engine = engine(EngineOptions.of(6, 1024), Map.of("ada", adapter(1), "adb", adapter(2)));
        List<String> names = List.of("ada", "adb", "", "ada", "", "adb");
        List<Answers> all = new ArrayList<>();
        for (String name : names) {
            Answers answers = Answers.all();
            engine.submit(name.isEmpty() ? request : request.withAdapter(name), answers);
            all.add(answers);
        }
        assertThat(all.get(2).ids()).isEqualTo(ofBase).isEqualTo(all.get(4).ids());
        assertThat(all.get(0).ids()).isEqualTo(merged(1, prompt)).isNotEqualTo(ofBase);
        assertThat(all.get(1).ids())
                .isEqualTo(merged(2, prompt))
                .isNotEqualTo(all.get(0).ids());
        all.forEach(Answers::finish);
        assertThat(all.get(3).tokens).isEqualTo(all.get(0).tokens);
        assertThat(all.get(5).tokens).isEqualTo(all.get(1).tokens);
        assertThat(tokens(engine, request.withAdapter("ada"))).isEqualTo(all.get(0).tokens);
    }

    private List<Integer> merged(int seed, List<Integer> prompt) {
        try (CausalLm adapted = CausalLm.adapted(model.asBase(), adapter(seed))) {
            int[] tokens = new Generator(adapted, Set.of(), ids -> "")
                    .generate(List.of(prompt.stream().mapToInt(i -> i).toArray()), SamplingOptions.greedy(16), 1)
                    .get(0)
                    .tokens();
            return IntStream.of(tokens).boxed().toList();
        }
    }

    /** Rotary frequencies that depend on the length: a sequence must not see how long its neighbours are. */
    @Test
    void sequencesOfModelsWhoseFrequenciesDependOnTheLengthTakeTurns() {
        ModelConfig config = ModelConfig.parse("config.json", """
                {"model_type": "llama", "vocab_size": 320, "hidden_size": 64, "intermediate_size": 112,
                 "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 12,
                 "rope_scaling": {"rope_type": "dynamic", "factor": 8.0}}""");
        try (CausalLm dynamic = lively(config);
                TokenEngine engine = new BatchEngine(dynamic, Map.of(), new EngineOptions(4, 10, 400, 200))) {
            assertThat(dynamic.allowsRowsOfAnyLength()).isFalse();
            for (int length : new int[] {3, 5}) {
                List<Integer> prompt = prompt(length, length);
                Answers beside = Answers.all();
                engine.submit(TokenRequest.greedy(prompt(6, 9), 6), beside);
                int[] expected = new Generator(dynamic, Set.of(), tokens -> "")
                        .generate(List.of(prompt.stream().mapToInt(i -> i).toArray()), SamplingOptions.greedy(7), 1)
                        .get(0)
                        .tokens();
                assertThat(Answers.of(engine, TokenRequest.greedy(prompt, 7)).ids())
                        .containsExactlyElementsOf(
                                IntStream.of(expected).boxed().toList());
                beside.finish();
            }
        }
    }

    @Test
    void aConstraintOrASinkThatFailsHarmsNobodyElse() {
        TokenEngine engine = engine(EngineOptions.of(4, 1024));
        List<Integer> expected =
                Answers.of(engine, TokenRequest.greedy(prompt(9, 1), 30)).ids();
        Answers broken = Answers.all();
        TokenConstraint failing = new Counting(20, 24) {
            @Override
            public BitSet allowed(int budget) {
                if (budget < 8) {
                    throw new IllegalStateException("broken");
                }
                return super.allowed(budget);
            }
        };
        Answers beside = Answers.all();
        engine.submit(TokenRequest.greedy(prompt(9, 1), 30), beside);
        engine.submit(TokenRequest.greedy(prompt(5, 1), 10).withConstraint(failing), broken);
        engine.submit(TokenRequest.greedy(prompt(5, 2), 10), new TokenSink() {
            @Override
            public boolean sampled(SampledToken token) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void finished(Finish reason) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void failed(RuntimeException reason) {
                throw new IllegalStateException("broken");
            }
        });
        assertThat(beside.ids()).isEqualTo(expected);
        assertThatThrownBy(() -> broken.end.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("broken");
        assertThat(Answers.of(engine, TokenRequest.greedy(prompt(9, 1), 30)).ids())
                .isEqualTo(expected);
    }

    @Test
    void closingFailsWhatIsLeft() {
        TokenEngine engine = engine(EngineOptions.of(1, 1024));
        Answers running = Answers.all();
        Answers waiting = Answers.all();
        engine.submit(TokenRequest.greedy(prompt(4, 1), 900), running);
        engine.submit(TokenRequest.greedy(prompt(4, 1), 900), waiting);
        engine.close();
        assertThat(running.end).isCompletedExceptionally();
        assertThat(waiting.end).isCompletedExceptionally();
        assertThatThrownBy(() -> engine.submit(TokenRequest.greedy(prompt(4, 1), 9), Answers.all()))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
