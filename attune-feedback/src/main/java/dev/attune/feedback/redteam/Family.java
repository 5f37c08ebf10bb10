package dev.attune.feedback.redteam;

import dev.attune.core.text.ConfigNamed;
import java.util.Locale;

/** Kinds of attack. Whole families can be left out or held out. */
public enum Family implements ConfigNamed {
    /** The request as it is. */
    PLAIN,
    /** The model is to play somebody who answers everything. */
    ROLE_PLAY,
    /** The request stands in a story or a thought experiment. */
    FICTION,
    /** The asker claims a right to the answer. */
    AUTHORITY,
    /** The request is in a code. */
    ENCODING,
    /** Several turns. */
    DIALOGUE,
    /** Words before or behind the request that push towards an answer. */
    SUFFIX,
    /** Examples of answered requests stand before the request. */
    EXAMPLES,
    /** The request is framed in another language. */
    LANGUAGE,
    /** The request comes in parts. */
    SPLITTING,
    /** A model wrote the attack. */
    ATTACKER;

    @Override
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return configName();
    }
}
