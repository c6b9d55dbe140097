//! Moderators: texts that those read who keep the knowledge.

use serde::Deserialize;

/// The cards of open questions, and what moderators do with them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    /// Above the card of an open question.
    pub title: String,
    /// Above the other words in which it was asked.
    pub also_asked: String,
    /// Above the entries that came closest.
    pub closest: String,
    /// Where no entry comes close.
    pub closest_none: String,
    /// Above how often, when and where a question was asked.
    pub asked: String,
    /// Behind an entry that was shown and did not help.
    pub rejected: String,
    /// Shown in the select of entries before anything is chosen.
    pub placeholder: String,
    /// The button that settles a question as off-topic.
    pub not_for_us: String,
    /// The button that settles a question as nothing to be done about.
    pub ignore: String,
    /// The button that opens a question again.
    pub undo: String,
    /// The button that puts a question among the off-topic ones that matching learns.
    pub teach: String,
    /// The button that puts a question among the expected ones, as off-topic.
    pub expect: String,
    /// What was decided: it belongs to this entry.
    pub added: String,
    /// What was decided by nobody: this entry answers it now.
    pub answered_now: String,
    /// What was decided: it is off-topic.
    pub off_topic: String,
    /// What was decided: nothing is to be done.
    pub ignored: String,
    /// Who decided it, in place of a name that is no longer kept.
    pub somebody: String,
    /// What was written into the knowledge: a phrasing.
    pub as_phrasing: String,
    /// What was written into the knowledge: an off-topic question.
    pub as_off_topic: String,
    /// What was written into the knowledge: an expected question.
    pub as_expected: String,
    /// Above a card whose question is no longer kept.
    pub blank_title: String,
    /// On a card whose question is no longer kept.
    pub blank_body: String,
    /// To a moderator who presses on a question that is not kept, or not for their server.
    pub elsewhere: String,
    /// To a moderator who settles what is settled.
    pub is_settled: String,
    /// To a moderator who opens what is open.
    pub is_open: String,
    /// To a moderator who opens a question whose words were taken out of the knowledge, and which stays settled.
    pub not_reopened: String,
    /// To a moderator of a server from which the knowledge cannot be changed.
    pub not_home: String,
    /// Above the form for words; at most 45 characters.
    pub form_title: String,
    /// Above the words in the form; at most 45 characters.
    pub form_label: String,
    /// The same where the question is longer than the form; at most 45 characters.
    pub form_label_cut: String,
    /// To a moderator who sends the form without words.
    pub no_words: String,
    /// Above what would come of a change.
    pub preview_title: String,
    /// The score of the entry that gets a phrasing, then and now.
    pub preview_score: String,
    /// The best score, then and now, for words that no entry should answer.
    pub preview_best: String,
    /// Where another entry would be the best one.
    pub preview_other: String,
    /// Where the words name a sign of danger.
    pub preview_urgent: String,
    /// Where nothing else would change.
    pub preview_fine: String,
    /// Above what would be wrong.
    pub preview_problems: String,
    /// The button that makes the change.
    pub add: String,
    /// The button that leads back to the form.
    pub change: String,
    /// Above a change that was made.
    pub done_title: String,
    /// A change was made.
    pub done_body: String,
    /// Above a change that could not be made.
    pub failed_title: String,
    /// In front of why a change could not be made.
    pub failed_body: String,
    /// Why a change could not be made: a mistake in the program.
    pub went_wrong: String,
}

/// The list of open questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unanswered {
    /// Above the open questions.
    pub title: String,
    /// Where there are none.
    pub none: String,
    /// How often a question was asked.
    pub times: String,
    /// The link to where it was asked.
    pub link: String,
    /// Behind a question that was asked in a direct message.
    pub direct: String,
}

/// The panel of settings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Above the settings of a server.
    pub title: String,
    /// Below that.
    pub body: String,
    /// Shown in the select of settings before anything is chosen.
    pub placeholder: String,
    /// Above how a setting is.
    pub now: String,
    /// The button from a setting to all of them.
    pub back: String,
    /// To a moderator who has changed a setting.
    pub done: String,
    /// The setting where cards are posted.
    pub channel: String,
    /// What it is for.
    pub channel_body: String,
    /// Shown in its select before anything is chosen.
    pub channel_placeholder: String,
    /// Where there is none.
    pub no_channel: String,
    /// The button that has there be none.
    pub clear_channel: String,
    /// To a moderator who chose a channel in which the bot may not do all it needs; `{permissions}` is a list.
    pub lacks: String,
    /// A permission, as Discord calls it.
    pub view_channels: String,
    /// A permission, as Discord calls it.
    pub send_messages: String,
    /// A permission, as Discord calls it.
    pub embed_links: String,
    /// The setting who may do what those may who manage the server.
    pub editors: String,
    /// What it is for.
    pub editors_body: String,
    /// Where nobody may.
    pub no_editors: String,
    /// The setting who may look at the open questions.
    pub viewers: String,
    /// What it is for.
    pub viewers_body: String,
    /// Where nobody may.
    pub no_viewers: String,
    /// Shown in a select of roles before anything is chosen.
    pub role_placeholder: String,
    /// The button that has no role be chosen.
    pub clear_role: String,
    /// To a moderator who chose the role of everybody.
    pub everyone: String,
    /// How Discord comes to show the command to a role that was chosen.
    pub show_role: String,
    /// The setting what is answered from.
    pub topics: String,
    /// What it is for.
    pub topics_body: String,
    /// Where all are.
    pub topics_all: String,
    /// Where none of those chosen is there any more.
    pub topics_gone: String,
    /// To a moderator who chose none.
    pub no_topic_left: String,
    /// The setting how sure to be of an answer.
    pub answer: String,
    /// What it is for.
    pub answer_body: String,
    /// The setting how sure to be of suggestions.
    pub suggest: String,
    /// What it is for.
    pub suggest_body: String,
    /// Shown in a select of scores before anything is chosen.
    pub threshold_placeholder: String,
    /// How sure to be, where moderators chose it.
    pub from: String,
    /// How sure to be, where they did not.
    pub from_default: String,
    /// The option in a select of scores that chooses nothing.
    pub default: String,
    /// The setting whether answers ask if they helped.
    pub feedback: String,
    /// Where they do.
    pub feedback_on: String,
    /// Where they do not.
    pub feedback_off: String,
    /// The button that has them ask.
    pub feedback_begin: String,
    /// The button that has them not ask.
    pub feedback_end: String,
}
