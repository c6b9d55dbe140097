//! Commands: what members can call by a slash or from a message's menu, one file each. Parsed and defined by poise;
//! answered through [`send`](super::send).

mod about;
mod answer_this;
mod ask;
pub(super) mod faq;
mod forget_me;
mod privacy;
mod topics;

use std::borrow::Cow;
use std::sync::Arc;

use poise::{ApplicationContext, Command, FrameworkError, FrameworkOptions};

use crate::answer::sentences::{self, Sentences};
use crate::language::Language;

use super::Bot;
use super::intake::Asker;
use super::messages::report;
use super::send::{Callback, no_mentions};

/// What a command can end with: nothing goes wrong that it does not handle itself.
type Error = std::convert::Infallible;

/// What a command is called with.
type Context<'a> = ApplicationContext<'a, Arc<Bot>, Error>;

/// How poise handles the commands.
pub(super) type Options = FrameworkOptions<Arc<Bot>, Error>;

/// Every command.
pub(super) fn options() -> Options {
    let mut commands: Vec<Command<Arc<Bot>, Error>> = vec![
        ask::ask(),
        topics::topics(),
        about::about(),
        privacy::privacy(),
        forget_me::forget_me(),
        faq::faq(),
        answer_this::answer_this(),
    ];
    poise::set_qualified_names(&mut commands);
    FrameworkOptions {
        commands,
        on_error: |error| Box::pin(handle_error(error)),
        allowed_mentions: Some(no_mentions()),
        initialize_owners: false,
        manual_cooldowns: true,
        ..FrameworkOptions::default()
    }
}

async fn handle_error(error: FrameworkError<'_, Arc<Bot>, Error>) {
    let (bot, interaction) = match &error {
        // Registered by another version of the bot, and still shown to the member.
        FrameworkError::UnknownInteraction { framework, interaction, .. } => (framework.user_data, *interaction),
        FrameworkError::ArgumentParse { ctx: poise::Context::Application(ctx), .. }
        | FrameworkError::CommandStructureMismatch { ctx, .. } => (ctx.framework.user_data, ctx.interaction),
        _ => {
            tracing::error!("a command failed");
            return;
        }
    };
    let to = Callback::from(interaction);
    let asker = Asker::of_command(interaction);
    report(bot.send.tell(to, &sentences::of(asker.member_language).remarks.outdated).await, &asker);
}

/// A text in one language.
type Text = fn(&Sentences) -> &str;

/// `command` called `name` and, in lists, described by `description`, in every language.
fn named(mut command: Command<Arc<Bot>, Error>, name: Text, description: Option<Text>) -> Command<Arc<Bot>, Error> {
    let source = sentences::of(Language::English);
    command.name = name(source).into();
    command.name_localizations = localized(name);
    if let Some(description) = description {
        command.description = Some(description(source).into());
        command.description_localizations = localized(description);
    }
    command
}

/// Names and describes the options of `command`, in their order, in every language.
fn name_options(command: &mut Command<Arc<Bot>, Error>, texts: &[(Text, Text)]) {
    let source = sentences::of(Language::English);
    for (option, (name, description)) in command.parameters.iter_mut().zip(texts) {
        option.name = name(source).into();
        option.name_localizations = localized(*name);
        option.description = Some(description(source).into());
        option.description_localizations = localized(*description);
    }
}

/// A text by Discord's locales.
fn localized(text: Text) -> Cow<'static, [(Cow<'static, str>, Cow<'static, str>)]> {
    let in_language = |language: Language| {
        let text = text(sentences::of(language));
        language.locales().iter().map(|locale| (Cow::Borrowed(*locale), Cow::Owned(text.to_owned())))
    };
    Language::ALL.into_iter().flat_map(in_language).collect()
}
