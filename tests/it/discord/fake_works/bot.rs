//! A bot of a few lines, on the real client: `/ping` with a note, mentions, buttons, a select, a form.

use std::sync::Arc;

use serenity::all::{
    ActionRowComponent, Client, Command, CommandInteraction, CommandOptionType, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, Context, CreateActionRow, CreateAllowedMentions, CreateAutocompleteResponse,
    CreateButton, CreateCommand, CreateCommandOption, CreateEmbed, CreateInputText,
    CreateInteractionResponse as Response, CreateInteractionResponseMessage as ResponseMessage, CreateMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, EditInteractionResponse, EventHandler,
    GatewayIntents, Http, HttpBuilder, InputTextStyle, Interaction, Message, ModalInteraction, Ready, ResolvedValue,
    ShardManager, async_trait,
};

use super::super::fake::Discord;

/// The bot while it runs.
pub struct Bot {
    shards: Arc<ShardManager>,
    task: tokio::task::JoinHandle<serenity::Result<()>>,
}

/// What the bot does.
pub struct Handler;

/// A client of the REST interface that makes no connection.
pub fn http(discord: &Discord) -> Http {
    let http = HttpBuilder::new(discord.token()).proxy(discord.api_url()).ratelimiter_disabled(true).build();
    http.set_application_id(discord.bot_id().into());
    http
}

impl Bot {
    /// Starts the bot without waiting for anything.
    pub async fn begin(discord: &Discord) -> Self {
        let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
        let builder = serenity::client::ClientBuilder::new_with_http(http(discord), intents);
        let mut client: Client = builder.event_handler(Handler).await.expect("a client");
        let shards = Arc::clone(&client.shard_manager);
        Self { shards, task: tokio::spawn(async move { client.start().await }) }
    }

    /// Starts the bot and waits until its commands are there.
    pub async fn start(discord: &Discord) -> Self {
        let bot = Self::begin(discord).await;
        discord.connected().await;
        discord.offers("/form").await;
        bot
    }

    pub async fn stop(self) {
        self.shards.shutdown_all().await;
        let _ = self.task.await;
    }

    pub async fn ends(self) -> serenity::Result<()> {
        self.task.await.expect("the client does not panic")
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, _: Ready) {
        let note =
            CreateCommandOption::new(CommandOptionType::String, "note", "Something to say.").set_autocomplete(true);
        let commands = vec![
            CreateCommand::new("ping").description("Says pong.").add_option(note),
            CreateCommand::new("kb").description("Keeps knowledge.").add_option(
                CreateCommandOption::new(CommandOptionType::SubCommand, "add", "Adds.").add_sub_option(
                    CreateCommandOption::new(CommandOptionType::Integer, "number", "How many.").required(true),
                ),
            ),
            CreateCommand::new("Repeat this").kind(CommandType::Message),
            CreateCommand::new("form").description("Shows a form."),
        ];
        // Fails where the test lets it fail.
        let _ = Command::set_global_commands(&context, commands).await;
    }

    async fn message(&self, context: Context, message: Message) {
        let bot = context.http.application_id().expect("known since it started").get();
        let is_asked = message.guild_id.is_none() || message.mentions.iter().any(|user| user.id.get() == bot);
        if message.author.bot || !is_asked {
            return;
        }
        if message.content.ends_with("slowly") {
            let _ = message.react(&context, '🐢').await;
            return;
        }
        let builder = CreateMessage::new()
            .content(format!("You said: {}", message.content))
            .reference_message(&message)
            .allowed_mentions(CreateAllowedMentions::new())
            .nonce(serenity::all::Nonce::String(message.id.to_string()))
            .enforce_nonce(true);
        let embed = CreateEmbed::new().title("A title").description("Some *text*").colour(0x0057_F287);
        // Without any text there is nothing to choose from.
        let builder = if message.content.is_empty() { builder } else { builder.embed(embed).components(rows()) };
        let _ = message.channel_id.send_message(&context, builder).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        // What Discord refuses is for the test to see.
        let _ = match interaction {
            Interaction::Command(command) => handle_command(&context, command).await,
            Interaction::Component(component) => handle_component(&context, component).await,
            Interaction::Modal(modal) => handle_modal(&context, modal).await,
            Interaction::Autocomplete(typed) => {
                let text = typed.data.autocomplete().map(|option| option.value.to_owned()).unwrap_or_default();
                let choices = CreateAutocompleteResponse::new().add_string_choice(format!("{text}!"), "picked");
                typed.create_response(&context, Response::Autocomplete(choices)).await
            }
            _ => Ok(()),
        };
    }
}

