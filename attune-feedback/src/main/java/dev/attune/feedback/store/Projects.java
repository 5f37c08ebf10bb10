package dev.attune.feedback.store;

import dev.attune.core.error.BadInputException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Projects with their criteria and guidelines. */
public final class Projects {
    private static final int MAX_OVERLAP = 100;

    /** A query with one row per criterion. */
    private static final String ALL = "SELECT p.id, p.name, p.overlap, p.lease_seconds, c.name AS criterion, c.question"
            + " FROM project p JOIN criterion c ON c.project = p.id";

    private static final String IN_ORDER = " ORDER BY p.created, p.id, c.place";

    private final Store store;

    public Projects(Store store) {
        this.store = store;
    }

    /** @throws BadInputException if the plan is invalid or the name is taken */
    public Project add(Project.Plan plan, String author) {
        require(plan);
        Project project = new Project(
                Ids.at(store.now()), plan.name().strip(), plan.overlap(), plan.leaseSeconds(), plan.criteria());
        return store.write(handle -> {
            if (named(handle, project.name()).isPresent()) {
                throw invalid(project.name(), "a name that is taken", "a new one");
            }
            insert(handle, project);
            addGuideline(handle, project.id(), 1, plan.guideline(), author);
            store.record(handle, author, "project-added", project.id(), Map.of("plan", plan));
            return project;
        });
    }

    private static void require(Project.Plan plan) {
        if (plan.name().isBlank() || plan.name().length() > 200) {
            throw invalid(plan.name(), "a name of " + plan.name().strip().length() + " characters", "1 to 200");
        }
        if (plan.overlap() < 1 || plan.overlap() > MAX_OVERLAP) {
            throw invalid(plan.name(), "an overlap of " + plan.overlap(), "1 to " + MAX_OVERLAP);
        }
        if (plan.leaseSeconds() < 1) {
            throw invalid(plan.name(), "a lease of " + plan.leaseSeconds() + " seconds", "1 or more");
        }
        Set<String> names = new HashSet<>();
        for (Criterion criterion : plan.criteria()) {
            if (!criterion.name().matches("[\\p{L}\\p{N}_ -]{1,100}") || !names.add(criterion.name())) {
                throw invalid(
                        plan.name(),
                        "the criterion '" + criterion.name() + "'",
                        "names of letters, digits, blanks, '-' and '_', each once");
            }
        }
        if (names.isEmpty()) {
            throw invalid(plan.name(), "no criterion", "one or more");
        }
    }

    private static BadInputException invalid(String name, String found, String expected) {
        return BadInputException.at("project '" + name + "'", found, expected, "change the project's settings");
    }

    private void insert(Handle handle, Project project) {
        Insert.into("project")
                .value("id", project.id())
                .value("name", project.name())
                .value("overlap", project.overlap())
                .value("lease_seconds", project.leaseSeconds())
                .value("created", store.now())
                .run(handle);
        for (int place = 0; place < project.criteria().size(); place++) {
            Criterion criterion = project.criteria().get(place);
            Insert.into("criterion")
                    .value("project", project.id())
                    .value("place", place)
                    .value("name", criterion.name())
                    .value("question", criterion.question())
                    .run(handle);
        }
    }

    /** Adds a version of the guideline; earlier ones are kept, and rankings refer to the version at their time. */
    public Guideline addGuideline(String project, String text, String author) {
        return store.write(handle -> {
            int version = newest(handle, project).version() + 1;
            return addGuideline(handle, project, version, text, author);
        });
    }

    private Guideline addGuideline(Handle handle, String project, int version, String text, String author) {
        Insert.into("guideline")
                .value("project", project)
                .value("version", version)
                .value("text", text)
                .value("author", author)
                .value("created", store.now())
                .run(handle);
        store.record(handle, author, "guideline-added", project, Map.of("version", version));
        return new Guideline(version, text);
    }

    /** The newest version of the guideline. */
    public Guideline guideline(String project) {
        return store.read(handle -> newest(handle, project));
    }

    static Guideline newest(Handle handle, String project) {
        return handle.createQuery(
                        "SELECT version, text FROM guideline WHERE project = :project ORDER BY version DESC LIMIT 1")
                .bind("project", project)
                .map((row, context) -> new Guideline(row.getInt("version"), row.getString("text")))
                .one();
    }

    public Optional<Project> find(String id) {
        return store.read(handle -> find(handle, id));
    }

    public Optional<Project> byName(String name) {
        return store.read(handle -> named(handle, name.strip()).flatMap(id -> find(handle, id)));
    }

    static Optional<Project> find(Handle handle, String id) {
        return list(handle.createQuery(ALL + " WHERE p.id = :id" + IN_ORDER).bind("id", id)).stream()
                .findFirst();
    }

    private static List<Project> list(Query query) {
        Map<String, Project> projects = new LinkedHashMap<>();
        query.map((row, context) -> new Project(
                        row.getString("id"),
                        row.getString("name"),
                        row.getInt("overlap"),
                        row.getInt("lease_seconds"),
                        List.of(new Criterion(row.getString("criterion"), row.getString("question")))))
                .forEach(one -> projects.merge(one.id(), one, Projects::withCriteriaOf));
        return List.copyOf(projects.values());
    }

    private static Project withCriteriaOf(Project project, Project more) {
        List<Criterion> criteria = Stream.concat(project.criteria().stream(), more.criteria().stream())
                .toList();
        return new Project(project.id(), project.name(), project.overlap(), project.leaseSeconds(), criteria);
    }

    private static Optional<String> named(Handle handle, String name) {
        return handle.createQuery("SELECT id FROM project WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /** All projects by age. */
    public List<Project> all() {
        return store.read(handle -> list(handle.createQuery(ALL + IN_ORDER)));
    }

    /** The projects that a person may see: the assigned ones for labelers, all for others. */
    public List<Project> visibleTo(Labeler person) {
        if (person.role() != Labeler.Role.LABELER) {
            return all();
        }
        return store.read(handle -> list(
                handle.createQuery(ALL + " JOIN member m ON m.project = p.id WHERE m.labeler = :labeler" + IN_ORDER)
                        .bind("labeler", person.id())));
    }

    public boolean visible(String project, Labeler person) {
        if (person.role() != Labeler.Role.LABELER) {
            return true;
        }
        return store.read(handle ->
                handle.createQuery("SELECT COUNT(*) FROM member WHERE project = :project AND labeler = :labeler")
                                .bind("project", project)
                                .bind("labeler", person.id())
                                .mapTo(Integer.class)
                                .one()
                        > 0);
    }
}
