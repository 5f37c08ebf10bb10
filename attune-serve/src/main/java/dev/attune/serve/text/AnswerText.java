package dev.attune.serve.text;

import java.util.List;

/** The text of an answer whose tokens come one by one. What is released once is never taken back. */
public final class AnswerText {
    private final TokenBytes bytes;
    private final Utf8Decoder decoder = new Utf8Decoder();
    private final StopStrings stops;
    private String lead;
    private int matched;

    /**
     * @param stops the text ends before the first of them
     * @param lead left out if the text begins with it
     */
    public AnswerText(TokenBytes bytes, List<String> stops, String lead) {
        this.bytes = bytes;
        this.stops = new StopStrings(stops);
        this.lead = lead;
    }

    /** Whether a stop string came. */
    public boolean stopped() {
        return stops.found();
    }

    /** The text that can be shown with this token. */
    public String add(int token) {
        byte[] piece = bytes.bytes(token);
        return piece == null ? "" : show(decoder.add(piece));
    }

    /** The rest of the text. */
    public String end() {
        if (stops.found()) {
            return "";
        }
        String rest = show(decoder.end());
        String begun = lead.substring(0, matched);
        matched = 0;
        return rest + stops.add(begun) + stops.end();
    }

    private String show(String text) {
        return stops.add(lead.isEmpty() ? text : withoutLead(text));
    }

    private String withoutLead(String text) {
        int at = 0;
        while (at < text.length() && matched < lead.length() && text.charAt(at) == lead.charAt(matched)) {
            at++;
            matched++;
        }
        if (at == text.length() && matched < lead.length()) {
            return "";
        }
        String begun = matched < lead.length() ? lead.substring(0, matched) : "";
        lead = "";
        matched = 0;
        return begun + text.substring(at);
    }
}
