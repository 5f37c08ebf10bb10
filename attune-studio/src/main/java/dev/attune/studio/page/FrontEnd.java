package dev.attune.studio.page;

import dev.attune.core.io.Hashing;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Third-party scripts, each pinned by version and hash. */
public enum FrontEnd {
    /** Drag and drop, also on touch screens. MIT. */
    SORTABLE("sortablejs/1.15.6/Sortable.min.js", "6d0a831fc19b4bae851797ad3393157e861afb7862459c11226359b27e2c4337"),
    /** Parts of pages that update themselves. 0BSD. */
    HTMX("htmx.org/2.0.4/dist/htmx.min.js", "e209dda5c8235479f3166defc7750e1dbcd5a5c1808b7792fc2e6733768fb447");

    private final String path;
    private final String hash;

    FrontEnd(String path, String hash) {
        this.path = path;
        this.hash = hash;
    }

    /** Its path in the WebJar: name, version, file. */
    String path() {
        return path;
    }

    /** Its address for pages. */
    String address() {
        return "/assets/vendor/" + name().toLowerCase(Locale.ROOT) + ".js";
    }

    /** @throws IllegalStateException if the file is not the one whose hash is recorded */
    byte[] content() {
        try (InputStream in = FrontEnd.class.getResourceAsStream("/META-INF/resources/webjars/" + path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            byte[] content = in.readAllBytes();
            if (!Hashing.sha256(content).equals(hash)) {
                throw new IllegalStateException(path + " does not have the recorded hash");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void add(RoutesConfig routes) {
        for (FrontEnd file : values()) {
            byte[] content = file.content();
            routes.get(
                    file.address(),
                    context -> context.contentType("text/javascript; charset=utf-8")
                            .header("Cache-Control", "public, max-age=3600")
                            .result(content),
                    RequiredRole.NONE);
        }
    }
}
