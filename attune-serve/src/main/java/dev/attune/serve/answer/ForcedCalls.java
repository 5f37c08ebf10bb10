package dev.attune.serve.answer;

import dev.attune.core.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads calls that a constraint forced: one object or an array of them, each with the name before the arguments. */
final class ForcedCalls implements AnswerReader {
    private static final Pattern HEAD =
            Pattern.compile("\\{\\s*\"name\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*+\")\\s*,\\s*\"arguments\"\\s*:\\s*\\{");

    private enum State {
        OUTSIDE,
        HEAD,
        ARGUMENTS,
        TAIL
    }

    private final AnswerParts parts;
    private final StringBuilder head = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private State state = State.OUTSIDE;
    private int depth;
    private boolean inString;
    private boolean escaped;

    ForcedCalls(AnswerParts parts) {
        this.parts = parts;
    }

    @Override
    public void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        flush();
    }

    @Override
    public void end(boolean cut) {
        flush();
    }

    private void flush() {
        if (!arguments.isEmpty()) {
            parts.arguments(arguments.toString());
            arguments.setLength(0);
        }
    }

    private void add(char c) {
        switch (state) {
            case OUTSIDE -> {
                if (c == '{') {
                    state = State.HEAD;
                    head.setLength(0);
                    head.append(c);
                }
            }
            case HEAD -> {
                head.append(c);
                if (c == '{') {
                    startCall();
                }
            }
            case ARGUMENTS -> argument(c);
            case TAIL -> {
                if (c == '}') {
                    state = State.OUTSIDE;
                }
            }
        }
    }

    private void startCall() {
        Matcher matcher = HEAD.matcher(head);
        if (matcher.matches()) {
            parts.call(Json.tree(matcher.group(1)).stringValue());
            arguments.append('{');
            depth = 1;
            state = State.ARGUMENTS;
        }
    }

    private void argument(char c) {
        arguments.append(c);
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
            if (depth == 0) {
                flush();
                state = State.TAIL;
            }
        }
    }
}
