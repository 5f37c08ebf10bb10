package dev.attune.core.data.raw;

import dev.attune.core.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dialogues as one text, as in hh-rlhf: {@code "\n\nHuman: ...\n\nAssistant: ..."}. One space after the colon is not part
 * of the turn.
 */
public final class HhDialogue {
    private static final Pattern TURN = Pattern.compile("(?:^|\\n\\n)(Human|Assistant):");

    private HhDialogue() {}

    /** Whether the text starts with a turn. */
    public static boolean matches(String text) {
        return TURN.matcher(text).lookingAt();
    }

    /** Whether the text starts with a question and has an answer. */
    public static boolean isWhole(String text) {
        List<Message> messages = matches(text) ? parse(text) : List.of();
        return messages.size() > 1 && messages.get(0).role().equals("user");
    }

    /** The turns of a text that ends with an empty turn of the assistant, without that turn. */
    public static List<Message> question(String text) {
        List<Message> messages = parse(text);
        Message last = messages.get(messages.size() - 1);
        boolean open = last.role().equals("assistant") && last.content().isBlank();
        return open ? messages.subList(0, messages.size() - 1) : messages;
    }

    /** The turns of a text that {@link #matches}. */
    public static List<Message> parse(String text) {
        Matcher matcher = TURN.matcher(text);
        List<Message> messages = new ArrayList<>();
        String role = "";
        int start = 0;
        while (matcher.find()) {
            if (!role.isEmpty()) {
                messages.add(turn(role, text.substring(start, matcher.start())));
            }
            role = matcher.group(1);
            start = matcher.end();
        }
        if (!role.isEmpty()) {
            messages.add(turn(role, text.substring(start)));
        }
        return messages;
    }

    /** Messages by user and assistant as one text; the inverse of {@link #parse}. */
    public static String render(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append(speaker(message.role())).append(' ').append(message.content());
        }
        return text.toString();
    }

    private static String speaker(String role) {
        return switch (role) {
            case "user" -> "\n\nHuman:";
            case "assistant" -> "\n\nAssistant:";
            default -> throw new IllegalArgumentException("hh dialogues hold user and assistant only, not " + role);
        };
    }

    private static Message turn(String speaker, String text) {
        String content = text.startsWith(" ") ? text.substring(1) : text;
        return speaker.equals("Human") ? Message.user(content) : Message.assistant(content);
    }
}
