//! Turns: turns of phrase that tell whether a clause speaks of what may be or of what is there.

/// Turns of phrase by weight. Positive ones speak of what may be, negative ones of what is there: 1 is a hint, 2 is
/// plain by itself, 3 holds beside a plain one of the other kind. Those of weight 0 begin like another and are
/// none. Of turns that begin alike, the longest counts.
#[rustfmt::skip]
pub(super) const TURNS: &[(i32, &[&str])] = &[
    (6, &[
        "from cheering", "from crying", "from crying at", "from kissing", "from laughing", "from onions",
        "from singing", "from sleeping on", "from the fumes of", "from the smell", "from yelling", "in a good way",
        "in the best way", "is my love language", "just reading", "just thinking", "just typing", "laughing so hard",
        "my love language", "on deadlifts", "on leg day", "on squats", "thought i broke",
    ]),
    (5, &[
        "a decade ago", "ages ago", "ages back", "as a baby", "as a child", "as a kid", "as a teen", "as a teenager",
        "at age", "at school", "back in", "before each", "before every", "before my first", "boss fight", "decades ago",
        "emergency kit", "every month", "first aid kit", "headline", "how do i stop worrying about", "hypothetically",
        "i get each month", "i get every month", "i used to", "in arena", "in childhood", "in dnd", "in elden ring",
        "in fortnite", "in game", "in minecraft", "in my teens", "in my twenties", "in roblox", "in skyrim",
        "in the arena", "in the game", "in the newspaper", "in the raid", "in the sims", "in warzone",
        "is not a word", "last year", "long ago", "newspaper", "reason to cancel",
        "reason to postpone", "stop worrying", "summers ago", "what if", "when i saw the new", "when i was a",
        "when i was at school", "when i was little", "when i was young", "when i was younger", "will my", "winters ago",
        "would it be bad", "would it be normal", "would that be normal", "year ago", "years ago", "years back",
    ]),
    (4, &[
        "a doc where", "a dream where", "a lady who", "a year back", "according to", "afraid of getting",
        "afraid to get", "after every", "aftercare sheet says", "all my life", "always goes down", "an article about",
        "an influencer", "as a joke", "as expected", "as predicted", "as they told", "as told", "at a concert",
        "at the price", "back then", "back when", "because of covid", "biggest fear", "biggest worry", "caught covid",
        "contraindication", "contraindications", "convinced i had", "convinced it was", "could happen", "could suffer",
        "covid", "documentary", "each spring", "each summer", "each winter", "each year", "ever get", "ever gets",
        "ever start", "ever starts", "every autumn", "every pimple", "every spring", "every summer", "every winter",
        "every year", "everyone keeps saying", "few years back", "fine print", "first aid course", "first time i ever",
        "for years", "friend of a friend", "friend of mine once", "from covid", "from screaming at", "from the gym",
        "goes down by", "going to get sepsis", "gonna get sepsis", "got covid", "had a dream", "hate to", "have covid",
        "horror stories", "horror story", "how likely", "how to tell", "i was convinced", "id hate", "if her", "if his",
        "if i ever", "if i get", "if i got", "if i had", "if my", "if there is", "if there was", "imagine",
        "in a dream", "in a magazine", "in another group", "in april", "in august", "in december", "in february",
        "in january", "in july", "in june", "in march", "in may", "in november", "in october", "in september",
        "in that pic", "in the news", "in the past", "in the photo", "in the pic", "in the show", "in this photo",
        "in this pic", "instructions say", "is it going to", "is it gonna", "is it possible", "it is possible",
        "lady who", "last month", "last month is", "leaflet says", "lecture", "like everyone said", "like they said",
        "like they told", "like you said", "long time ago", "made me sign", "made up", "made us sign", "magazine",
        "main fear", "main worry", "makes me sign", "makes you sign", "means blood", "memes", "months ago",
        "my cat got", "my cat had", "my cat has", "my dog got", "my dog had", "my dog has", "my fear is",
        "my gran thinks", "my horse has", "my mom thinks", "my mother thinks", "my mum thinks", "my roommate thinks",
        "my teacher", "my whole life", "my worry is", "netflix", "news story", "news story about", "nightmare about",
        "nightmares about", "not me assuming", "on google", "on instagram", "on reddit", "on the news", "on tiktok",
        "on tv", "on youtube", "once had", "only worry", "people keep", "people keep saying", "person in another",
        "prices", "professor", "read an article", "reading these", "said i would", "same as every time", "says i will",
        "says it will", "says it would", "scared of getting", "scared to get", "sessions ago", "since childhood",
        "small print", "some influencer", "somebody in another", "someone in another", "stop worrying about",
        "stories about", "story about", "suppose", "supposing", "swears her", "swears his", "swears that",
        "teacher talked", "tells that story", "terms and conditions", "that influencer", "that price",
        "the booklet says", "the faq says", "the idea of", "the instructions say", "the label says", "the leaflet says",
        "the news story", "the paper says", "the price", "the sheet says", "the shipping cost", "the thought of",
        "the warning says", "the website says", "they keep saying", "thinks i am going to", "thinks i am gonna",
        "thinks i will", "thinks i would", "thinks it will", "thinks it would", "this song", "this track",
        "thought i saw", "thought i was having", "thriller", "told me about", "true crime", "two years back",
        "unlikely", "used to get", "used to have", "vaccinated", "vaccine", "vaccines", "waiver", "was from covid",
        "weeks back", "what would happen", "what would you do", "when i first started", "when i heard the price",
        "when i saw the", "when i saw the bill", "when i saw the price", "when i was in", "when i was pregnant",
        "when they told me", "will it be", "with covid", "worried i will", "worried i would", "worried it will",
        "worst nightmare", "worst that can happen", "worst that could happen", "would hate", "years prior",
    ]),
    (3, &[
        "afraid of", "allergy to", "almost ate", "almost drank", "almost swallowed", "anxious about", "as always",
        "as usual", "asked about", "at what point", "avoid", "avoiding", "booklet", "chance", "chances", "check for",
        "checked for", "checking for", "clients often", "common", "concerned about", "convinced i would", "cost",
        "costs", "count as", "counts as", "danger of", "do i need to worry about", "do not want", "do not want to get",
        "easy to", "every session", "fear", "fear of", "for my notes", "frequent", "history of", "hope i do not",
        "how can i tell", "how do i know", "how do i tell", "how do you know", "how often", "how to know",
        "how to recognise", "how to recognize", "how to spot", "how will i know", "how would", "how would i know",
        "how would i notice", "if", "in case", "in general", "in the event", "in the literature", "in theory",
        "insurance", "last summer", "last time", "last winter", "learned about", "learnt about", "let us say",
        "like always", "likelihood", "likely", "made me want to", "makes me want to", "nearly ate", "nearly drank",
        "nearly swallowed", "nervous about", "normal for me", "odds", "often", "paranoid about", "policy",
        "possibility", "prepared for", "prevent", "preventing", "prevention", "prone to", "rate", "rates", "red flags",
        "risk", "risks", "say someone", "says call", "scared of", "scenario", "should i ever", "side effect",
        "side effects", "sign of", "signs of", "symptom of", "symptoms of", "tend to", "terrified of", "the disclaimer",
        "the form", "the guide says", "theoretical", "theoretically", "thought i had", "thought my", "to avoid",
        "trying to avoid", "unless", "used to", "usual for", "waiting for", "warning signs", "warns", "was from",
        "watch for", "watch out", "what causes", "what do you do if", "what happens if", "what makes",
        "what temperature", "what to do if", "when should", "who else", "worried about", "worrying about",
        "worrying that", "worst case",
    ]),
    (2, &[
        "a guy who", "a post", "a thread", "a video", "a woman who", "afraid", "allergic to", "article", "can you die",
        "cause", "causes", "considered", "could you die", "do i bleed", "do i get", "easily", "excited", "frequently",
        "generally", "go see a doctor", "guy says", "heard", "in a show", "in an episode", "in class", "in college",
        "in high school", "in school", "in the film", "in the movie", "joked", "joking that", "lead to", "listed",
        "lists", "look for", "look out", "means", "meant", "my cat", "my dog", "my kitten", "my puppy", "nervous",
        "normally", "on the show", "once", "pandemic", "part of", "part of normal", "patients", "people", "people say",
        "possible", "post about", "rare", "read about", "read that", "result in", "risky", "saw a post", "scared",
        "see a doctor if", "somebody", "someone", "sometimes", "the cat", "the dog", "the pics", "the vet", "the video",
        "they say", "this woman", "typically", "usually", "when do", "when you", "whenever", "will i get", "worried",
        "worry about", "would i get", "you need to see", "you should see a doctor", "your doctor", "your provider",
        "youtube",
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
        "coming out", "do i drain", "do i pop", "habe", "he keeps", "help", "her", "his", "how do i clean",
        "how do i drain", "how do i get it out", "how do i get rid of", "how do i stop", "how do i treat", "i had",
        "i keep", "i see", "i think", "ich", "is it ok", "is it okay", "is that", "it has", "it is", "keep", "keeps",
        "mean if", "she keeps", "should i worry", "started", "still", "tengo", "they are", "today", "tonight",
        "we have", "with a", "with an", "yesterday",
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
