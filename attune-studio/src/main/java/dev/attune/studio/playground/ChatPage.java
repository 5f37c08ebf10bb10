package dev.attune.studio.playground;

import dev.attune.feedback.store.Project;
import dev.attune.studio.page.Markdown;
import java.util.List;

/**
 * The page of a chat with two models.
 *
 * @param projects to which a vote can be added, besides the playground's own project
 */
public record ChatPage(ChatView chat, Chat.Plan plan, List<Project> projects) {
    public ChatPage {
        projects = List.copyOf(projects);
    }

    /** Renders the Markdown of people or models. */
    public String html(String markdown) {
        return Markdown.html(markdown);
    }

    public String criterion(Project project) {
        return project.criteria().get(0).name();
    }
}
