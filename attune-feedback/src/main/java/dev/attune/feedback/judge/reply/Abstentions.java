package dev.attune.feedback.judge.reply;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from its words whether an answer says that it does not know, in English, German, French, Spanish or Italian. An
 * answer that says so and then gives one ("I am not sure, but it was in 1648") does not abstain.
 *
 * <p>Limits: other words or languages read as an answer.
 */
public final class Abstentions {
    private static final Pattern PHRASE = Pattern.compile("\\b(?:i (?:do not|don't|did not|didn't|really don't) know"
            + "|i(?:'m| am) not (?:sure|certain|aware)|i (?:do not|don't) have (?:any |enough )?(?:information|knowledge|idea|records?|data|details|access)"
            + "|i have no (?:information|knowledge|idea|record|data|way of knowing)"
            + "|i (?:cannot|can't|could not|couldn't|am unable to|am not able to) (?:answer|find|say|know|tell|determine|verify)"
            + "|(?:cannot|can't|can not) be (?:known|determined|answered)|there is no (?:way to know|information|known|record)"
            + "|no one knows|nobody knows|it is (?:not known|unknown|impossible to (?:say|know|tell))"
            + "|(?:is|are) (?:not known|unknown)|not enough information"
            + "|ich wei(?:ß|ss) (?:es |das )?nicht|je ne sais pas|no lo sé|no sé|non lo so|non so)(?![\\p{L}])");
    private static final Pattern GOES_ON =
            Pattern.compile("\\b(?:but|however|though|although|still|aber|mais|pero|ma)\\b,?\\s*(.*)", Pattern.DOTALL);
    private static final Pattern OFFER = Pattern.compile(
            "^(?:i (?:can|could|would|will)|you (?:can|could|may|might|should)|please|let me|if you|perhaps you|feel free)\\b");

    private Abstentions() {}

    /** Whether an answer abstains. */
    public static boolean read(String answer) {
        Optional<String> said = ThinkBlocks.strip(answer);
        if (said.isEmpty()) {
            return false;
        }
        String text = Plain.characters(said.get()).toLowerCase(Locale.ROOT);
        Matcher phrase = PHRASE.matcher(text);
        if (!phrase.find()) {
            return false;
        }
        Matcher more = GOES_ON.matcher(text.substring(phrase.end()));
        return !more.find() || OFFER.matcher(more.group(1)).find();
    }
}
