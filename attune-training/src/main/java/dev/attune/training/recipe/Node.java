package dev.attune.training.recipe;

import java.util.List;
import java.util.Map;

/** A piece of a recipe's YAML that knows the line it came from. */
sealed interface Node {
    /** The line in the file, from 1; 0 for what an override set. */
    int line();

    /** A word for messages. */
    String kind();

    /** One value as it was written, without quotes. */
    record Scalar(String text, boolean isNull, int line) implements Node {
        @Override
        public String kind() {
            return isNull ? "null" : "'" + text + "'";
        }
    }

    record Items(List<Node> values, int line) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys in the order of the file. */
    record Section(Map<String, Node> entries, int line) implements Node {
        @Override
        public String kind() {
            return "a section of keys";
        }
    }
}
