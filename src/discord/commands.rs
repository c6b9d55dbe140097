//! Commands: what members can call by a slash or from a message's menu, one file each. Parsed and defined by poise; answered through
//! [`send`](super::send).

mod about;
mod answer_this;
mod ask;
mod topics;

use std::sync::Arc;

use poise::{ApplicationContext, Command, FrameworkError, FrameworkOptions};

use crate::answer::sentences;

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
    let mut commands: Vec<Command<Arc<Bot>, Error>> =
        vec![ask::ask(), topics::topics(), about::about(), answer_this::answer_this()];
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
    let to = Callback { id: interaction.id, token: &interaction.token };
    report(bot.send.tell(to, sentences::OUTDATED).await, &Asker::of_command(interaction));
}
