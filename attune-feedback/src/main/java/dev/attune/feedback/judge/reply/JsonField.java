package dev.attune.feedback.judge.reply;

import dev.attune.core.stats.rates.UnscoredReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A verdict in a field of a JSON object. Prose and fences around the object do not matter, nor does the case of the
 * field's name; of several objects with the field, the last counts. A field inside another object is found if the outer
 * one lacks it.
 */
public record JsonField(String name) implements Form {
    @Override
    public <T> Found<T> find(String text, Values<T> values) {
        List<LenientJson.Parsed> objects = objects(text);
        Found<T> last = Found.nothing(UnscoredReason.NO_VERDICT, "no JSON object with '" + name + "'");
        for (LenientJson.Parsed object : objects) {
            Found<T> here = read(object, values);
            if (!here.isNothing(UnscoredReason.NO_VERDICT) || last.isNothing(UnscoredReason.NO_VERDICT)) {
                last = here;
            }
        }
        return last;
    }

    /** The objects of a text, outermost only, in order. */
    private static List<LenientJson.Parsed> objects(String text) {
        List<LenientJson.Parsed> objects = new ArrayList<>();
        String reply = LenientJson.quotedReply(text).orElse(text);
        int at = reply.indexOf('{');
        while (at >= 0) {
            Optional<LenientJson.Parsed> parsed = LenientJson.objectAt(reply, at);
            parsed.ifPresent(objects::add);
            at = reply.indexOf('{', parsed.map(LenientJson.Parsed::end).orElse(at + 1));
        }
        return objects;
    }

    private <T> Found<T> read(LenientJson.Parsed object, Values<T> values) {
        List<JsonValue> all = search(object.fields());
        if (all.isEmpty()) {
            return object.cut()
                    ? Found.nothing(UnscoredReason.CUT_OFF, "the JSON ends before '" + name + "'")
                    : Found.nothing(UnscoredReason.NO_VERDICT, "the JSON has no '" + name + "'");
        }
        if (all.stream().distinct().count() > 1) {
            return Found.nothing(UnscoredReason.CONTRADICTORY, "'" + name + "' is given twice");
        }
        Found<T> found = read(all.get(0), values);
        return object.cut() ? found.afterCut() : found;
    }

    private <T> Found<T> read(JsonValue value, Values<T> values) {
        if (value instanceof JsonValue.Unfinished) {
            return Found.nothing(UnscoredReason.CUT_OFF, "the JSON ends inside '" + name + "'");
        }
        if (value.equals(new JsonValue.Constant("null"))) {
            return Found.nothing(UnscoredReason.NO_VERDICT, "'" + name + "' is null");
        }
        if (value instanceof JsonValue.Numeric number && values instanceof Scale scale) {
            @SuppressWarnings("unchecked")
            Found<T> found = (Found<T>) scale.number(number.number());
            return found;
        }
        return values.whole(value.asText());
    }

    private List<JsonValue> search(JsonValue.Fields fields) {
        List<JsonValue> here = new ArrayList<>();
        for (Map.Entry<String, List<JsonValue>> field : fields.values().entrySet()) {
            if (Plain.label(field.getKey()).equals(Plain.label(name))) {
                here.addAll(field.getValue());
            }
        }
        if (!here.isEmpty()) {
            return here;
        }
        for (List<JsonValue> nested : fields.values().values()) {
            for (JsonValue value : nested) {
                if (value instanceof JsonValue.Fields inner) {
                    here.addAll(search(inner));
                }
            }
        }
        return here;
    }

    @Override
    public String written(String label) {
        return "{\"" + name + "\": \"" + label + "\"}";
    }
}
