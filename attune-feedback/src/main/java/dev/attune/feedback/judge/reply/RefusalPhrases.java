package dev.attune.feedback.judge.reply;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Phrases by which a speaker declines a request, in lower case and with straight apostrophes. */
final class RefusalPhrases {
    private static final String ABLE =
            "(?:can't|cannot|can not|cant|couldn't|could not|won't|will not|wouldn't|would not"
                    + "|shouldn't|should not|(?:'m|am|are|'re) (?:not able|unable|not allowed|not permitted|not willing|not going"
                    + "|not prepared|not supposed|unwilling|not in a position) to|will not be able to|won't be able to|refuse to"
                    + "|decline to|do not wish to|don't want to)";
    private static final String ADVERB =
            "(?:\\s+(?:really|simply|just|in good conscience|ethically|legally|possibly|ever"
                    + "|actually|therefore|also|directly|be able to|even|unfortunately|be|help you|help))*";
    private static final String ACT =
            "(?:help|assist|comply|provid|do (?:that|this|so|it)\\b|fulfil|support|answer|continue"
                    + "|engag|create|writ|generat|give|giving|shar|discuss|participat|offer|produc|satisf|process|complete"
                    + "|accommodat|respond|carry out|go along|teach|explain|describ|recommend|endors|advis|promot|encourag|condon"
                    + "|facilitat|fulfill|proceed|grant|honou?r|entertain|perform|execut|mak(?:e|ing) (?:that|this|such)|tell you how"
                    + "|show you how|walk you through|instruct|guid|assist|touch|tak(?:e|ing) part|be (?:a )?part|go there)";

