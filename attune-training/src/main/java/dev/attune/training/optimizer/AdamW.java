package dev.attune.training.optimizer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.tensor.Workers;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.training.recipe.OptimizerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101) in PyTorch's form, with the gradient clipped
 * by its global norm over all parts first:
 *
 * <pre>
 *   g := g * min(1, maxNorm / |g|)
 *   m := beta1 m + (1 - beta1) g            v := beta2 v + (1 - beta2) g^2
 *   p := p (1 - rate * decay) - rate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * Epsilon is added after the bias correction, so that early steps are larger than with TensorFlow's Adam. Decay applies
 * only to matrices. Frozen weights have no moments. The flat buffers are processed in pieces, which the {@link Workers}
 * share; a piece is the same for any number of them.
 */
public final class AdamW implements AutoCloseable {
    private static final int PIECE = 1 << 18;

    private final OptimizerSettings settings;
    private final FusedAdamW fused = new FusedAdamW();
    private final List<Part> parts = new ArrayList<>();

    /** @param groups parameter groups, each with its own learning rate; all gradients are clipped by one norm */
    public AdamW(List<ParameterSet> groups, OptimizerSettings settings) {
        this.settings = settings;
        groups.forEach(parameters -> parts.add(new Part(parameters)));
    }

    public AdamW(ParameterSet parameters, OptimizerSettings settings) {
        this(List.of(parameters), settings);
    }

    /** The global norm of the accumulated gradients, before clipping; those of replicas are added to the model's. */
    public double gradientNorm() {
        double squares = 0;
        try (NoGrad off = NoGrad.on()) {
            for (Part part : parts) {
                List<Tensor> replicas = part.parameters.replicaGradients();
                for (double norm : Workers.mapEach(part.pieces, piece -> piece.gather(replicas))) {
                    squares += norm * norm;
                }
            }
        }
        return Math.sqrt(squares);
    }

    /**
     * One update, after which the gradients are 0.
     *
     * @param number of the update, from 1: the t of the bias correction
     * @param rates the learning rate of each parameter group; a group with rate 0 updates its moments and keeps its
     *     weights
     * @return the gradient's norm before clipping
     * @throws dev.attune.core.error.RunFailedException if the gradient is not finite; the weights are then as they were
     */
    public double step(long number, double... rates) {
        if (rates.length != parts.size()) {
            throw new IllegalArgumentException(rates.length + " learning rates for " + parts.size() + " groups");
        }
        double norm = gradientNorm();
        if (!Double.isFinite(norm)) {
            throw FiniteChecks.inGradient(
                    number, norm, parts.stream().map(part -> part.parameters).toList());
        }
        Double maxNorm = settings.maxGradNorm();
        double divisor = maxNorm == null || norm <= maxNorm ? 1 : (norm + 1e-6) / maxNorm;
        try (NoGrad off = NoGrad.on()) {
            for (int i = 0; i < rates.length; i++) {
                update(parts.get(i), number, rates[i], divisor);
            }
        }
        return norm;
    }

    private void update(Part part, long number, double rate, double divisor) {
        Workers.mapEach(part.pieces, piece -> {
            double decay = piece.decay ? settings.weightDecay() : 0;
            fused.step(
                    piece.weights,
                    piece.gradient,
                    piece.first,
                    piece.second,
                    new FusedAdamW.Step(
                            number, rate, settings.beta1(), settings.beta2(), decay, settings.epsilon(), divisor));
            piece.gradient.zeroInPlace();
            return true;
        });
    }

    /** The moments by name, live: a checkpoint reads and writes them. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            state.put("adam." + i + ".m", parts.get(i).first);
            state.put("adam." + i + ".v", parts.get(i).second);
        }
        return state;
    }

    @Override
    public void close() {
        parts.forEach(Part::close);
    }

    /** A span of the flat buffer with or without weight decay. */
    private record Piece(Tensor weights, Tensor gradient, Tensor first, Tensor second, long from, boolean decay) {
        /** Adds the replicas' gradients, in their order, and sets them to 0; returns the norm of the sum. */
        double gather(List<Tensor> replicas) {
            try (Scope scope = Scope.open()) {
                for (Tensor replica : replicas) {
                    Tensor same = replica.narrow(0, from, gradient.count());
                    gradient.plusInPlace(same, 1);
                    same.zeroInPlace();
                }
                return gradient.raw().norm().item_double();
            }
        }

        void close() {
            weights.close();
            gradient.close();
            first.close();
            second.close();
        }
    }

    private static final class Part {
        private final ParameterSet parameters;
        private final Tensor first;
        private final Tensor second;
        private final List<Piece> pieces = new ArrayList<>();

        Part(ParameterSet parameters) {
            this.parameters = parameters;
            parameters.makeTrainable();
            long count = parameters.trained().count();
            first = Tensor.zeros(count).retain();
            second = Tensor.zeros(count).retain();
            for (FlatSpans.Span span : FlatSpans.of(parameters)) {
                for (long from = span.from(); from < span.to(); from += PIECE) {
                    pieces.add(piece(from, Math.min(PIECE, span.to() - from), span.matrix()));
                }
            }
        }

        private Piece piece(long from, long length, boolean decay) {
            return new Piece(
                    view(parameters.trained(), from, length),
                    view(parameters.flatGrad(), from, length),
                    view(first, from, length),
                    view(second, from, length),
                    from,
                    decay);
        }

        private static Tensor view(Tensor flat, long from, long length) {
            return flat.narrow(0, from, length).retain();
        }

        void close() {
            pieces.forEach(Piece::close);
            first.close();
            second.close();
        }
    }
}
