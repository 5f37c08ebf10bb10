package dev.attune.training.optimizer;

import dev.attune.model.tensor.NoGrad;
import dev.attune.model.tensor.Scope;
import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.Parameters;
import dev.attune.training.recipe.OptimizerSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;

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
 * Epsilon is added after the bias correction, so that early steps are larger than with TensorFlow's Adam. Decay applies only to matrices. Frozen weights have no moments. The flat buffers are processed in blocks that fit the CPU cache.
 */
public final class AdamW implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final OptimizerSettings settings;
    private final List<Part> parts = new ArrayList<>();
    private final Tensor scratch = Tensor.zeros(PIECE).retain();

    /** @param groups parameter groups, each with its own learning rate; all gradients are clipped by one norm */
    public AdamW(List<Parameters> groups, OptimizerSettings settings) {
        this.settings = settings;
        groups.forEach(parameters -> parts.add(new Part(parameters)));
    }

    public AdamW(Parameters parameters, OptimizerSettings settings) {
        this(List.of(parameters), settings);
    }

    /** The global norm of the accumulated gradients, before clipping. */
    public double gradientNorm() {
        double squares = 0;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            for (Part part : parts) {
                double norm = part.parameters.flatGrad().raw().norm().item_double();
                squares += norm * norm;
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
        double scale = maxNorm == null || norm <= maxNorm ? 1 : maxNorm / (norm + 1e-6);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.on()) {
            for (int i = 0; i < rates.length; i++) {
                parts.get(i).update(number, rates[i], scale);
            }
        }
        return norm;
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
        scratch.close();
    }

    /** A span of the flat buffer with or without weight decay. */
    private record Piece(
            Tensor weights, Tensor gradient, Tensor first, Tensor second, Tensor denominator, boolean decay) {
        void close() {
            weights.close();
            gradient.close();
            first.close();
            second.close();
            denominator.close();
        }
    }

    private final class Part {
        private final Parameters parameters;
        private final Tensor first;
        private final Tensor second;
        private final List<Piece> pieces = new ArrayList<>();

        Part(Parameters parameters) {
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
                    view(scratch, 0, length),
                    decay);
        }

        private static Tensor view(Tensor flat, long from, long length) {
            return flat.narrow(0, from, length).retain();
        }

        void update(long number, double rate, double scale) {
            double correction1 = 1 - Math.pow(settings.beta1(), (double) number);
            double root2 = Math.sqrt(1 - Math.pow(settings.beta2(), (double) number));
            double decay = 1 - rate * settings.weightDecay();
            for (Piece piece : pieces) {
                try (Scope scope = Scope.open()) {
                    if (scale != 1) {
                        piece.gradient.timesInPlace(scale);
                    }
                    if (piece.decay && decay != 1) {
                        piece.weights.timesInPlace(decay);
                    }
                    piece.first.lerpInPlace(piece.gradient, 1 - settings.beta1());
                    piece.second.timesInPlace(settings.beta2());
                    piece.second.plusProductInPlace(piece.gradient, piece.gradient, 1 - settings.beta2());
                    if (rate != 0) {
                        piece.denominator.copyInPlace(piece.second).raw().sqrt_();
                        piece.denominator.raw().add_(new Scalar(settings.epsilon() * root2));
                        piece.weights.plusQuotientInPlace(piece.first, piece.denominator, -rate * root2 / correction1);
                    }
                    piece.gradient.zeroInPlace();
                }
            }
        }

        void close() {
            pieces.forEach(Piece::close);
            first.close();
            second.close();
        }
    }
}