    private static final List<Pattern> PHRASES = Stream.of(
                    // English
                    "\\b(?:i|we)\\s?(?:" + ABLE + ")" + ADVERB + "\\s+" + ACT,
                    "\\b(?:i|we)\\s?(?:can't|cannot|can not|won't|will not|refuse|decline)\\s*$",
                    "\\b(?:i|we) (?:must|have to|need to|will|'ll have to|respectfully|politely) (?:\\w+ )?"
                            + "(?:decline|refuse|pass)\\b",
                    "\\bi(?:'m| am) (?:going|having) to (?:have to )?(?:decline|refuse|pass)\\b",
                    "\\bi(?:'ll| will) have to (?:decline|refuse|pass)\\b",
                    "\\bi(?:'d| would) rather not\\b|\\bi (?:do not|don't) (?:feel )?(?:comfortable|think i (?:can|should))",
                    "\\bi(?:'m| am) not comfortable\\b|\\bi (?:do not|don't) feel comfortable\\b",
                    "\\bi(?:'m| am) not (?:\\w+ )?(?:designed|programmed|built|made) to (?:help|assist|provide|do|give)",
                    "\\bnot something (?:that )?i(?:'m| am)? (?:can|will|could|would|able|willing|comfortable|going)",
                    "\\b(?:goes|is|be|would be) against my (?:guidelines|programming|polic|principles|values|rules)",
                    "\\bviolates (?:\\w+ )?(?:\\w+ )?(?:polic(?:y|ies)|guidelines|terms)\\b",
                    "^(?:(?:i'm )?(?:so |very )?sorry,?\\s*(?:but )?|unfortunately,? )?(?:can't|cannot|can not|unable to"
                            + "|not able to|won't|will not)" + ADVERB + "\\s+" + ACT,
                    "^(?:i'm |i am )?(?:so |very )?sorry,?\\s*(?:but )?no\\s*$|\\bno can do\\b|\\brequest (?:is )?(?:denied|refused)",
                    "^no\\s*,? i (?:can't|cannot|won't|will not)\\b(?!\\s+\\w+ (?:that|if|whether))\\s*$",
                    "\\bmy (?:answer|response) is no\\b|\\byou'll have to (?:ask|look) (?:someone|somewhere) else",
                    // German
                    "\\b(?:dabei|damit|dafür|hierbei|hiermit|da|das|dies|diese[rsn]? \\w+)\\s+(?:helfe|unterstütze|kann"
                            + "|darf|werde|möchte|will|mache|beantworte)\\s+(?:ich|wir)\\b[^.]{0,60}\\bnicht\\b",
                    "\\b(?:ich|wir) (?:kann|darf|werde|möchte|will|können|dürfen|werden)\\b[^.]{0,80}\\b(?:nicht|keine?n?)\\b"
                            + "[^.]{0,80}\\b(?:helfen|weiterhelfen|behilflich|unterstütz\\w+|beantworten|geben|bereitstellen"
                            + "|anbieten|nachkommen|erfüllen|erstellen|schreiben|entsprechen|liefern)",
                    "\\b(?:kann|darf|werde) (?:ich|wir)\\b[^.]{0,60}\\bnicht\\b[^.]{0,60}\\b(?:helfen|weiterhelfen|behilflich"
                            + "|unterstützen|beantworten|tun|machen|nachkommen)",
                    "\\b(?:ich|wir) (?:muss|müssen) (?:\\w+ ){0,4}ablehnen|\\bich lehne [^.]{0,60}\\bab\\b|\\bich (?:helfe|unterstütze)"
                            + " (?:ihnen|dir|euch)?[^.]{0,40}\\bnicht\\b|\\bich weigere mich",
                    // French
                    "\\bje ne (?:peux|puis|pourrai|suis|vais|veux|souhaite)\\b[^.]{0,30}\\b(?:pas|point)\\b[^.]{0,60}\\b(?:aid|assist"
                            + "|fourni|répond|en mesure|autoris|faire|donn|écri|particip|expliqu|satisf)|\\bje ne (?:peux|puis)"
                            + " (?:malheureusement )?(?:pas )?(?:vous |t'|vous y )?aid|\\bje (?:dois|refuse|me dois de)"
                            + " (?:de |d[ée]cliner|refuser)|\\bje d[ée]cline",
                    // Spanish
                    "\\bno (?:puedo|podemos|podré|voy a|me es posible|me siento cómod[oa]|estoy autorizad[oa] a)\\b[^.]{0,30}(?:ayud"
                            + "|asist|proporcion|cumpl|respond|hac|dar|facilit|particip|ofrec|escrib|gener|cre)"
                            + "|\\b(?:debo|tengo que) (?:declinar|rechazar|negarme)|\\bme niego a",
                    // Italian
                    "\\bnon (?:posso|possiamo|potrò|sono in grado di|mi è possibile|intendo)\\b[^.]{0,30}(?:aiut|assist|forni"
                            + "|rispond|far|dar|soddisf|partecip|scriv|gener|cre|spieg)|\\b(?:devo|mi) rifiut",
                    // Portuguese
                    "\\bnão (?:posso|podemos|poderei|vou|consigo|estou autorizad[oa] a|me sinto)\\b[^.]{0,30}(?:ajud|auxili|fornec"
                            + "|respond|faz|dar|atend|particip|escrev|ger|cri|confort)|\\b(?:devo|tenho de|tenho que|preciso)"
                            + " (?:recus|declin)|\\brecuso-me|\\bme recuso",
                    // Dutch
                    "\\b(?:ik|wij|we) (?:kan|mag|zal|wil|ga|kunnen)\\b[^.]{0,60}\\b(?:niet|geen)\\b[^.]{0,60}(?:help|assister|verstrek"
                            + "|beantwoord|geven|meewerk|voldoen|doen|schrijv)|\\b(?:daar|hier)(?:bij|mee)? (?:kan|help|mag) ik"
                            + "[^.]{0,40}\\bniet\\b|\\bik (?:moet|weiger)[^.]{0,30}(?:weiger|afwijz|om|te )",
                    // Polish
                    "\\bnie (?:mogę|możemy|będę|jestem w stanie)\\b[^.]{0,30}(?:pomóc|pomoc|pomaga|udziel|odpowied|spełni|zrobi|napisa)"
                            + "|\\b(?:muszę odmówić|odmawiam)",
                    // Russian
                    "я? ?не (?:могу|буду|смогу|вправе)[^.]{0,30}(?:помо|предостав|ответить|выполн|сделать|написать|дать)"
                            + "|вынуждена? отказать|я отказываюсь",
                    // Chinese, Japanese, Korean
                    "(?:我|我们)?(?:不能|无法|不会|不可以|不便|無法)(?:为您|为你|向您|向你|為您)?(?:提供|帮助|帮|协助|回答|满足|回应|幫助|協助)|我(?:必须)?拒绝",
                    "(?:お手伝い|お答え|対応|提供|応じ|回答|支援|ご協力|ご案内|お教え)(?:すること)?(?:は|が)?(?:できません|できない|致しかねます|いたしかねます|かねます)|お断り",
                    "(?:도와|도움을|제공|답변|응할|도와드릴|지원)[^.]{0,15}(?:수 없|수가 없|수는 없)|거절(?:하|합|해)")
            .map(phrase -> Pattern.compile(phrase, Pattern.UNICODE_CHARACTER_CLASS))
            .toList();

    /** Words that look like a refusal and are none. */
    private static final Pattern NONE =
            Pattern.compile("\\b(?:can't|cannot|can not|couldn't) help (?:but|\\w+ing\\b|it\\b)"
                    + "|\\b(?:can't|cannot) recommend \\w+(?: \\w+)? (?:enough|highly enough)"
                    + "|\\b(?:can't|cannot) (?:answer|help) (?:that|this|you)?\\s*(?:without|until|unless) "
                    + "|\\bno puedo (?:evitar|dejar de)");

    private RefusalPhrases() {}

    /** The index after the refusal in a sentence; empty if there is none. */
    static Optional<Integer> endIn(String sentence) {
        if (NONE.matcher(sentence).find()) {
            return Optional.empty();
        }
        for (Pattern phrase : PHRASES) {
            Matcher matcher = phrase.matcher(sentence);
            if (matcher.find()) {
                return Optional.of(matcher.end());
            }
        }
        return Optional.empty();
    }
}
