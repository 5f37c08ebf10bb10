package dev.attune.studio.playground;

import dev.attune.core.error.BadInputException;
import dev.attune.core.error.RunFailedException;
import dev.attune.core.feedback.Ranking;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.drawing.Endpoint;
import dev.attune.feedback.drawing.Sampling;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
import dev.attune.feedback.store.Tasks;
import dev.attune.feedback.store.Votes;
import dev.attune.studio.models.OpenModels;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lets people talk with two models at once and keeps their votes as rankings. Conversations themselves are kept in memory
 * alone, the newest few hundred of them.
 */
public final class Playground implements AutoCloseable {
    private static final int MOST_CHATS = 200;
    private static final int MOST_LETTERS = 20_000;
    private static final int THREADS = 4;

    private final OpenModels models;
    private final Votes votes;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, platformThreads());

    /** The one that was used last stands last. */
    private final Map<String, Chat> chats = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Chat> eldest) {
            return size() > MOST_CHATS;
        }
    };

    public Playground(Store store, OpenModels models) {
        this.models = models;
        this.votes = new Votes(store);
    }

    private static ThreadFactory platformThreads() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "attune-playground-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Begins a conversation with its first message. */
    public Chat begin(String person, Chat.Plan plan, String message) {
        Chat chat = new Chat(UUID.randomUUID().toString(), person, plan);
        say(chat, 0, message);
        synchronized (chats) {
            chats.put(chat.id(), chat);
        }
        return chat;
    }

    /** A conversation of this person; none where it was another's, or long ago. */
    public Optional<Chat> find(String id, String person) {
        synchronized (chats) {
            return Optional.ofNullable(chats.get(id))
                    .filter(chat -> chat.person().equals(person));
        }
    }

    /**
     * Goes on with a message.
     *
     * @param side whose answer to the message before becomes part of the conversation: 0 is left
     * @throws BadInputException where the models are still at work, or there is nothing to say
     */
    public void say(Chat chat, int side, String message) {
        if (message.isBlank() || message.length() > MOST_LETTERS) {
            throw BadInputException.at(
                    "message", message.length() + " letters", "1 to " + MOST_LETTERS, "write something else");
        }
        synchronized (chat) {
            List<Message> messages = new ArrayList<>(chat.turns().isEmpty() ? List.of() : before(chat.last(), side));
            messages.add(Message.user(message.strip()));
            Prompt.Chat prompt = new Prompt.Chat(messages);
            int number = chat.turns().size();
            chat.turns()
                    .add(new Turn(
                            prompt,
                            order(chat.plan().blind()),
                            List.of(ask(chat, prompt, number, 0), ask(chat, prompt, number, 1))));
        }
    }

    /** What was said so far; a message that was not answered counts as not said. */
    private static List<Message> before(Turn last, int side) {
        if (!last.ready()) {
            throw BadInputException.at("message", "answers that are being written", "answers", "wait for them");
        }
        List<Message> asked = last.prompt().messages();
        Optional<Answer> answer = given(last, side).or(() -> given(last, 1 - side));
        if (answer.isEmpty()) {
            return asked.subList(0, asked.size() - 1);
        }
        List<Message> messages = new ArrayList<>(asked);
        messages.add(Message.assistant(answer.get().text()));
        return messages;
    }

    private static Optional<Answer> given(Turn turn, int side) {
        if (side < 0 || side > 1) {
            throw BadInputException.at("side", Integer.toString(side), "0 or 1", "load the page again");
        }
        return Optional.of(answer(turn, turn.shown().get(side))).filter(Answer::given);
    }

    private static Answer answer(Turn turn, int model) {
        try {
            return turn.answer(model);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailedException("interrupted", e);
        }
    }

    private List<Integer> order(boolean blind) {
        return blind && random.nextBoolean() ? List.of(1, 0) : List.of(0, 1);
    }

    private Future<TextCompletion> ask(Chat chat, Prompt prompt, int turn, int model) {
        Chat.Plan plan = chat.plan();
        return threads.submit(
                () -> models.complete(plan.model(model), List.of(prompt), plan.options(), seed(plan, turn, model))
                        .get(0));
    }

    /** Another for every answer: a model that is compared with itself says two things. */
    private static long seed(Chat.Plan plan, int turn, int model) {
        return plan.seed() + 2L * turn + model;
    }

    /**
     * Keeps a vote on the last answers.
     *
     * @throws BadInputException where there is nothing to vote on, or a vote was given
     */
    public void vote(Chat chat, Verdict verdict, Project project) {
        synchronized (chat) {
            Turn turn = chat.last();
            if (!votable(turn)) {
                throw BadInputException.at(
                        "vote", "nothing to vote on", "two answers without a vote", "go on with the conversation");
            }
            votes.cast(new Votes.Vote(
                    turn.id(),
                    project,
                    draft(chat, turn),
                    turn.shown(),
                    chat.person(),
                    verdict.judgement(project.criteria().get(0).name(), turn.shown()),
                    turn.secondsSeen()));
            turn.decide(verdict);
        }
    }

    private static boolean votable(Turn turn) {
        return turn.verdict() == null
                && answer(turn, 0).given()
                && answer(turn, 1).given();
    }

    private static Tasks.Draft draft(Chat chat, Turn turn) {
        List<Ranking.Completion> completions = new ArrayList<>();
        List<@Nullable String> sampling = new ArrayList<>();
        for (int model = 0; model < 2; model++) {
            Endpoint endpoint = chat.plan().model(model);
            long seed = seed(chat.plan(), chat.turns().indexOf(turn), model);
            completions.add(new Ranking.Completion(answer(turn, model).text(), endpoint.name()));
            sampling.add(Sampling.of(endpoint, chat.plan().options(), seed, 0).json());
        }
        return new Tasks.Draft(turn.prompt(), completions, sampling, 0);
    }

    /** The conversation now, or as soon as its answers are there within this time. */
    public ChatView view(Chat chat, long patienceMillis) {
        Turn last;
        synchronized (chat) {
            last = chat.last();
        }
        try {
            last.await(patienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (chat) {
            last = chat.last();
            last.seen();
            Verdict verdict = last.verdict();
            return new ChatView(
                    chat.id(),
                    chat.turns().stream().map(turn -> exchange(chat, turn)).toList(),
                    !last.ready(),
                    votable(last),
                    verdict == null ? 0 : verdict.better());
        }
    }

    private static ChatView.Exchange exchange(Chat chat, Turn turn) {
        List<Message> messages = turn.prompt().messages();
        boolean hidden = chat.plan().blind() && turn.verdict() == null;
        boolean early = hidden && !turn.ready();
        List<ChatView.Side> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            int model = turn.shown().get(side);
            String letter = side == 0 ? "A" : "B";
            String name =
                    hidden ? letter : letter + ": " + chat.plan().model(model).name();
            sides.add(new ChatView.Side(name, early ? Answer.PENDING : answer(turn, model)));
        }
        return new ChatView.Exchange(messages.get(messages.size() - 1).content(), sides, turn.verdict());
    }

    /** Gives up what servers are asked, and waits for what is being computed. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
