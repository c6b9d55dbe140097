//! Turns: turns of phrase that tell whether a clause speaks of what may be or of what is there.

/// Turns of phrase by weight. Positive ones speak of what may be, negative ones of what is there: 1 is a hint, 2 is
/// plain by itself, 3 holds beside a plain one of the other kind. Those of weight 0 begin like another and are
/// none. Of turns that begin alike, the longest counts.
#[rustfmt::skip]
pub(super) const TURNS: &[(i32, &[&str])] = &[
    (6, &[
        "from crying", "from laughing", "from the smell", "in a good way", "in the best way", "just thinking",
    ]),
    (5, &[
        "a decade ago", "ages ago", "ages back", "as a baby", "as a child", "as a kid", "as a teen", "as a teenager",
        "at school", "back in", "before my first", "decades ago", "every month", "hypothetically", "i used to",
        "in childhood", "in my teens", "in my twenties", "in the game", "in the newspaper", "last year", "long ago",
        "newspaper", "summers ago", "what if", "when i was a", "when i was at school", "when i was little",
        "when i was young", "when i was younger", "will my", "winters ago", "would it be bad", "would it be normal",
        "would that be normal", "year ago", "years ago", "years back",
    ]),
    (4, &[
        "a dream where", "a year back", "according to", "afraid of getting", "afraid to get", "all my life",
        "an article about", "as a joke", "as expected", "as predicted", "back then", "back when", "biggest fear",
        "biggest worry", "caught covid", "contraindication", "contraindications", "convinced it was", "could happen",
        "could suffer", "covid", "documentary", "each spring", "each summer", "each winter", "each year", "ever get",
        "ever gets", "ever start", "ever starts", "every autumn", "every spring", "every summer", "every winter",
        "every year", "few years back", "first aid course", "for years", "friend of a friend", "from covid",
        "got covid", "had a dream", "hate to", "have covid", "horror stories", "horror story", "how likely",
        "how to tell", "i was convinced", "if her", "if his", "if i ever", "if i get", "if i got", "if i had", "if my",
        "if there is", "if there was", "imagine", "in a dream", "in a magazine", "in april", "in august", "in december",
        "in february", "in january", "in july", "in june", "in march", "in may", "in november", "in october",
        "in september", "in the news", "in the past", "in the photo", "in the pic", "in the show", "in this photo",
        "in this pic", "instructions say", "is it going to", "is it possible", "it is possible", "last month",
        "leaflet says", "lecture", "like they said", "long time ago", "made up", "magazine", "main fear", "main worry",
        "makes you sign", "months ago", "my whole life", "netflix", "news story", "on google", "on instagram",
        "on reddit", "on the news", "on tiktok", "on tv", "on youtube", "once had", "prices", "read an article",
        "says it will", "scared of getting", "scared to get", "since childhood", "small print", "stories about",
        "story about", "suppose", "supposing", "that price", "the instructions say", "the label says",
        "the leaflet says", "the price", "the website says", "this song", "thriller", "told me about", "true crime",
        "two years back", "unlikely", "used to get", "used to have", "vaccinated", "vaccine", "vaccines", "weeks back",
        "what would happen", "what would you do", "when i saw the", "when i was in", "when i was pregnant",
        "will it be", "with covid", "worried i will", "worried i would", "worried it will", "worst that can happen",
        "worst that could happen", "would hate",
    ]),
    (3, &[
        "afraid of", "allergy to", "anxious about", "as always", "as usual", "asked about", "at what point", "avoid",
        "avoiding", "booklet", "chance", "chances", "check for", "checked for", "checking for", "common",
        "concerned about", "cost", "count as", "counts as", "danger of", "do not want", "do not want to get",
        "every session", "fear", "fear of", "frequent", "history of", "how can i tell", "how do i know",
        "how do i tell", "how do you know", "how often", "how to know", "how to recognise", "how to recognize",
        "how to spot", "how will i know", "how would", "how would i know", "how would i notice", "if", "in case",
        "in general", "in the event", "in the literature", "in theory", "insurance", "last summer", "last time",
        "last winter", "learned about", "learnt about", "let us say", "like always", "likelihood", "likely",
        "nervous about", "odds", "often", "paranoid about", "policy", "possibility", "prevent", "preventing",
        "prevention", "prone to", "rate", "rates", "red flags", "risk", "risks", "scared of", "should i ever",
        "side effect", "side effects", "sign of", "signs of", "symptom of", "symptoms of", "tend to", "terrified of",
        "the form", "theoretical", "theoretically", "thought i had", "thought my", "to avoid", "trying to avoid",
        "unless", "used to", "waiting for", "warning signs", "was from", "watch for", "watch out", "what causes",
        "what do you do if", "what happens if", "what makes", "what temperature", "what to do if", "when should",
        "who else", "worried about", "worrying about", "worrying that", "worst case",
    ]),
    (2, &[
        "a guy who", "a post", "a thread", "a video", "a woman who", "afraid", "allergic to", "article", "can you die",
        "cause", "causes", "considered", "could you die", "do i get", "easily", "excited", "frequently", "generally",
        "heard", "in a show", "in an episode", "in class", "in college", "in high school", "in school", "in the film",
        "in the movie", "lead to", "listed", "lists", "look for", "look out", "means", "meant", "my cat", "my dog",
        "nervous", "normally", "on the show", "once", "pandemic", "part of", "patients", "people", "people say",
        "possible", "post about", "rare", "read about", "read that", "result in", "risky", "scared", "see a doctor if",
        "somebody", "someone", "sometimes", "the cat", "the dog", "the video", "they say", "typically", "usually",
        "when do", "when you", "whenever", "will i get", "worried", "worry about", "would i get", "youtube",
    ]),
    (1, &[
        "always", "anybody", "anyone", "caused by", "ever", "everyone", "mean", "supposed to", "whatever", "you",
    ]),
    (0, &[
        "about to", "anyone had", "anyone know", "are you", "as if someone", "at once", "bad if", "can anyone",
        "can barely", "can be", "can feel", "can hardly", "can i apply", "can i put", "can i still", "can i take",
        "can i use", "can i wear", "can not", "can see", "can smell", "can somebody", "can someone", "can this",
        "cause i", "cause it", "cause my", "cause of", "cause she", "cause the", "could be", "could it be", "could not",
        "could that be", "could this", "do i", "do i get rid", "do i get rid of", "do not", "do these", "do you think",
        "does anyone know", "does he", "does it feel", "does it look", "does it say", "does my", "does not", "does she",
        "does that", "does this", "everyone would", "fine if", "happen if i took", "happens if i took", "hate to admit",
        "hate to ask", "hate to be", "hate to bother", "hate to say", "hate to tell", "how do i get", "how to get",
        "i fear", "i have a question", "i have never", "i have not", "i may", "i might", "idea if", "idk if",
        "if i press", "if i squeeze", "if i take all", "if i took all", "if i touch", "if no one hears",
        "if nobody hears", "if you do not hear", "is it ok if", "is it okay if", "is there a", "is there anything",
        "know if", "like somebody", "like someone", "may be", "may have", "might be", "might have", "my cat ate",
        "my cat licked", "my dog ate", "my dog chewed", "my dog licked", "my dog swallowed", "no one would",
        "nobody would", "normal if", "not can", "not know if", "ok if", "okay if", "once i", "once it", "once the",
        "red flags i", "should i worry about", "somebody help", "somebody tell me", "someone help",
        "someone is sitting", "someone is standing", "someone please", "someone sits", "someone sitting",
        "someone standing", "someone stands", "someone tell me", "sure if", "they would", "to do", "to you",
        "unsure if", "used to be", "wake up ever", "weird if", "what can i", "what do i", "what happens if i take",
        "what if i take", "what if i took", "what should i", "whenever i bend", "whenever i blink",
        "whenever i breathe", "whenever i chew", "whenever i close", "whenever i cough", "whenever i drink",
        "whenever i eat", "whenever i get", "whenever i get up", "whenever i inhale", "whenever i lie",
        "whenever i lift", "whenever i move", "whenever i open", "whenever i press", "whenever i sit",
        "whenever i sleep", "whenever i stand", "whenever i swallow", "whenever i talk", "whenever i touch",
        "whenever i turn", "whenever i walk", "will not", "wish i could", "with somebody", "with someone", "wonder if",
        "wondering if", "world would", "would happen if i took", "would not", "would rather", "would that",
        "would this", "would you go", "would you say",
    ]),
    (-1, &[
        "i am", "is normal", "is ok", "my", "our", "this",
    ]),
    (-2, &[
        "again", "ago", "already", "anybody else", "anybody elses", "anyone else", "anyone elses", "comes out",
        "coming out", "do i drain", "do i pop", "he keeps", "help", "her", "his", "how do i clean", "how do i drain",
        "how do i get it out", "how do i get rid of", "how do i stop", "how do i treat", "i had", "i keep", "i see",
        "i think", "is it ok", "is it okay", "is that", "it has", "it is", "keep", "keeps", "mean if", "she keeps",
        "should i worry", "started", "still", "they are", "today", "tonight", "we have", "with a", "with an",
        "yesterday",
    ]),
    (-3, &[
        "and now", "are my", "currently", "ever since", "he has", "he is", "i feel", "i got", "i have", "i noticed",
        "if this", "is it normal", "is it usual", "is my", "is this", "last night", "mine", "normal", "now", "rn",
        "she has", "she is", "since", "there are", "there is", "this is", "this morning", "what is the point", "why my",
        "woke",
    ]),
];

/// Turns of phrase that ask about what stands behind them, by weight; behind a sign they ask about something else:
/// "pus on my chin, *can* i swim".
#[rustfmt::skip]
pub(super) const OPENERS: &[(i32, &[&str])] = &[
    (3, &["would"]),
    (2, &[
        "can", "could", "do", "does", "how to", "is there", "may", "might", "should one", "should you", "what are",
        "what does", "will",
    ]),
    (1, &[
        "are there", "how", "what is", "which",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_turn_of_phrase_has_two_weights() {
        let turns = || TURNS.iter().chain(OPENERS).flat_map(|(_, turns)| *turns);
        let distinct: std::collections::HashSet<_> = turns().collect();
        assert_eq!(distinct.len(), turns().count());
    }
}
