//! Commands: their names and descriptions.

use serde::Deserialize;

/// Commands: names and descriptions as Discord's menus show them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commands {
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
    /// The command that shows and changes the settings of a server.
    pub faq_settings_name: String,
    /// What it does.
    pub faq_settings_description: String,
}
