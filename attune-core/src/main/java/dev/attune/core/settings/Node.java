package dev.attune.core.settings;

import java.util.List;
import java.util.Map;

/** A node of a YAML file with its line. */
public sealed interface Node {
    /** The line in the file, from 1; 0 for a value set by an override. */
    int line();

    /** The kind of node, for messages. */
    String kind();

    /** One value as it was written, without quotes. */
    record Scalar(String text, boolean isNull, int line) implements Node {
        /** The same place with another text. */
        public Scalar withText(String value) {
            return new Scalar(value, isNull, line);
        }

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
