package dev.attune.studio;

import dev.attune.feedback.store.Project;
import dev.attune.studio.playground.Chat;
import dev.attune.studio.playground.ChatView;
import java.util.List;

/**
 * What the page shows on which somebody talks with two models.
 *
 * @param projects that a vote can go to, beside the playground's own
 */
public record ChatPage(ChatView chat, Chat.Plan plan, List<Project> projects) {
    public ChatPage {
        projects = List.copyOf(projects);
    }

    /** Markdown of people or models. */
    public String html(String markdown) {
        return Markdown.html(markdown);
    }

    public String criterion(Project project) {
        return project.criteria().get(0).name();
    }
}
