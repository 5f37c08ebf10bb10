package dev.attune.model.constraint;

import dev.attune.model.constraint.machine.Machine;
import dev.attune.model.constraint.machine.Stack;
import dev.attune.model.constraint.text.Dfa;
import java.util.BitSet;
import java.util.List;

/** Holds one sequence to a grammar. For one thread at a time; grammar and vocabulary may be shared. */
public final class JsonConstraint implements TokenConstraint {
    private final TokenVocabulary vocabulary;
    private List<Stack> ways;

    /**
     * Before the first token.
     *
     * @param grammar what the text must look like
     * @param vocabulary the tokens of the model
     */
    public JsonConstraint(JsonGrammar grammar, TokenVocabulary vocabulary) {
        this.vocabulary = vocabulary;
        ways = grammar.start();
    }

    @Override
    public BitSet allowed(int budget) {
        TokenWalk walk = walk(budget - 1);
        return walk.allowed().isEmpty() && walk.least() < Dfa.INFINITE
                ? walk(walk.least()).allowed()
                : walk.allowed();
    }

    private TokenWalk walk(int limit) {
        TokenWalk walk = new TokenWalk(vocabulary, limit);
        ways.forEach(walk::from);
        return walk;
    }

    @Override
    public void accept(int token) {
        List<Stack> next = vocabulary.isOrdinary(token) ? Machine.step(ways, vocabulary.path(token)) : List.of();
        if (next.isEmpty()) {
            throw new IllegalArgumentException("token " + token + " may not come here");
        }
        ways = next;
    }

    @Override
    public boolean mayEnd() {
        return Machine.mayEnd(ways);
    }

    @Override
    public boolean isComplete() {
        return Machine.isDone(ways);
    }
}
