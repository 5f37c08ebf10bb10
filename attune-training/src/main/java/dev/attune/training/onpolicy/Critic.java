package dev.attune.training.onpolicy;

import dev.attune.model.tensor.Tensor;
import dev.attune.model.transformer.CausalLm;
import dev.attune.model.transformer.ParameterSet;
import dev.attune.model.transformer.RewardModel;
import dev.attune.model.transformer.ValueHead;
import dev.attune.training.batch.TargetBatch;

/** The value function V(s): the expected reward of the rest of a completion. */
public sealed interface Critic extends AutoCloseable {
    /** The weights that only the critic uses, not shared with the policy. */
    ParameterSet parameters();

    /**
     * Values at the states of a batch, {@code [targets]}: for a completion after a prompt of length P, value t is read
     * at position P - 1 + t.
     *
     * @param policyHidden the policy's hidden states there, {@code [targets, width]}
     */
    Tensor values(TargetBatch batch, Tensor policyHidden);

    /** The critic for backward passes on a worker, with its own gradients. */
    Critic onWorker(int worker);

    /** A copy that does not need the policy. */
    RewardModel copy(CausalLm policy);

    @Override
    void close();

    /** A separate network: a reward model's, or the policy's backbone with a new head. Reads prompt and completion. */
    record Own(RewardModel model) implements Critic {
        @Override
        public ParameterSet parameters() {
            return model.parameters();
        }

        @Override
        public Tensor values(TargetBatch batch, Tensor policyHidden) {
            return batch.valuesAtStates(model.values(batch.tokens()));
        }

        @Override
        public Critic onWorker(int worker) {
            return new Own(model.onWorker(worker));
        }

        @Override
        public RewardModel copy(CausalLm policy) {
            return model.copy();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** A head on the policy's backbone, whose gradients reach the backbone. */
    record Shared(ValueHead head) implements Critic {
        @Override
        public ParameterSet parameters() {
            return head.parameters();
        }

        @Override
        public Tensor values(TargetBatch batch, Tensor policyHidden) {
            return head.values(policyHidden);
        }

        @Override
        public Critic onWorker(int worker) {
            return new Shared(head.onWorker(worker));
        }

        @Override
        public RewardModel copy(CausalLm policy) {
            return head.on(policy);
        }

        @Override
        public void close() {
            head.close();
        }
    }
}
