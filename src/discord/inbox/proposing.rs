//! Proposing: a moderator's words on their way into the knowledge. The words are edited in a form; what they would do
//! is shown; and only what was shown is written.

use std::sync::Arc;

use serenity::model::application::{ActionRowComponent, ComponentInteraction, ModalInteraction};
use serenity::model::channel::Message;
use serenity::model::id::GuildId;
use tokio::task::JoinError;

use crate::answer::sentences::{self, Sentences};
use crate::answer::{Scope, Snapshot, escape};
use crate::discord::Bot;
use crate::discord::card::{Audience, Card, Form, Kind, Row, bare, button, unescape};
use crate::discord::intake::Asker;
use crate::discord::keeper::in_time;
use crate::discord::messages::report;
use crate::discord::own_message::{audience, shown_text};
use crate::discord::rank::Rank;
use crate::discord::seal::{Action, Deed, Unsealed};
use crate::discord::send::{Callback, SendError, Where};
use crate::editing::{Editor, Preview, Refused};
use crate::inbox::{Proposal, Target};
use crate::knowledge::{EditFault, Problem};
use crate::language::Language;
use crate::limits::ENTRY_QUESTION_UTF16;
use crate::matching::words::words;
use crate::store::{Fault, MemberId, Settled, UnansweredId, UnansweredQuestion, Verdict};

use super::view::whole_words;

/// How many problems of a proposal are listed.
const PROBLEMS_LISTED: usize = 8;

impl Bot {
    /// Whether moderators of `guild` may change the knowledge.
    pub(super) fn may_edit(&self, guild: Option<GuildId>) -> bool {
        guild.is_some_and(|guild| self.is_home(guild))
    }

    /// Shows the form for the words that belong to `target`, with `text` in it.
    pub(super) async fn ask_for_words(
        &self,
        to: Callback<'_>,
        question: &UnansweredQuestion,
        target: Target,
        text: &str,
        texts: &'static Sentences,
    ) -> Result<(), SendError> {
        let (text, is_cut) = whole_words(text, ENTRY_QUESTION_UTF16);
        let form = Form {
            action: Action::Inbox(question.id, Deed::Write(target)),
            title: &texts.inbox.form_title,
            label: if is_cut { &texts.inbox.form_label_cut } else { &texts.inbox.form_label },
            text,
            most: ENTRY_QUESTION_UTF16,
        };
        self.send.show_form(to, &form).await
    }

    /// Shows what the words of a form would do, where whoever sent it may have them written.
    pub(in crate::discord) async fn handle_form(&self, form: &ModalInteraction) {
        let asker = Asker::of_form(form);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(form);
        let outcome = match self.proposed(form, texts).await {
            Err(sentence) => self.send.tell(to, sentence).await,
            Ok((question, proposal)) => self.propose(form, question, proposal).await,
        };
        report(outcome, &asker);
    }

