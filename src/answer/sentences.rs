//! Sentences: every fixed text that a member reads, in one place.

/// Above suggestions.
pub const SUGGESTIONS_TITLE: &str = "Did you mean one of these?";
/// Below the title of suggestions.
pub const SUGGESTIONS_BODY: &str =
    "I am not sure which question is yours. If none of these is it, please ask in other words.";
/// The title where nothing is known.
pub const UNKNOWN_TITLE: &str = "I don't know that one.";
/// Below the title where nothing is known.
pub const UNKNOWN_BODY: &str = "I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, \
     please ask a professional.";
/// The title where nothing was asked.
pub const NOT_A_QUESTION_TITLE: &str = "Good to have you here.";
/// Below the title where nothing was asked.
pub const NOT_A_QUESTION_BODY: &str = "Ask me a question in your own words, and I will look for an expert's answer.";
/// In front of the question as it was asked.
pub const ASKED: &str = "You asked";
/// Above the answer to somebody else's message: its author, who wanted it answered, and where it is.
pub const FOR_AUTHOR: &str = "For {author}, at {requester}'s request: {link}";
/// The link to a message that is answered at somebody else's request.
pub const FOR_AUTHOR_LINK: &str = "their message";
/// In front of the question of somebody else's message.
pub const FOR_AUTHOR_ASKED: &str = "Asked";
/// In front of the experts.
pub const EXPERTS: &str = "Experts";
/// In front of the sources.
pub const SOURCES: &str = "Sources";
/// In front of the day of the last review.
pub const REVIEWED: &str = "Last reviewed";
/// In front of the disclaimer.
pub const DISCLAIMER: &str = "Please note";
/// Above related entries.
pub const RELATED: &str = "Related";

/// The button under suggestions that fit.
pub const NONE_OF_THESE: &str = "None of these";
/// The button that takes an answer of the bot away.
pub const REMOVE: &str = "Remove";
/// Shown in a select before anything is chosen.
pub const RELATED_PLACEHOLDER: &str = "Related questions";
/// Below an answer that is too long to be shown whole.
pub const CUT: &str = "*This answer is longer than Discord shows; the sources below have the rest.*";
/// To somebody who chooses from what is not theirs.
pub const NOT_YOURS: &str = "Only who asked, and moderators, can choose here. Ask your own question with `/ask`.";
/// To somebody who chooses an entry that is no longer there.
pub const TAKEN_OUT: &str = "That answer has been taken out of the knowledge. Please ask again.";
/// To somebody who uses a button or select of another version of the bot.
pub const OUTDATED: &str = "This is from another version of me and no longer works. Please ask again.";
/// To somebody who uses a button or select that the bot did not make.
pub const FORGED: &str = "I did not make this, so I cannot act on it. Please ask with `/ask`.";
/// To somebody whose answer cannot be removed for a fault of the bot's or Discord's.
pub const NOT_REMOVED: &str = "I could not remove it. Please try again.";
/// To a member who asks too much in a short time.
pub const SLOW_DOWN: &str = "That was a lot of questions in a short time. Please try again in a minute.";
/// The one reaction to a message of a member who asks too much in a short time.
pub const SLOW_DOWN_REACTION: &str = "⏳";
/// To a banned member.
pub const BANNED: &str = "The people who run me have chosen not to let me answer you.";
/// To a member who asks where the bot is to be quiet.
pub const IGNORED_CHANNEL: &str =
    "I keep quiet in this channel. Please ask me in another one, or write to me directly.";
/// To a reply whose text Discord kept from the bot.
pub const EMPTY_REPLY: &str =
    "I cannot read that reply: Discord only shows me messages that mention me. Please mention me, or use `/ask`.";
/// What `/ask` does.
pub const ASK_DESCRIPTION: &str = "Ask a question; answered from what experts said";
/// What the question of `/ask` is.
pub const ASK_QUESTION_DESCRIPTION: &str = "Your question, in your own words, or one that is offered";
/// What the privacy of `/ask` is.
pub const ASK_PRIVATE_DESCRIPTION: &str = "Whether only you see the answer";
/// The command in the menu of a message.
pub const ANSWER_THIS_NAME: &str = "Answer this";
/// To somebody who wants the bot's own message answered.
pub const NOT_MINE: &str = "That is a message of mine. Choose a member's question, and I will look for an answer.";
/// To somebody who wants the message of another bot or of Discord answered.
pub const NOT_A_MEMBERS: &str =
    "No member wrote that message. Choose a member's question, and I will look for an answer.";
/// To somebody who wants a message without words answered.
pub const NOTHING_TO_READ: &str = "There are no words in that message that I could answer.";
/// To somebody who wants a message answered that asks nothing.
pub const NO_QUESTION_IN_IT: &str = "I find no question in that message.";
/// To somebody who wants the message of a banned member answered.
pub const AUTHOR_BANNED: &str = "The people who run me have chosen not to let me answer that member.";
/// What `/topics` does.
pub const TOPICS_DESCRIPTION: &str = "Look through the topics and their questions";
/// The title of `/topics`.
pub const TOPICS_TITLE: &str = "Topics";
/// Below the title of `/topics`.
pub const TOPICS_BODY: &str = "Choose a topic to see its questions.";
/// Shown in the select of topics before anything is chosen.
pub const TOPICS_PLACEHOLDER: &str = "Topics";
/// Below a topic's description.
pub const TOPIC_BODY: &str = "Choose a question to read its answer.";
/// Shown in the select of a topic's entries before anything is chosen.
pub const TOPIC_PLACEHOLDER: &str = "Questions";
/// Where no topic may be shown.
pub const NO_TOPICS: &str = "There is nothing that I may show here. In direct messages I answer less than in a server.";
/// Which page of how many is shown.
pub const PAGE: &str = "Page {page} of {pages}";
/// The button to the page before.
pub const PREVIOUS: &str = "Previous";
/// The button to the next page.
pub const NEXT: &str = "Next";
/// The button to all topics.
pub const ALL_TOPICS: &str = "All topics";
/// The button from an answer to the questions of its topic.
pub const BACK: &str = "Back to the questions";
/// What `/about` does.
pub const ABOUT_DESCRIPTION: &str = "What this bot is, where its answers come from, and what it keeps";
/// The title of `/about`.
pub const ABOUT_TITLE: &str = "About me";
/// What the bot is.
pub const ABOUT_BODY: &str = "I am Needle, a bot. I answer questions from a collection that people keep by hand: \
    each answer names the expert behind it and its source. I write nothing of my own; what I do not find there, I do \
    not know. Use `/ask`, mention me, or write to me directly; `/topics` shows what there is.";
/// In front of the topics.
pub const ABOUT_TOPICS: &str = "What I know about";
/// In front of the state of the knowledge.
pub const ABOUT_REVISION: &str = "Knowledge revision";
/// In front of how data is handled.
pub const ABOUT_DATA: &str = "Your data";
/// How data is handled.
pub const ABOUT_DATA_BODY: &str = "I read only messages that mention me, reply to me or are sent to me, and those that \
    somebody chooses **Answer this** on, and only to answer them. I keep no text of questions and note no one's id beside \
    them. Delete your question, and my answer goes too; **Remove** takes an answer away at any time.";
