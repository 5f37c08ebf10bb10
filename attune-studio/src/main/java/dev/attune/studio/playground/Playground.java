package dev.attune.studio.playground;

import dev.attune.core.error.BadInputException;
import dev.attune.core.model.TextCompletion;
import dev.attune.core.text.Message;
import dev.attune.core.text.Prompt;
import dev.attune.feedback.store.PlaygroundVotes;
import dev.attune.feedback.store.Project;
import dev.attune.feedback.store.Store;
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

/**
 * Chats with two models side by side; votes are stored as rankings. The conversations are kept only in memory, the most
 * recent few hundred.
 */
public final class Playground implements AutoCloseable {
    private static final int MAX_CHATS = 200;
    private static final int MAX_CHARACTERS = 20_000;
    private static final int THREADS = 4;

    private final OpenModels models;
    private final PlaygroundVotes votes;
    private final SecureRandom random = new SecureRandom();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, platformThreads());

    /** In order of use, the most recent last. */
    private final Map<String, Chat> chats = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Chat> eldest) {
            return size() > MAX_CHATS;
        }
    };

    public Playground(Store store, OpenModels models) {
        this.models = models;
        this.votes = new PlaygroundVotes(store);
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

    /** A conversation of this person; empty if it belongs to somebody else or was removed. */
    public Optional<Chat> find(String id, String person) {
        synchronized (chats) {
            return Optional.ofNullable(chats.get(id))
                    .filter(chat -> chat.person().equals(person));
        }
    }

    /**
     * Continues with a message.
     *
     * @param side whose answer to the message before becomes part of the conversation: 0 is left
     * @throws BadInputException if the models are still generating, or the message is empty
     */
    public void say(Chat chat, int side, String message) {
        if (message.isBlank() || message.length() > MAX_CHARACTERS) {
            throw BadInputException.at(
                    "message", message.length() + " characters", "1 to " + MAX_CHARACTERS, "write something else");
        }
        synchronized (chat) {
            List<Message> messages = new ArrayList<>(
                    chat.turns().isEmpty() ? List.of() : chat.last().conversation(side));
            messages.add(Message.user(message.strip()));
            Prompt.Chat prompt = new Prompt.Chat(messages);
            int turn = chat.turns().size();
            List<Future<TextCompletion>> answers =
                    List.of(ask(chat.plan(), prompt, turn, 0), ask(chat.plan(), prompt, turn, 1));
            chat.turns().add(new Turn(prompt, order(chat.plan().blind()), answers));
        }
    }

    private List<Integer> order(boolean blind) {
        return blind && random.nextBoolean() ? List.of(1, 0) : List.of(0, 1);
    }

    private Future<TextCompletion> ask(Chat.Plan plan, Prompt prompt, int turn, int model) {
        return threads.submit(
                () -> models.complete(plan.model(model), List.of(prompt), plan.options(), plan.seed(turn, model))
                        .get(0));
    }

    /**
     * Keeps a vote on the last answers.
     *
     * @throws BadInputException if there is nothing to vote on, or a vote was given
     */
    public void vote(Chat chat, PairVote vote, Project project) {
        synchronized (chat) {
            Turn turn = chat.last();
            if (!turn.votable()) {
                throw BadInputException.at(
                        "vote", "nothing to vote on", "two answers without a vote", "continue the conversation");
            }
            votes.cast(new PlaygroundVotes.Vote(
                    turn.id(),
                    project,
                    chat.task(),
                    turn.shown(),
                    chat.person(),
                    vote.judgement(project.criteria().get(0).name(), turn.shown()),
                    turn.secondsSeen()));
            turn.decide(vote);
        }
    }

    /** The conversation once its answers are complete, or after this time. */
    public ChatView view(Chat chat, long maxWaitMillis) {
        Turn last;
        synchronized (chat) {
            last = chat.last();
        }
        try {
            last.await(maxWaitMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (chat) {
            chat.last().seen();
            return ChatView.of(chat);
        }
    }

    /** Cancels requests to servers, and waits for local generation. */
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
