package dev.attune.studio.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The address of a page with its query. */
public final class Address {
    private final String path;
    private final Map<String, String> query;

    private Address(String path, Map<String, String> query) {
        this.path = path;
        this.query = query;
    }

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** With a value in the query, in place of another of this name; an empty one is left out. */
    public Address with(String name, Object value) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.remove(name);
        if (!value.toString().isEmpty()) {
            all.put(name, value.toString());
        }
        return new Address(path, all);
    }

    @Override
    public String toString() {
        return query.isEmpty()
                ? path
                : path + "?"
                        + query.entrySet().stream()
                                .map(entry -> entry.getKey() + "="
                                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"));
    }
}
