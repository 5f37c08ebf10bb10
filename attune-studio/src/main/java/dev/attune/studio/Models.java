package dev.attune.studio;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.ScoringModel;
import dev.attune.core.model.TextModel;

/** Opens models in directories. The studio has no engine; the program that starts it passes one in. */
public interface Models {
    /** A studio without an engine. */
    Models NONE = new Models() {
        @Override
        public TextModel text(String address) {
            throw none(address);
        }

        @Override
        public ScoringModel scoring(String address) {
            throw none(address);
        }

        private BadInputException none(String address) {
            return BadInputException.at(
                    address, "a studio without an engine", "a studio with an engine", "start it with 'attune studio'");
        }
    };

    /** @throws BadInputException if there is no language model at this address */
    TextModel text(String address);

    /** @throws BadInputException if there is no reward model at this address */
    ScoringModel scoring(String address);
}