fn rows() -> Vec<CreateActionRow> {
    let options = vec![CreateSelectMenuOption::new("First", "1"), CreateSelectMenuOption::new("Second", "2")];
    let select = CreateSelectMenu::new("pick", CreateSelectMenuKind::String { options }).placeholder("More");
    let buttons = vec![
        CreateButton::new("edit").label("Edit"),
        CreateButton::new("remove").label("Remove"),
        CreateButton::new_link("https://example.org").label("Read"),
    ];
    vec![CreateActionRow::Buttons(buttons), CreateActionRow::SelectMenu(select)]
}

fn private(text: impl Into<String>) -> ResponseMessage {
    ResponseMessage::new().content(text).ephemeral(true)
}

async fn handle_command(context: &Context, command: CommandInteraction) -> serenity::Result<()> {
    if command.data.name == "form" {
        let input = CreateInputText::new(InputTextStyle::Short, "Why", "why").placeholder("Because").required(true);
        let modal = CreateModal::new("form", "Some questions").components(vec![CreateActionRow::InputText(input)]);
        return command.create_response(context, Response::Modal(modal)).await;
    }
    if command.data.name == "kb" {
        let number = command.data.options().into_iter().find_map(|option| match option.value {
            ResolvedValue::SubCommand(options) => Some(format!("{} {:?}", option.name, options[0].value)),
            _ => None,
        });
        command.create_response(context, Response::Defer(ResponseMessage::new().ephemeral(true))).await?;
        let edit = EditInteractionResponse::new().content(number.unwrap_or_default());
        return command.edit_response(context, edit).await.map(drop);
    }
    if let Some(message) = command.data.resolved.messages.values().next() {
        let text = format!("It said: {}", message.content);
        return command.create_response(context, Response::Message(private(text))).await;
    }
    let note = command.data.options.first().and_then(|option| option.value.as_str()).unwrap_or_default();
    let message = private(format!("pong {note}").trim()).ephemeral(note != "aloud");
    command.create_response(context, Response::Message(message)).await
}

async fn handle_component(context: &Context, component: ComponentInteraction) -> serenity::Result<()> {
    match &*component.data.custom_id {
        "edit" => {
            let message = ResponseMessage::new().content("Edited.").embeds(Vec::new()).components(Vec::new());
            component.create_response(context, Response::UpdateMessage(message)).await
        }
        "remove" => {
            component.create_response(context, Response::Acknowledge).await?;
            component.delete_response(context).await
        }
        _ => {
            let (roles, channels) = (&component.data.resolved.roles, &component.data.resolved.channels);
            let names = roles.values().map(|role| role.name.clone());
            let names = names.chain(channels.values().filter_map(|channel| channel.name.clone()));
            let several = match &component.data.kind {
                ComponentInteractionDataKind::StringSelect { values } if values.len() > 1 => values.clone(),
                _ => Vec::new(),
            };
            let text = names.chain(several).fold("Picked".to_owned(), |text, name| format!("{text} {name}")) + ".";
            component.create_response(context, Response::Message(private(text))).await
        }
    }
}

async fn handle_modal(context: &Context, modal: ModalInteraction) -> serenity::Result<()> {
    let why = modal.data.components.iter().flat_map(|row| &row.components).find_map(|part| match part {
        ActionRowComponent::InputText(input) => input.value.clone(),
        _ => None,
    });
    let text = format!("So: {}", why.unwrap_or_default());
    modal.create_response(context, Response::Message(private(text))).await
}