    /// What a form proposes; else the sentence to tell privately.
    async fn proposed<'a>(
        &self,
        form: &ModalInteraction,
        texts: &'a Sentences,
    ) -> Result<(UnansweredId, Proposal), &'a str> {
        let action = self.send.seal().open(&form.data.custom_id).map_err(|unsealed| match unsealed {
            Unsealed::Outdated => texts.remarks.outdated.as_str(),
            Unsealed::Forged => &texts.remarks.forged,
        })?;
        let Action::Inbox(id, Deed::Write(target)) = action else { return Err(&texts.remarks.forged) };
        if self.rank(form.guild_id, form.member.as_ref()) < Rank::Moderator {
            return Err(&texts.remarks.not_a_moderator);
        }
        self.question_of(id, form.guild_id).await.map_err(|sentence| sentence(texts))?;
        if !self.may_edit(form.guild_id) {
            return Err(&texts.inbox.not_home);
        }
        let input = form.data.components.iter().flat_map(|row| &row.components).find_map(|part| match part {
            ActionRowComponent::InputText(input) => input.value.as_deref(),
            _ => None,
        });
        let (text, _) = whole_words(input.unwrap_or_default(), ENTRY_QUESTION_UTF16);
        if words(&text).is_empty() { Err(&texts.inbox.no_words) } else { Ok((id, Proposal { target, text })) }
    }

    async fn propose(&self, form: &ModalInteraction, id: UnansweredId, proposal: Proposal) -> Result<(), SendError> {
        let to = Callback::from(form);
        // From the form of a private message, that message changes.
        let is_private = |message: &Message| audience(message) == Audience::Member;
        let place = match form.message.as_deref().filter(|message| is_private(message)) {
            Some(message) => Where::InPlace { is_plain: message.embeds.is_empty() },
            None => Where::Privately,
        };
        let language = Asker::of_form(form).member_language;
        let edits = [proposal.edit()];
        let texts = sentences::of(language);
        let card = async {
            match self.edit(move |editor| editor.preview(&edits), texts).await {
                Ok(preview) => {
                    Effects { preview: &preview, proposal: &proposal, scope: self.scope_in(form.guild_id), language }
                        .card(id)
                }
                Err(reason) => failed(&proposal, id, &reason, language),
            }
        };
        self.send.respond_in_time(form.application_id, to, place, card).await
    }

    /// Writes the words that are shown into the knowledge, and settles their question.
    pub(super) async fn add(
        &self,
        component: &ComponentInteraction,
        question: &UnansweredQuestion,
        target: Target,
    ) -> Result<(), SendError> {
        let language = Asker::of_component(component).member_language;
        let texts = sentences::of(language);
        let to = Callback::from(component);
        let Some(text) = shown_words(&component.message) else {
            return self.send.tell(to, &texts.remarks.outdated).await;
        };
        let proposal = Proposal { target, text };
        let is_due = match (&question.settled, &proposal.target) {
            (None, Target::Phrasing(_)) => true,
            (Some(settled), Target::OffTopic(_) | Target::Expected(_)) => settled.verdict == Verdict::OffTopic,
            _ => false,
        };
        if !is_due {
            return self.send.tell(to, &texts.inbox.is_settled).await;
        }
        self.send.defer_change(to).await?;
        let card = match self.write(component, question, &proposal).await {
            Ok(()) => {
                tracing::info!(guild = component.guild_id.map(GuildId::get), target = %proposal.target, "changed the knowledge");
                Card { body: texts.inbox.done_body.clone(), ..bare(Kind::About, &texts.inbox.done_title, language) }
            }
            Err(reason) => failed(&proposal, question.id, &reason, language),
        };
        self.send.finish(component.application_id, to, &card).await
    }

    /// Writes a proposal into the knowledge and notes it in the store: both or, with the reason, neither.
    async fn write(
        &self,
        component: &ComponentInteraction,
        question: &UnansweredQuestion,
        proposal: &Proposal,
    ) -> Result<(), String> {
        let texts = sentences::of(Asker::of_component(component).member_language);
        let edits = [proposal.edit()];
        self.edit(move |editor| editor.apply(&edits), texts).await?;
        let (by, at) = (Some(MemberId(component.user.id.get())), self.keeper.now());
        let noted = match (&proposal.target, &question.settled) {
            (Target::Phrasing(entry), _) => {
                let written = Some(Proposal::write(std::slice::from_ref(proposal)));
                let settled = Settled { verdict: Verdict::Added(entry.to_string()), by, at, written };
                in_time("a question is not settled", self.settle_over_nobody(question.id, &settled)).await
            }
            (_, settled) => {
                let before = settled.as_ref().and_then(|settled| settled.written.as_deref());
                let mut written = Proposal::read(before);
                written.push(proposal.clone());
                let written = Proposal::write(&written);
                let noting = self.keeper.store.note_written(question.id, before, &written);
                in_time("it is not noted what was written", noting).await
            }
        };
        let sentence = match noted {
            Some(true) => return Ok(()),
            Some(false) => &texts.inbox.is_settled,
            None => &texts.remarks.not_changed,
        };
        self.take_back(vec![proposal.clone()], texts).await?;
        Err(sentence.clone())
    }

    /// Settles a question, also where it was settled by nobody in the same way, as what has just been written answers
    /// it.
    async fn settle_over_nobody(&self, id: UnansweredId, settled: &Settled) -> Result<bool, Fault> {
        let store = &self.keeper.store;
        if store.settle(id, settled).await? {
            return Ok(true);
        }
        let now = store.unanswered_by_id(id).await?.and_then(|question| question.settled);
        // What a moderator decided who was forgotten since has words with it.
        let is_nobodys =
            now.is_some_and(|now| now.by.is_none() && now.written.is_none() && now.verdict == settled.verdict);
        Ok(is_nobodys && store.reopen(id, settled.at).await? && store.settle(id, settled).await?)
    }

    /// Takes words out of the knowledge again. Those that somebody else took out are fine.
    pub(super) async fn take_back(&self, written: Vec<Proposal>, texts: &Sentences) -> Result<(), String> {
        for proposal in written.into_iter().rev() {
            let edits = [proposal.edit().undo()];
            let take_back = move |editor: &Editor| match editor.apply(&edits) {
                Ok(_) | Err(Refused::Edit(EditFault::NotThere(_))) => Ok(()),
                Err(refused) => Err(refused),
            };
            self.edit(take_back, texts).await?;
        }
        Ok(())
    }

    /// Does something with the knowledge files on a thread that may wait; why it was refused is for moderators to read.
    async fn edit<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Editor) -> Result<T, Refused> + Send + 'static,
        texts: &Sentences,
    ) -> Result<T, String> {
        let editor = Arc::clone(&self.editor);
        outcome(tokio::task::spawn_blocking(move || work(&editor)).await, texts)
    }
}

/// What came of an edit; else why there is none, for moderators to read.
fn outcome<T>(edited: Result<Result<T, Refused>, JoinError>, texts: &Sentences) -> Result<T, String> {
    match edited {
        Ok(outcome) => outcome.map_err(|refused| reason(&refused)),
        Err(error) => {
            tracing::error!("an edit failed: {error}");
            Err(texts.inbox.went_wrong.clone())
        }
    }
}

/// The words on a card or on what a moderator was shown; `None` where it shows none.
pub(super) fn shown_words(message: &Message) -> Option<String> {
    let line = shown_text(message).lines().next()?;
    line.strip_prefix("> ").map(unescape)
}

