package dev.attune.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a studio as a browser does.
 *
 * @param address of the studio
 * @param session the cookie of a login, or null
 */
record Visitor(String address, @Nullable String session) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path.substring(1)));
        return session == null ? request : request.header("Cookie", "attune_session=" + session);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    HttpResponse<String> form(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** What a page sends along with every change. */
    String csrf() throws IOException, InterruptedException {
        return first("name=\"csrf\" value=\"([0-9a-f]+)\"", get("/").body());
    }

    /** What the pattern's group matches first. */
    static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
