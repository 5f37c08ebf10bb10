package dev.attune.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that does what HTTP libraries do not: it leaves, reads slowly, or sends several requests at once. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    RawClient(int port) {
        try {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(20_000);
            socket.setReceiveBufferSize(4096);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String request(String path, Object body) {
        String json = body.toString();
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json;
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String line() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to a line that contains a text. */
    String lineWith(String text) {
        String line = line();
        while (line != null && !line.contains(text)) {
            line = line();
        }
        return line;
    }

    void endOfHeaders() {
        String line = line();
        while (!line.isEmpty()) {
            line = line();
        }
    }

    /** Reads one JSON object, which need not end with a line. */
    String readJson() {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        try {
            do {
                int c = in.read();
                text.append((char) c);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            } while (depth > 0);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves as a killed process does. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
