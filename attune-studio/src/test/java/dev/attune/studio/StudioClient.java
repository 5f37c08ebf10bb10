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
public record StudioClient(String address, @Nullable String session) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String BOUNDARY = "----here";

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path.substring(1)));
        return session == null ? request : request.header("Cookie", "attune_session=" + session);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public HttpResponse<String> form(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Changes something: a form with the token of a page. */
    public HttpResponse<String> post(String path, String fields) throws IOException, InterruptedException {
        return form(path, "csrf=" + csrf() + "&" + fields);
    }

    /** Sends a form of {@link #part}s and {@link #file}s. */
    public HttpResponse<String> multipart(String path, String parts) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(parts + "--" + BOUNDARY + "--\r\n")));
    }

    /** The same with the token of a page. */
    public HttpResponse<String> upload(String path, String parts) throws IOException, InterruptedException {
        return multipart(path, part("csrf", csrf()) + parts);
    }

    public static String part(String field, String value) {
        return section("name=\"" + field + "\"", value);
    }

    /** The file that a form asks for. */
    public static String file(String name, String content) {
        return section("name=\"file\"; filename=\"" + name + "\"", content);
    }

    private static String section(String disposition, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    /** Whoever was let in by this answer. */
    public StudioClient letInBy(HttpResponse<String> answer) {
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new StudioClient(address, first("attune_session=([^;]+)", cookie));
    }

    /** The path that a form leads to. */
    public static String after(HttpResponse<String> sent) {
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
        return sent.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]*", "");
    }

    /** What a page sends along with every change. */
    public String csrf() throws IOException, InterruptedException {
        return first("name=\"csrf\" value=\"([0-9a-f]+)\"", get("/").body());
    }

    /** What the pattern's group matches first. */
    public static String first(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }
}
