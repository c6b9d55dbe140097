//! Members: texts that every member reads.

use serde::Deserialize;

/// Replies to questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replies {
    /// Above suggestions.
    pub suggestions_title: String,
    /// Below the title of suggestions.
    pub suggestions_body: String,
    /// The title where nothing is known.
    pub unknown_title: String,
    /// Below the title where nothing is known.
    pub unknown_body: String,
    /// The title where nothing was asked.
    pub not_a_question_title: String,
    /// Below the title where nothing was asked.
    pub not_a_question_body: String,
    /// In front of the question as it was asked.
    pub asked: String,
    /// Above the answer to somebody else's message: its author, who wanted it answered, and where it is. The author
    /// comes first.
    pub for_author: String,
    /// The link to a message that is answered at somebody else's request.
    pub for_author_link: String,
    /// In front of the question of somebody else's message.
    pub for_author_asked: String,
    /// Above the experts.
    pub experts: String,
    /// Above the sources.
    pub sources: String,
    /// In front of the day of the last review.
    pub reviewed: String,
    /// In front of the disclaimer.
    pub disclaimer: String,
    /// Above related entries.
    pub related: String,
    /// Shown in the select of related entries before anything is chosen.
    pub related_placeholder: String,
    /// Below an answer that is too long to be shown whole.
    pub cut: String,
    /// The button under suggestions where none fits.
    pub none_of_these: String,
    /// The button that takes an answer of the bot away.
    pub remove: String,
}

/// Languages, and questions in others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// The title where a question is in a language that nothing is answered in.
    pub other_title: String,
    /// Below the title where a question is in a language that nothing is answered in; `{languages}` is a list such as
    /// “English or German”.
    pub other_body: String,
    /// Between the last two of a list.
    pub or: String,
    /// The language, as it stands in a list behind “in”.
    pub english: String,
    /// The language, as it stands in a list behind “in”.
    pub german: String,
    /// The language, as it stands in a list behind “in”.
    pub spanish: String,
    /// The language, as it stands in a list behind “in”.
    pub french: String,
    /// The language, as it stands in a list behind “in”.
    pub portuguese: String,
}

/// What a member is told instead of an answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remarks {
    /// To somebody who chooses from what is not theirs.
    pub not_yours: String,
    /// To somebody who chooses an entry that is no longer there.
    pub taken_out: String,
    /// To somebody who uses a button or select of another version of the bot.
    pub outdated: String,
    /// To somebody who uses a button or select that the bot did not make.
    pub forged: String,
    /// To a member who asks too much in a short time.
    pub slow_down: String,
    /// To a banned member.
    pub banned: String,
    /// To a member who asks where the bot is to be quiet.
    pub ignored_channel: String,
    /// To a reply whose text Discord kept from the bot.
    pub empty_reply: String,
    /// To somebody who wants the bot's own message answered.
    pub not_mine: String,
    /// To somebody who wants the message of another bot or of Discord answered.
    pub not_a_members: String,
    /// To somebody who wants a message without words answered.
    pub nothing_to_read: String,
    /// To somebody who wants a message answered that asks nothing.
    pub no_question_in_it: String,
    /// To somebody who wants the message of a banned member answered.
    pub author_banned: String,
    /// To a member who asks where moderators have the bot keep quiet.
    pub paused: String,
    /// To somebody who uses what is for moderators.
    pub not_a_moderator: String,
    /// To a moderator whose change could not be kept.
    pub not_changed: String,
    /// To a moderator who has the bot keep quiet.
    pub pausing: String,
    /// To a moderator who has the bot answer again.
    pub resuming: String,
    /// To a member whose votes and notices were deleted.
    pub forgotten: String,
    /// To a member whose votes and notices could not be deleted.
    pub not_forgotten: String,
    /// To somebody who wants to see what the store does not tell.
    pub out_of_reach: String,
}

/// Browsing the topics.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    /// Above all topics.
    pub title: String,
    /// Below that.
    pub body: String,
    /// Shown in the select of topics before anything is chosen.
    pub placeholder: String,
    /// Below a topic's description.
    pub topic_body: String,
    /// Shown in the select of a topic's entries before anything is chosen.
    pub topic_placeholder: String,
    /// Where no topic may be shown.
    pub no_topics: String,
    /// Which page of how many is shown.
    pub page: String,
    /// The button to the page before.
    pub previous: String,
    /// The button to the next page.
    pub next: String,
    /// The button to all topics.
    pub all_topics: String,
    /// The button from an answer to the questions of its topic.
    pub back: String,
}

/// What the bot says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Above what the bot is.
    pub title: String,
    /// What the bot is.
    pub body: String,
    /// Above the topics.
    pub topics: String,
    /// Above the state of the knowledge.
    pub revision: String,
    /// Above how data is handled.
    pub data: String,
    /// How data is handled; `{days}` is for how many days.
    pub data_body: String,
    /// The one message to a server that has let the bot in.
    pub welcome: String,
}

/// What is kept.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Privacy {
    /// Above what is kept.
    pub title: String,
    /// Below that.
    pub body: String,
    /// Above what is kept of questions.
    pub questions: String,
    /// What is kept of questions; `{days}` is for how many days.
    pub questions_body: String,
    /// Above what is kept of members.
    pub members: String,
    /// What is kept of members; `{notice_days}` is for how many days at most.
    pub members_body: String,
    /// Above what is kept of servers.
    pub servers: String,
    /// What is kept of servers; `{server_days}` is for how many days after the bot left.
    pub servers_body: String,
}

/// Votes on answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// The button that says that an answer helped.
    pub helpful: String,
    /// The button that says that it did not.
    pub not_helpful: String,
    /// To somebody who said so.
    pub voted: String,
    /// Below that, to somebody whom it did not help.
    pub voted_why: String,
    /// Shown in the select of reasons before anything is chosen.
    pub reason_placeholder: String,
    /// A reason: it answers another question.
    pub reason_wrong_question: String,
    /// A reason: it was right once.
    pub reason_out_of_date: String,
    /// A reason: it is hard to understand.
    pub reason_unclear: String,
    /// A reason: anything else.
    pub reason_something_else: String,
}

/// Telling members later what is not known now.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// The button under a reply that knows nothing: to be told once something is known.
    pub tell_me: String,
    /// To somebody who will be told; `{notice_days}` is for how many days at most.
    pub noted: String,
    /// To somebody who wants to be told of a question that is not kept.
    pub gone: String,
    /// To somebody who wants to be told while the store is away.
    pub away: String,
    /// To somebody who wants to be told where the bot may not write.
    pub closed: String,
    /// To somebody who wanted to be told, above the answer; `{member}` mentions them and comes first.
    pub notice: String,
    /// Below a reply that knows nothing, where moderators get to see the question.
    pub passed_on: String,
}
