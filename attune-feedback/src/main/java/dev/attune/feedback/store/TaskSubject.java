package dev.attune.feedback.store;

import dev.attune.core.feedback.Ranking;
import dev.attune.core.text.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What is ranked: a prompt with its completions in the task's own order. */
record TaskSubject(Prompt prompt, List<Ranking.Completion> completions) {
    TaskSubject {
        completions = List.copyOf(completions);
    }

    /** The tasks of a project by what is ranked in them; several may be the same. */
    static Map<TaskSubject, List<String>> tasks(Handle handle, String project) {
        Map<TaskSubject, List<String>> tasks = new HashMap<>();
        for (Subject one : Subject.all(handle, project).values()) {
            tasks.computeIfAbsent(new TaskSubject(one.prompt(), one.completions()), key -> new ArrayList<>())
                    .add(one.task());
        }
        return tasks;
    }
}