/// Why an edit was refused.
fn reason(refused: &Refused) -> String {
    let problems = match refused {
        Refused::AlreadyWrong(problems) | Refused::WouldBeWrong(problems) => problems.as_slice(),
        _ => &[],
    };
    let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.is_error()).collect();
    std::iter::once(escape(&refused.to_string())).chain(listed(&errors)).collect::<Vec<_>>().join("\n")
}

/// As many problems as a message has room for, a line each.
fn listed(problems: &[&Problem]) -> Vec<String> {
    let line = |problem: &&Problem| format!("- {} (`{}`)", escape(&problem.message), problem.place.file);
    let more = (problems.len() > PROBLEMS_LISTED).then(|| "- …".to_owned());
    problems.iter().take(PROBLEMS_LISTED).map(line).chain(more).collect()
}

fn failed(proposal: &Proposal, question: UnansweredId, reason: &str, language: Language) -> Card {
    let texts = sentences::of(language);
    let body = format!("> {}\n\n{} {reason}", escape(&proposal.text), texts.inbox.failed_body);
    let change = button(&texts.inbox.change, Action::Inbox(question, Deed::Write(proposal.target.clone())));
    let rows = vec![Row::Buttons(vec![change])];
    Card { body, rows, ..bare(Kind::Unknown, &texts.inbox.failed_title, language) }.fit()
}

/// What a proposal would do, to be shown before it is done.
struct Effects<'a> {
    preview: &'a Preview,
    proposal: &'a Proposal,
    scope: Scope,
    language: Language,
}

impl Effects<'_> {
    fn card(&self, question: UnansweredId) -> Card {
        let texts = sentences::of(self.language);
        let problems: Vec<&Problem> = self.preview.new_problems.iter().collect();
        let mut paragraphs = vec![format!("> {}", escape(&self.proposal.text)), self.scores()];
        if problems.is_empty() {
            paragraphs.push(texts.inbox.preview_fine.clone());
        } else {
            paragraphs.push(format!("**{}**\n{}", texts.inbox.preview_problems, listed(&problems).join("\n")));
        }
        let deed = |label: &str, deed| button(label, Action::Inbox(question, deed));
        let target = &self.proposal.target;
        let is_refused = problems.iter().any(|problem| problem.is_error());
        let add = (!is_refused).then(|| deed(&texts.inbox.add, Deed::Add(target.clone())));
        let change = deed(&texts.inbox.change, Deed::Write(target.clone()));
        let rows = vec![Row::Buttons(add.into_iter().chain([change]).collect())];
        Card { body: paragraphs.join("\n\n"), rows, ..bare(Kind::About, &texts.inbox.preview_title, self.language) }
            .fit()
    }

    /// The score that the words get, then and now, and what they would lead to.
    fn scores(&self) -> String {
        let texts = sentences::of(self.language);
        let Preview { before, after, .. } = self.preview;
        let (then, now) = (self.ranked(after), self.ranked(before));
        let best = then.first().map_or("", |(id, _)| id.as_str());
        let (sentence, entry) = match &self.proposal.target {
            Target::Phrasing(entry) => (&texts.inbox.preview_score, entry.as_str()),
            Target::OffTopic(_) | Target::Expected(_) => (&texts.inbox.preview_best, best),
        };
        let score = |ranked: &[(String, f32)]| {
            let found = match &self.proposal.target {
                Target::Phrasing(entry) => ranked.iter().find(|(id, _)| id == entry.as_str()),
                Target::OffTopic(_) | Target::Expected(_) => ranked.first(),
            };
            format!("{:.2}", found.map_or(0.0, |(_, score)| *score))
        };
        let values = [("entry", entry), ("after", &score(&then)), ("before", &score(&now))];
        let mut said = vec![sentences::fill(sentence, &values)];
        if after.dangers.find(&self.proposal.text, &words(&self.proposal.text)).is_some() {
            said.push(texts.inbox.preview_urgent.clone());
        } else if matches!(&self.proposal.target, Target::Phrasing(entry) if entry.as_str() != best) {
            said.push(sentences::fill(&texts.inbox.preview_other, &[("entry", best)]));
        }
        said.join(" ")
    }

    /// The entries that come close to the words, best first, with their scores.
    fn ranked(&self, snapshot: &Snapshot) -> Vec<(String, f32)> {
        let knowledge = &snapshot.knowledge;
        let may_see = |entry: usize| self.scope.may_see(&knowledge.entries()[entry], knowledge);
        let ranked = snapshot.index.rank_among(&words(&self.proposal.text), may_see);
        ranked.into_iter().map(|found| (knowledge.entries()[found.entry].id.to_string(), found.score)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn that_an_edit_broke_off_is_said_in_words() {
        let broken = tokio::task::spawn_blocking(|| -> Result<(), Refused> { panic!("a mistake") }).await;
        let said = outcome(broken, sentences::of(Language::German)).unwrap_err();
        assert_eq!(said, "Hier ist etwas schiefgegangen; im Protokoll steht, was.");
    }
}
