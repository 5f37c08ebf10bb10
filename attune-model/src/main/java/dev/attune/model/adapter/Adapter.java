package dev.attune.model.adapter;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Randomness;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Adaptation;
import dev.attune.model.transformer.BaseModel;
import dev.attune.model.transformer.BaseWeight;
import dev.attune.model.transformer.LinearModule;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.model.transformer.TokenBatch;
import dev.attune.model.transformer.WeightChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A low-rank adapter with its weights, for one base.
 *
 * <pre>{@code
 * try (CausalLm base = Checkpoints.loadCausal(directory, DType.BFLOAT16);
 *         CausalLm policy = CausalLm.adapted(base.asBase(), Adapter.create(base.asBase(), AdapterSpec.of(16), 7));
 *         CausalLm reference = policy.withoutAdapter()) {
 *     ...
 * }
 * }</pre>
 */
public final class Adapter implements Adaptation {
    static final String A = ".lora_A.weight";
    static final String B = ".lora_B.weight";
    static final String EMBEDDING_A = ".lora_embedding_A";
    static final String EMBEDDING_B = ".lora_embedding_B";
    static final String MAGNITUDE = ".lora_magnitude_vector";

    private final AdapterSpec spec;
    private final BaseModel base;
    private final ChosenModules chosen;
    private final Map<String, LinearModule> modules;
    private final Set<String> saved;
    private final ParameterSet parameters;
    private final DropoutState dropout;

    private Adapter(
            AdapterSpec spec, BaseModel base, ChosenModules chosen, ParameterSet parameters, DropoutState dropout) {
        this.spec = spec;
        this.base = base;
        this.chosen = chosen;
        this.modules = chosen.adapted().stream().collect(Collectors.toMap(LinearModule::name, module -> module));
        this.saved = Set.copyOf(chosen.saved());
        this.parameters = parameters;
        this.dropout = dropout;
    }

