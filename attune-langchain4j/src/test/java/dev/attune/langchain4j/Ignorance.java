package dev.attune.langchain4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Tests of the contract that ask for more than a small model can: each has to fail at just that, with the model's answer. */
final class Ignorance {
    private Ignorance() {}

    /** @param assertion what the test's failure says: everything before it was as the contract wants */
    static void fails(String assertion, ThrowingCallable test) {
        assertThatThrownBy(test).isInstanceOf(AssertionError.class).hasMessageContaining(assertion);
    }
}
