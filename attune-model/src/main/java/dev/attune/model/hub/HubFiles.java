package dev.attune.model.hub;

import dev.attune.core.error.BadInputException;
import dev.attune.core.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of one revision of one model: fetched by name and kept in a directory with their ETags. */
final class HubFiles {
    private static final int MAX_REDIRECTS = 5;

    private final URI base;
    private final @Nullable String token;
    private final Path directory;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(
                    HttpClient.Redirect
                            .NEVER) // redirects are followed here because the token must not be sent to other hosts
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    HubFiles(URI base, @Nullable String token, Path directory) {
        this.base = base;
        this.token = token;
        this.directory = directory;
    }

    /** Brings the file up to date. Returns whether the hub has it. */
    boolean fetch(String name) throws IOException {
        Path file = directory.resolve(name);
        Path tag = directory.resolve("." + name + ".etag");
        HttpResponse<InputStream> head = send(base.resolve(name), "HEAD");
        head.body().close();
        if (head.statusCode() == 404) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(tag);
            return false;
        }
        String etag = etag(name, head);
        boolean known = !etag.isEmpty()
                && Files.isRegularFile(file)
                && Files.isRegularFile(tag)
                && Files.readString(tag).equals(etag);
        if (!known) {
            download(name, file, etag);
            Files.writeString(tag, etag);
        }
        return true;
    }

    /**
     * The ETag of a file. Large files are stored on another host; the hub sends their ETag, which is their SHA-256,
     * with the redirect.
     */
    private String etag(String name, HttpResponse<?> head) {
        int status = head.statusCode();
        if (status == 401 || status == 403) {
            throw BadInputException.at(
                    base.resolve(name).toString(), "status " + status, "access", "set HF_TOKEN to a token that has it");
        }
        String linked = head.headers().firstValue("X-Linked-ETag").orElse("");
        String etag = linked.isEmpty() ? head.headers().firstValue("ETag").orElse("") : linked;
        return etag.replaceAll("^W/|\"", "");
    }

    private void download(String name, Path file, String etag) throws IOException {
        URI address = base.resolve(name);
        HttpResponse<InputStream> response = send(address, "GET");
        for (int hops = 0; isRedirect(response.statusCode()); hops++) {
            response.body().close();
            String location = response.headers().firstValue("Location").orElse("");
            if (hops == MAX_REDIRECTS || location.isEmpty()) {
                throw new IOException(address + " redirects without end");
            }
            address = address.resolve(location);
            response = send(address, "GET");
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers with status " + response.statusCode());
            }
            store(
                    body,
                    file,
                    etag,
                    response.headers().firstValueAsLong("Content-Length").orElse(-1));
        }
    }

    private void store(InputStream body, Path file, String etag, long length) throws IOException {
        Path temporary = AtomicFiles.temporary(file);
        MessageDigest digest = sha256();
        long size;
        try (OutputStream out = Files.newOutputStream(temporary);
                DigestInputStream in = new DigestInputStream(body, digest)) {
            size = in.transferTo(out);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        boolean damaged = (length >= 0 && size != length) || (etag.matches("[0-9a-f]{64}") && !etag.equals(hash));
        if (damaged) {
            Files.delete(temporary);
            throw new IOException(file.getFileName() + " arrived damaged (" + size + " bytes)");
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpResponse<InputStream> send(URI address, String method) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofMinutes(10))
                .header("User-Agent", "attune")
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null && !token.isBlank() && sameHost(address)) {
            request.header("Authorization", "Bearer " + token.strip());
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private boolean sameHost(URI address) {
        return Objects.equals(address.getScheme(), base.getScheme())
                && Objects.equals(address.getHost(), base.getHost())
                && address.getPort() == base.getPort();
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