    /**
     * A new adapter, with which the model computes what the base computes: A is random, U(-1/sqrt(in), 1/sqrt(in)), and B
     * is 0, as in PEFT; magnitudes are the base's, and modules that are trained as a whole start from the base's weights.
     * A score head that the base does not have is random, N(0, 1 / (width + 1)).
     *
     * @param base of a reward model: {@code model.asBase().asReward()}; its score is always trained as a whole
     * @param seed of the initial weights and of dropout
     * @throws dev.attune.core.error.BadInputException if a setting fits nothing in the model
     */
    public static Adapter create(BaseModel base, AdapterSpec spec, long seed) {
        Adapter adapter = empty(base, spec, seed);
        adapter.chosen.refuseDropoutOfHead(adapter.spec);
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            adapter.initialize(Randomness.of(seed, "adapter"));
        }
        return adapter;
    }

    /** An adapter whose weights are 0. */
    static Adapter empty(BaseModel base, AdapterSpec spec, long seed) {
        AdapterSpec complete = spec.forModel(base.config());
        ChosenModules chosen = ChosenModules.of(complete, base.config(), base.weightNames());
        return new Adapter(
                complete,
                base,
                chosen,
                ParameterSet.of(shapes(complete, base, chosen)),
                new DropoutState(complete.dropout(), seed));
    }

    private static Map<String, long[]> shapes(AdapterSpec spec, BaseModel base, ChosenModules chosen) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (LinearModule module : chosen.adapted()) {
            int rank = spec.rankOf(module.name());
            shapes.put(nameOfA(module), new long[] {rank, module.in()});
            shapes.put(nameOfB(module), new long[] {module.out(), rank});
            if (spec.dora()) {
                shapes.put(module.name() + MAGNITUDE, new long[] {module.out()});
            }
        }
        for (String name : chosen.saved()) {
            Tensor weight = base.weight(name);
            shapes.put(name, weight == null ? new long[] {1, base.config().width()} : weight.shape());
        }
        return shapes;
    }

    static String nameOfA(LinearModule module) {
        return module.name() + (module.kind() == LinearModule.Kind.EMBEDDING ? EMBEDDING_A : A);
    }

    static String nameOfB(LinearModule module) {
        return module.name() + (module.kind() == LinearModule.Kind.EMBEDDING ? EMBEDDING_B : B);
    }

    private void initialize(Randomness source) {
        for (LinearModule module : chosen.adapted()) {
            Randomness own = Randomness.of(source.seed(), module.name());
            if (module.kind() == LinearModule.Kind.EMBEDDING) {
                Tensor b = weight(nameOfB(module));
                b.copyInPlace(own.normal(0, 1, b.shape()));
            } else {
                Tensor a = weight(nameOfA(module));
                double bound = 1 / Math.sqrt((double) module.in());
                a.copyInPlace(own.uniform(-bound, bound, a.shape()));
            }
            if (spec.dora()) {
                weight(module.name() + MAGNITUDE).copyInPlace(norm(module));
            }
        }
        for (String name : chosen.saved()) {
            Tensor start = base.weight(name);
            Tensor target = weight(name);
            target.copyInPlace(
                    start != null
                            ? start
                            : source.normal(0, 1 / Math.sqrt(base.config().width() + 1.0), target.shape()));
        }
    }

    private Tensor norm(LinearModule module) {
        return LowRank.norm(
                base.weightOf(module).inputFirst(),
                weight(nameOfA(module)),
                weight(nameOfB(module)),
                spec.scaleOf(module.name()));
    }

    /** The settings; of a reward model with its score among the modules that are trained as a whole. */
    public AdapterSpec spec() {
        return spec;
    }

    /** The base that the adapter belongs to. */
    public BaseModel base() {
        return base;
    }

    /** Warnings about settings without effect. */
    public List<String> warnings() {
        return chosen.warnings();
    }

    List<LinearModule> modules() {
        return chosen.adapted();
    }

    List<String> saved() {
        return chosen.saved();
    }

    /** What is adapted, for logs: kind, number of modules, rank and number of trained weights. */
    public String describe() {
        String kind = (spec.rankStabilized() ? "rank-stabilized " : "") + (spec.dora() ? "DoRA" : "LoRA");
        String whole = saved.isEmpty() ? "" : ", " + saved.size() + " weights trained as a whole";
        return kind + " of rank " + spec.rank() + " on " + modules.size() + " modules" + whole + ": "
                + parameters.count() + " trained weights beside "
                + base.weights().count() + " frozen ones";
    }

    @Override
    public ParameterSet parameters() {
        return parameters;
    }

    @Override
    public @Nullable Tensor replacement(String weight) {
        return saved.contains(weight) ? weight(weight) : null;
    }

    @Override
    public @Nullable WeightChange change(String name, BaseWeight stored) {
        LinearModule module = modules.get(name);
        if (module == null) {
            return wholeLinear(name);
        }
        Tensor magnitude = spec.dora() ? weight(name + MAGNITUDE) : null;
        Tensor a = weight(nameOfA(module));
        Tensor b = weight(nameOfB(module));
        double scale = spec.scaleOf(name);
        return module.kind() == LinearModule.Kind.EMBEDDING
                ? new LowRankEmbedding(a, b, scale, magnitude, stored)
                : new LowRank(name, a, b, scale, dropout, magnitude, stored);
    }

    /** Heads, embeddings and norms are replaced where they are read. */
    private @Nullable WeightChange wholeLinear(String name) {
        LinearModule module = LinearModule.of(base.config()).stream()
                .filter(each -> each.name().equals(name) && each.kind() == LinearModule.Kind.LINEAR)
                .findFirst()
                .orElse(null);
        return module == null || !saved.contains(name + ".weight")
                ? null
                : new WholeLinear(weight(name + ".weight"), module.inputFirst(), replacement(name + ".bias"));
    }

    @Override
    public boolean tiesHead() {
        return spec.tied();
    }

    @Override
    public boolean isIdentity() {
        try (NoGrad off = NoGrad.on();
                Scope scope = Scope.open()) {
            return chosen.adapted().stream().allMatch(this::isIdentity)
                    && chosen.saved().stream().allMatch(this::isUnchanged);
        }
    }

    private boolean isIdentity(LinearModule module) {
        boolean zero = isZero(weight(nameOfA(module))) || isZero(weight(nameOfB(module)));
        return zero && (!spec.dora() || weight(module.name() + MAGNITUDE).sameValues(norm(module)));
    }

    private static boolean isZero(Tensor tensor) {
        return tensor.abs().max().item() == 0;
    }

    private boolean isUnchanged(String name) {
        Tensor start = base.weight(name);
        return start != null && start.toFloat().sameValues(weight(name));
    }

    @Override
    public void atStep(long step) {
        dropout.atStep(step);
    }

    @Override
    public Pass pass(TokenBatch batch) {
        return dropout.pass(batch);
    }

    @Override
    public Adapter replica() {
        return new Adapter(spec, base, chosen, parameters.replica(), dropout);
    }

    private Tensor weight(String name) {
        return Objects.requireNonNull(parameters.variable(name));
    }

    /** Frees the adapter's weights and those of its replicas. */
    @Override
    public void close() {
        parameters.close();
    }
}
