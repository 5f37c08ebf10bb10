package dev.attune.serve.answer;

import dev.attune.serve.text.ThinkingText;
import dev.attune.serve.tool.Tools;

/** Chooses how the text of an answer is read. */
final class Readers {
    private Readers() {}

    static AnswerReader of(ChatForm form, AnswerParts parts) {
        AnswerReader answer = answer(form, parts);
        if (!form.thinks()) {
            return answer;
        }
        ThinkingText thinking = new ThinkingText(form.thinkingOpen(), parts::reasoning, answer::add);
        return new AnswerReader() {
            @Override
            public void add(String text) {
                thinking.add(text);
            }

            @Override
            public void end(boolean cut) {
                thinking.end();
                answer.end(cut);
            }
        };
    }

    private static AnswerReader answer(ChatForm form, AnswerParts parts) {
        if (form.tools().mode() == Tools.Mode.FORCED) {
            return new ForcedCalls(parts);
        }
        if (form.tools().mode() == Tools.Mode.AUTO) {
            FreeCalls calls = new FreeCalls(form.tools(), parts);
            return form.json() ? new CallsOrJson(calls, plain(parts)) : calls;
        }
        return plain(parts);
    }

    private static AnswerReader plain(AnswerParts parts) {
        return new AnswerReader() {
            @Override
            public void add(String text) {
                if (!text.isEmpty()) {
                    parts.content(text);
                }
            }

            @Override
            public void end(boolean cut) {}
        };
    }
}
