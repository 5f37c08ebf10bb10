package dev.attune.model.gguf;

import dev.attune.model.tensor.Tensor;

/** How a weight of a Hugging Face checkpoint is stored in GGUF, if not as it is. */
interface Change {
    /** The weight as GGUF stores it. */
    Tensor toGguf(Tensor weight);

    /** The weight as Hugging Face stores it; undoes {@link #toGguf}. */
    Tensor fromGguf(Tensor stored);

    /** The shape in GGUF of a weight of this shape. */
    default long[] ggufShape(long[] shape) {
        return shape;
    }

    /** The same in both. */
    Change NONE = new Change() {
        @Override
        public Tensor toGguf(Tensor weight) {
            return weight;
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return stored;
        }
    };

    /**
     * Rows of a query or key projection. A rotation turns dimensions i and i + half of a head; llama.cpp's variant for
     * Llama has the two next to each other: of a head of 8, rows 0 4 1 5 2 6 3 7. Biases change in the same way.
     *
     * @param heads of this projection: key heads for keys
     */
    record PairedRows(int heads) implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return turned(weight, 2, weight.size(0) / heads / 2);
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return turned(stored, stored.size(0) / heads / 2, 2);
        }

        private Tensor turned(Tensor weight, long outer, long inner) {
            return weight.reshape(heads, outer, inner, -1).transpose(1, 2).reshape(weight.shape());
        }
    }

    /** Norms that multiply by 1 + weight (Gemma): GGUF holds the whole factor. */
    record PlusOne() implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return weight.plus(1);
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return stored.minus(1);
        }
    }

    /** As {@link PlusOne}, times a factor that GGUF has no key for. A reader finds factor 1, and this weight. */
    record PlusOneTimes(double factor) implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return weight.plus(1).times(factor);
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return stored.minus(1);
        }
    }

    /** Matrices {@code [in, out]} (GPT-2), which GGUF has as {@code [out, in]}. */
    record Transposed() implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return weight.transpose(0, 1).contiguous();
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return toGguf(stored);
        }

        @Override
        public long[] ggufShape(long[] shape) {
            return new long[] {shape[1], shape[0]};
        }
    }

    /** Rows ordered head by head (q, k, v of head 0, then of head 1), which GGUF has as all q, all k, all v. */
    record GroupedByProjection(int heads) implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return turned(weight, heads, 3);
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return turned(stored, 3, heads);
        }

        private Tensor turned(Tensor weight, long outer, long inner) {
            long head = weight.size(0) / 3 / heads;
            return weight.reshape(outer, inner, head, -1).transpose(0, 1).reshape(weight.shape());
        }
    }

    /** A factor that GGUF has no key for, multiplied into a weight. A reader finds factor 1, and this weight. */
    record Scaled(double factor) implements Change {
        @Override
        public Tensor toGguf(Tensor weight) {
            return weight.times(factor);
        }

        @Override
        public Tensor fromGguf(Tensor stored) {
            return stored;
        }
    }
}
