//! Sentences: every fixed text that a member reads, in each language, from the folder `locales`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;

/// The texts of [`Language::ALL`], in that order, as built into the program.
static ALL: LazyLock<[Sentences; 5]> = LazyLock::new(|| {
    // They are built in, and a test reads them all.
    LANGUAGES.map(|text| toml::from_str(text).expect("sound sentences"))
});

/// The files of [`Language::ALL`], in that order.
const LANGUAGES: [&str; 5] = [
    include_str!("../../locales/en.toml"),
    include_str!("../../locales/de.toml"),
    include_str!("../../locales/es.toml"),
    include_str!("../../locales/fr.toml"),
    include_str!("../../locales/pt.toml"),
];

/// The one reaction to a message of a member who asks too much in a short time.
pub const SLOW_DOWN_REACTION: &str = "⏳";

/// The fixed texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
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
    /// The title where a question is in a language that nothing is answered in.
    pub other_language_title: String,
    /// Below the title where a question is in a language that nothing is answered in; `{languages}` is a list such as
    /// “English or German”.
    pub other_language_body: String,
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
    /// The command that asks.
    pub ask_name: String,
    /// What it does.
    pub ask_description: String,
    /// Its question.
    pub ask_question_name: String,
    /// What its question is.
    pub ask_question_description: String,
    /// Whether only the member sees the answer.
    pub ask_private_name: String,
    /// What that is.
    pub ask_private_description: String,
    /// The command in the menu of a message.
    pub answer_this_name: String,
    /// The command to look through what there is.
    pub topics_name: String,
    /// What it does.
    pub topics_description: String,
    /// The command that says what the bot is.
    pub about_name: String,
    /// What it does.
    pub about_description: String,
    /// The command that says what is kept.
    pub privacy_name: String,
    /// What it does.
    pub privacy_description: String,
    /// The command that deletes a member's votes and notices.
    pub forget_me_name: String,
    /// What it does.
    pub forget_me_description: String,
    /// The command of moderators, in front of those below.
    pub faq_name: String,
    /// What it does.
    pub faq_description: String,
    /// The command that has the bot keep quiet in a server.
    pub faq_pause_name: String,
    /// What it does.
    pub faq_pause_description: String,
    /// The command that ends that.
    pub faq_resume_name: String,
    /// What it does.
    pub faq_resume_description: String,
    /// The command that lists what could not be answered.
    pub faq_unanswered_name: String,
    /// What it does.
    pub faq_unanswered_description: String,
    /// Above all topics.
    pub topics_title: String,
    /// Below that.
    pub topics_body: String,
    /// Shown in the select of topics before anything is chosen.
    pub topics_placeholder: String,
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
    /// Above what the bot is.
    pub about_title: String,
    /// What the bot is.
    pub about_body: String,
    /// Above the topics.
    pub about_topics: String,
    /// Above the state of the knowledge.
    pub about_revision: String,
    /// Above how data is handled.
    pub about_data: String,
    /// How data is handled; `{days}` is for how many days.
    pub about_data_body: String,
    /// Above the card of an open question.
    pub inbox_title: String,
    /// Above the other words in which it was asked.
    pub inbox_also_asked: String,
    /// Above the entries that came closest.
    pub inbox_closest: String,
    /// Where no entry comes close.
    pub inbox_closest_none: String,
    /// Above how often, when and where a question was asked.
    pub inbox_asked: String,
    /// Behind an entry that was shown and did not help.
    pub inbox_rejected: String,
    /// Shown in the select of entries before anything is chosen.
    pub inbox_placeholder: String,
    /// The button that settles a question as off-topic.
    pub inbox_not_for_us: String,
    /// The button that settles a question as nothing to be done about.
    pub inbox_ignore: String,
    /// The button that opens a question again.
    pub inbox_undo: String,
    /// The button that puts a question among the off-topic ones that matching learns.
    pub inbox_teach: String,
    /// The button that puts a question among the expected ones, as off-topic.
    pub inbox_expect: String,
    /// What was decided: it belongs to this entry.
    pub inbox_added: String,
    /// What was decided by nobody: this entry answers it now.
    pub inbox_answered_now: String,
    /// What was decided: it is off-topic.
    pub inbox_off_topic: String,
    /// What was decided: nothing is to be done.
    pub inbox_ignored: String,
    /// What was written into the knowledge: a phrasing.
    pub inbox_as_phrasing: String,
    /// What was written into the knowledge: an off-topic question.
    pub inbox_as_off_topic: String,
    /// What was written into the knowledge: an expected question.
    pub inbox_as_expected: String,
    /// Above a card whose question is no longer kept.
    pub inbox_blank_title: String,
    /// On a card whose question is no longer kept.
    pub inbox_blank_body: String,
    /// To a moderator who presses on a question that is not kept, or not for their server.
    pub inbox_elsewhere: String,
    /// To a moderator who settles what is settled.
    pub inbox_is_settled: String,
    /// To a moderator who opens what is open.
    pub inbox_is_open: String,
    /// To a moderator of a server from which the knowledge cannot be changed.
    pub inbox_not_home: String,
    /// Above the form for words; at most 45 characters.
    pub inbox_form_title: String,
    /// Above the words in the form; at most 45 characters.
    pub inbox_form_label: String,
    /// To a moderator who sends the form without words.
    pub inbox_no_words: String,
    /// Above what would come of a change.
    pub inbox_preview_title: String,
    /// The score of the entry that gets a phrasing, then and now.
    pub inbox_preview_score: String,
    /// The best score, then and now, for words that no entry should answer.
    pub inbox_preview_best: String,
    /// Where another entry would be the best one.
    pub inbox_preview_other: String,
    /// Where the words name a sign of danger.
    pub inbox_preview_urgent: String,
    /// Where nothing else would change.
    pub inbox_preview_fine: String,
    /// Above what would be wrong.
    pub inbox_preview_problems: String,
    /// The button that makes the change.
    pub inbox_add: String,
    /// The button that leads back to the form.
    pub inbox_change: String,
    /// Above a change that was made.
    pub inbox_done_title: String,
    /// A change was made.
    pub inbox_done_body: String,
    /// Above a change that could not be made.
    pub inbox_failed_title: String,
    /// In front of why a change could not be made.
    pub inbox_failed_body: String,
    /// The one message to a server that has let the bot in.
    pub welcome: String,
    /// Above what is kept.
    pub privacy_title: String,
    /// Below that.
    pub privacy_body: String,
    /// Above what is kept of questions.
    pub privacy_questions: String,
    /// What is kept of questions; `{days}` is for how many days.
    pub privacy_questions_body: String,
    /// Above what is kept of members.
    pub privacy_members: String,
    /// What is kept of members; `{notice_days}` is for how many days at most.
    pub privacy_members_body: String,
    /// Above what is kept of servers.
    pub privacy_servers: String,
    /// What is kept of servers; `{server_days}` is for how many days after the bot left.
    pub privacy_servers_body: String,
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
    /// Above the open questions.
    pub unanswered_title: String,
    /// Where there are none.
    pub unanswered_none: String,
    /// How often a question was asked.
    pub unanswered_times: String,
    /// The link to where it was asked.
    pub unanswered_link: String,
    /// Behind a question that was asked in a direct message.
    pub unanswered_direct: String,
    /// The command that shows and changes the settings of a server.
    pub faq_settings_name: String,
    /// What it does.
    pub faq_settings_description: String,
    /// Above the settings of a server.
    pub settings_title: String,
    /// Below that.
    pub settings_body: String,
    /// Shown in the select of settings before anything is chosen.
    pub settings_placeholder: String,
    /// Above how a setting is.
    pub settings_now: String,
    /// The button from a setting to all of them.
    pub settings_back: String,
    /// To a moderator who has changed a setting.
    pub settings_done: String,
    /// The setting where cards are posted.
    pub settings_channel: String,
    /// What it is for.
    pub settings_channel_body: String,
    /// Shown in its select before anything is chosen.
    pub settings_channel_placeholder: String,
    /// Where there is none.
    pub settings_no_channel: String,
    /// The button that has there be none.
    pub settings_clear_channel: String,
    /// To a moderator who chose a channel in which the bot may not do all it needs; `{permissions}` is a list.
    pub settings_lacks: String,
    /// A permission, as Discord calls it.
    pub settings_view_channels: String,
    /// A permission, as Discord calls it.
    pub settings_send_messages: String,
    /// A permission, as Discord calls it.
    pub settings_embed_links: String,
    /// The setting who may do what those may who manage the server.
    pub settings_editors: String,
    /// What it is for.
    pub settings_editors_body: String,
    /// Where nobody may.
    pub settings_no_editors: String,
    /// The setting who may look at the open questions.
    pub settings_viewers: String,
    /// What it is for.
    pub settings_viewers_body: String,
    /// Where nobody may.
    pub settings_no_viewers: String,
    /// Shown in a select of roles before anything is chosen.
    pub settings_role_placeholder: String,
    /// The button that has no role be chosen.
    pub settings_clear_role: String,
    /// To a moderator who chose the role of everybody.
    pub settings_everyone: String,
    /// How Discord comes to show the command to a role that was chosen.
    pub settings_show_role: String,
    /// The setting what is answered from.
    pub settings_topics: String,
    /// What it is for.
    pub settings_topics_body: String,
    /// Where all are.
    pub settings_topics_all: String,
    /// Where none of those chosen is there any more.
    pub settings_topics_gone: String,
    /// To a moderator who chose none.
    pub settings_no_topic_left: String,
    /// The setting how sure to be of an answer.
    pub settings_answer: String,
    /// What it is for.
    pub settings_answer_body: String,
    /// The setting how sure to be of suggestions.
    pub settings_suggest: String,
    /// What it is for.
    pub settings_suggest_body: String,
    /// Shown in a select of scores before anything is chosen.
    pub settings_threshold_placeholder: String,
    /// How sure to be, where moderators chose it.
    pub settings_from: String,
    /// How sure to be, where they did not.
    pub settings_from_default: String,
    /// The option in a select of scores that chooses nothing.
    pub settings_default: String,
    /// The setting whether answers ask if they helped.
    pub settings_feedback: String,
    /// Where they do.
    pub settings_feedback_on: String,
    /// Where they do not.
    pub settings_feedback_off: String,
    /// The button that has them ask.
    pub settings_feedback_begin: String,
    /// The button that has them not ask.
    pub settings_feedback_end: String,
    /// The button under a reply that knows nothing: to be told once something is known.
    pub tell_me: String,
    /// To somebody who will be told; `{notice_days}` is for how many days at most.
    pub tell_me_noted: String,
    /// To somebody who wants to be told of a question that is not kept.
    pub tell_me_gone: String,
    /// To somebody who wants to be told while the store is away.
    pub tell_me_away: String,
    /// To somebody who wanted to be told, above the answer; `{member}` mentions them and comes first.
    pub notice: String,
    /// Below a reply that knows nothing, where moderators get to see the question.
    pub passed_on: String,
}

/// The texts in `language`.
#[must_use]
pub fn of(language: Language) -> &'static Sentences {
    &ALL[language as usize]
}

/// `sentence` with each `{name}` filled in.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let known = after
            .split_once('}')
            .and_then(|(name, behind)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, behind)));
        let (value, behind) = known.unwrap_or(("{", after));
        filled.push_str(before);
        filled.push_str(value);
        rest = behind;
    }
    filled + rest
}

impl Sentences {
    /// A language's name as it stands in a list.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::German => &self.german,
            Language::Spanish => &self.spanish,
            Language::French => &self.french,
            Language::Portuguese => &self.portuguese,
        }
    }

    /// For example "English, German or Spanish".
    #[must_use]
    pub fn any_of(&self, languages: &[Language]) -> String {
        let names: Vec<&str> = languages.iter().map(|language| self.name(*language)).collect();
        match &names[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [others @ .., last] => format!("{} {} {last}", others.join(", "), self.or),
        }
    }
}

#[cfg(test)]
mod tests;
