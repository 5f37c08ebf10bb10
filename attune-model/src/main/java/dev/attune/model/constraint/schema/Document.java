package dev.attune.model.constraint.schema;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A schema's document: its parts by JSON pointer, and where references lead. Nothing is fetched. */
final class Document {
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private final Map<String, JsonNode> parts = new HashMap<>();
    private final Map<String, String> bases = new HashMap<>();
    private final Map<String, String> resources = new HashMap<>();

    Document(JsonNode root) {
        resources.put("", "");
        visit(root, "", "");
    }

    private void visit(JsonNode part, String pointer, String outerBase) {
        String base = outerBase;
        if (part.isObject()) {
            if (part.path("$id").isString()) {
                base = resolve(outerBase, part.get("$id").stringValue());
                resources.putIfAbsent(withoutFragment(base), pointer);
            }
            for (String key : new String[] {"$anchor", "$dynamicAnchor"}) {
                if (part.path(key).isString()) {
                    resources.putIfAbsent(base + "#" + part.get(key).stringValue(), pointer);
                }
            }
        }
        parts.put(pointer, part);
        bases.put(pointer, base);
        if (part.isArray()) {
            for (int i = 0; i < part.size(); i++) {
                visit(part.get(i), pointer + "/" + i, base);
            }
        }
        for (Map.Entry<String, JsonNode> entry : part.properties()) {
            boolean data = DATA.contains(entry.getKey()) && !pointer.endsWith("/properties");
            if (!data) {
                visit(entry.getValue(), pointer + "/" + escape(entry.getKey()), base);
            }
        }
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static String withoutFragment(String uri) {
        int hash = uri.indexOf('#');
        return hash < 0 ? uri : uri.substring(0, hash);
    }

    private static String resolve(String base, String reference) {
        if (reference.isEmpty() || reference.startsWith("#")) {
            return withoutFragment(base) + reference;
        }
        try {
            return URI.create(base).resolve(URI.create(reference)).toString();
        } catch (IllegalArgumentException e) {
            return reference;
        }
    }

    JsonNode part(String pointer) {
        JsonNode part = parts.get(pointer);
        if (part == null) {
            throw new IllegalArgumentException("no part at " + pointer);
        }
        return part;
    }

    /** The pointer of the part that a reference names, or null if it is not in this document. */
    @Nullable
    String target(String from, String reference) {
        String uri = resolve(bases.getOrDefault(from, ""), reference);
        int hash = uri.indexOf('#');
        String fragment =
                hash < 0 ? "" : URLDecoder.decode(uri.substring(hash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        String resource = resources.get(withoutFragment(uri));
        if (!fragment.isEmpty() && !fragment.startsWith("/")) {
            return resources.get(withoutFragment(uri) + "#" + fragment);
        }
        return resource != null && parts.containsKey(resource + fragment) ? resource + fragment : null;
    }
}
