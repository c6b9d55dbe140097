//! The bot as an app of a member's own: in servers that it is not in, and in conversations between others.

use serenity::all::Permissions;

use super::fake::Discord;
use super::needle::{KNIVES, KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};

#[tokio::test]
async fn answers_where_the_bot_is_not() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let elsewhere = discord.server_without_the_bot("Elsewhere");
    let ada = discord.member("ada").at(&elsewhere).installs_the_app();
    let bob = discord.member("bob").at(&elsewhere);
    assert!(!bob.is_offered("/ask"), "bob does not have the app");
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.is_public().shows("Every other day");
    bob.selects(&reply, PRUNING).await.is_private().shows("Only who asked");
    let reply = reply.selects(PRUNING).await;
    reply.shows("Early in spring").clicks("Remove").await.is_gone();
    let question = bob.says(WATERING);
    let reply = ada.uses_on("Answer this", &question).await;
    reply.is_public().shows("For @bob, at @ada's request");
    bob.clicks(&reply, "Remove").await.is_gone();
    ada.uses("/topics", []).await.selects("Gardening").await.selects(WATERING).await.shows("Every other day");
    ada.uses("/about", []).await.is_private();
    ada.types("/ask", "question", "watr tomatos").await.picks(WATERING).await.shows("Every other day");
    let looks = |request: &String| request.contains("/channels/") || request.contains("/guilds/");
    assert!(!discord.requests().iter().any(looks), "the bot may not look there: {:?}", discord.requests());
    discord.nothing_further().await;
}

#[tokio::test]
async fn works_where_every_reply_is_kept_private() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let elsewhere = discord.server_without_the_bot("Elsewhere");
    elsewhere.denies_everyone(Permissions::USE_EXTERNAL_APPS);
    let ada = discord.member("ada").at(&elsewhere).installs_the_app();
    let bob = discord.member("bob").at(&elsewhere);
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.is_private().shows("Every other day").lacks("Remove");
    reply.selects(PRUNING).await.is_private().shows("Early in spring").lacks("Remove");
    let reply = ada.uses_on("Answer this", &bob.says(WATERING)).await;
    reply.is_private().shows("For @bob, at @ada's request").lacks("Remove");
    reply.selects(PRUNING).await.is_private().shows("Early in spring").lacks("Remove");
    ada.uses("/topics", []).await.selects("Gardening").await.selects(WATERING).await.shows("Every other day");
    let ended = ada.uses_on("Answer this", &bob.says("my son swallowed a berry")).await;
    ended.is_private().shows("Call the poison centre now").lacks("Remove");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_is_chosen_in_private_stays_so_where_it_must() {
    let discord = Discord::start();
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let elsewhere = discord.server_without_the_bot("Elsewhere");
    let ada = discord.member("ada").at(&elsewhere).installs_the_app();
    let question = discord.member("bob").at(&elsewhere).says("when should i water roses or tomatoes");
    let suggestions = ada.uses_on("Answer this", &question).await;
    suggestions.is_private().clicks(WATERING).await.is_public().shows("Remove");
    elsewhere.denies_everyone(Permissions::USE_EXTERNAL_APPS);
    let suggestions = ada.uses_on("Answer this", &question).await;
    suggestions.is_private().clicks(WATERING).await.is_private().shows("Every other day").lacks("Remove");
    discord.nothing_further().await;
}

#[tokio::test]
async fn answers_in_conversations_between_others() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada").installs_the_app(), discord.member("bob"));
    let group = discord.group(&[&ada, &bob]);
    let (ada, bob) = (ada.in_group(&group), bob.in_group(&group));
    // What is not for direct messages is not for these either.
    ada.uses("/ask", [("question", KNIVES)]).await.lacks(&format!("# {KNIVES}"));
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.is_public().shows("Every other day");
    bob.clicks(&reply, "Remove").await.is_private().shows("Only who asked");
    let question = bob.says("how often do i water tomatoes");
    let answer = ada.uses_on("Answer this", &question).await;
    answer.shows("For @bob, at @ada's request");
    bob.clicks(&answer, "Remove").await.is_gone();
    reply.clicks("Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn works_in_the_bots_direct_messages() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada").installs_the_app().in_private();
    ada.uses("/ask", [("question", "what is love?")]).await.shows("I don't know");
    ada.uses("/topics", []).await.shows("Gardening").lacks("Cooking");
    discord.nothing_further().await;
}
