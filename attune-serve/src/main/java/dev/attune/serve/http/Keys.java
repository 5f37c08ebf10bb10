package dev.attune.serve.http;

import dev.attune.serve.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that open a server. Comparing takes as long for a wrong key as for a right one. */
public final class Keys {
    private static final Pattern BEARER = Pattern.compile("\\s*bearer\\s+(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

    private final List<byte[]> hashes;

    /** @param keys empty: everybody may ask */
    public Keys(List<String> keys) {
        this.hashes = keys.stream().map(Keys::hash).toList();
    }

    /** @throws ApiException with status 401 if the header has none of the keys */
    void check(@Nullable String authorization) {
        if (hashes.isEmpty()) {
            return;
        }
        Matcher matcher = BEARER.matcher(authorization == null ? "" : authorization);
        boolean there = matcher.matches();
        byte[] given = hash(there ? matcher.group(1) : "");
        boolean known = false;
        for (byte[] hash : hashes) {
            known |= MessageDigest.isEqual(hash, given);
        }
        if (!there || !known) {
            throw ApiException.refused(
                    401,
                    "invalid_api_key",
                    there ? "this API key is not valid here" : "send an API key: Authorization: Bearer KEY");
        }
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
