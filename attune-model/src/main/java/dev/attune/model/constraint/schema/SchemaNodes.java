package dev.attune.model.constraint.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of one schema, one for each thing that is asked. Read by several threads once the schema is compiled. */
public final class SchemaNodes {
    private static final int MAX_NODES = 5_000;

    private final Map<Ask, Node> nodes = new HashMap<>();
    private final List<Node> order = new ArrayList<>();
    private final Node all = of(new Ask.All());
    private final Node none = of(new Ask.None());

    Node of(Ask ask) {
        Node known = nodes.get(ask);
        if (known != null) {
            return known;
        }
        if (order.size() >= MAX_NODES) {
            throw new IllegalStateException("has too many cases");
        }
        Node node = new Node(ask);
        nodes.put(ask, node);
        order.add(node);
        return node;
    }

    Node all() {
        return all;
    }

    Node none() {
        return none;
    }

    /** Both at once. */
    public Node and(Node a, Node b) {
        if (a == b || b == all || a == none) {
            return a;
        }
        if (a == all || b == none) {
            return b;
        }
        Set<Node> parts = new LinkedHashSet<>();
        for (Node node : List.of(a, b)) {
            if (node.ask() instanceof Ask.Every every) {
                parts.addAll(every.parts());
            } else {
                parts.add(node);
            }
        }
        return of(new Ask.Every(parts));
    }

    Node not(Node node) {
        if (node == all) {
            return none;
        }
        if (node == none) {
            return all;
        }
        return node.ask() instanceof Ask.Not not ? not.of() : of(new Ask.Not(node));
    }

    /** In the order in which they were made; may grow meanwhile. */
    List<Node> order() {
        return order;
    }
}
