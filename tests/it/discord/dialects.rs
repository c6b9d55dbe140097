//! Servers that speak the protocol otherwise than Discord does.

mod unread;

use std::time::Duration;

use insta::assert_snapshot;
use needle::discord::session::Failure;
use serde_json::{Value, json};
use serenity::all::Permissions;

use super::fake::{Discord, Fault, Setup};
use super::inbox::{SNAILS, Scene};
use super::log::Log;
use super::needle::{KNOWS_NOTHING, LOGIN, Needle, PRUNING, WATERING};
use crate::store::{NOON, on_both};

const POST: &str = "POST /channels/*/messages";

#[tokio::test]
async fn what_comes_with_ready_is_answered() {
    let discord = Discord::start();
    Needle::new().start(&discord).await.stops().await.unwrap();
    discord.tells_with_ready();
    let ada = discord.member("ada");
    let questions: Vec<_> = (0..20).map(|_| ada.asks_without_waiting(WATERING)).collect();
    let ask = || ada.uses_without_waiting("/ask", [("question", WATERING)]);
    let commands: Vec<_> = (0..20).map(|_| ask()).collect();
    let _needle = Needle::new().start(&discord).await;
    for question in questions {
        question.reply().await.shows("Every other day");
    }
    for command in commands {
        command.reply().await.shows("Every other day");
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_answer_says_little_of_what_was_sent() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let changes: [fn(&mut u16, &mut Value); 7] = [
        |_, body| *body = json!({ "id": body["id"], "content": "", "embeds": [], "components": [] }),
        |_, body| drop(body.as_object_mut().unwrap().remove("embeds")),
        |_, body| body["embeds"] = Value::Null,
        |_, body| *body = json!({ "id": body["id"] }),
        |_, body| *body = json!("done"),
        |_, body| *body = Value::Null,
        |status, body| (*status, *body) = (204, Value::Null),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        discord.answers_otherwise(POST, change);
        let question = ada.asks_without_waiting(WATERING);
        let reply = question.reply().await;
        reply.shows("# How often should I water tomatoes?").shows("Every other day");
        if number < 4 {
            ada.deletes(&question);
            reply.disappears().await;
        }
        discord.speaks_plainly();
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_embed_that_is_left_out_and_cannot_be_replaced_keeps_its_message() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    discord.answers_otherwise(POST, |_, body| body["embeds"] = json!([]));
    discord.fails("PATCH /channels/*/messages/*", Fault::Status(403), 1);
    let question = ada.asks_without_waiting(WATERING);
    let reply = question.reply().await;
    discord.requested("PATCH /channels", 1).await;
    discord.flush().await;
    ada.uses("/about", []).await.is_private();
    ada.deletes(&question);
    reply.disappears().await;
    discord.nothing_further().await;
}

#[tokio::test]
async fn nobody_is_named_as_who_let_the_bot_in() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.channel("general").denies_everyone(Permissions::USE_EXTERNAL_APPS);
    let ada = discord.member("ada");
    let changes: [fn(&mut Value); 3] = [
        |told| drop(told.as_object_mut().unwrap().remove("authorizing_integration_owners")),
        |told| told["authorizing_integration_owners"] = json!({}),
        |told| told["context"] = Value::Null,
    ];
    for change in changes {
        discord.tells_otherwise("INTERACTION_CREATE", change);
        ada.uses("/ask", [("question", WATERING)]).await.is_public().shows("Every other day");
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_message_says_otherwise_whose_it_is() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    // As it was called before.
    discord.tells_otherwise("INTERACTION_CREATE", |told| {
        let Some(message) = told["message"].as_object_mut() else { return };
        let Some(asked) = message.remove("interaction_metadata") else { return };
        let old = json!({ "id": asked["id"], "type": 2, "name": "ask", "user": asked["user"] });
        message.insert("interaction".to_owned(), old);
    });
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    bob.selects(&reply, PRUNING).await.is_private().shows("Only who asked");
    reply.selects(PRUNING).await.shows("Early in spring");
    // Not at all.
    discord.tells_otherwise("INTERACTION_CREATE", |told| {
        told["context"] = Value::Null;
        let Some(message) = told["message"].as_object_mut() else { return };
        message.retain(|key, _| !matches!(key.as_str(), "interaction" | "message_reference" | "referenced_message"));
    });
    let reply = ada.uses("/ask", [("question", WATERING), ("private", "true")]).await;
    reply.is_private().selects(PRUNING).await.shows("Early in spring");
    let reply = ada.in_private().asks(WATERING).await;
    reply.selects(PRUNING).await.shows("Early in spring");
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.selects(PRUNING).await.is_private().shows("Only who asked");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_administrator_is_a_moderator() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.tells_otherwise("INTERACTION_CREATE", |told| {
        let permissions: u64 = told["member"]["permissions"].as_str().unwrap().parse().unwrap();
        let is_administrator = permissions & Permissions::ADMINISTRATOR.bits() != 0;
        told["member"]["permissions"] = json!(if is_administrator { "8" } else { "0" });
    });
    let reply = discord.member("ada").asks(WATERING).await;
    discord.member("bob").clicks(&reply, "Remove").await.is_private().shows("Only who asked");
    discord.member_with("root", Permissions::ADMINISTRATOR).clicks(&reply, "Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn when_to_come_back_stands_in_the_body_alone() {
    let discord = Discord::start();
    let _needle = Needle::new().at(|pace| pace.patience.pauses.clear()).start(&discord).await;
    discord.tells_no_retry_after();
    discord.fails(POST, Fault::TooMany { after: Duration::from_millis(500), is_global: false }, 1);
    // The fake takes it for a mistake to come sooner.
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn the_start_does_not_come_back_sooner_than_it_is_told_to() {
    let discord = Discord::start();
    let too_many = || Fault::TooMany { after: Duration::from_millis(500), is_global: false };
    // The fake takes it for a mistake to come sooner.
    for route in ["GET /gateway/bot", "GET /applications/*/commands", "PUT /applications/*/commands"] {
        discord.fails(route, too_many(), 1);
    }
    let _needle = Needle::new().start(&discord).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_interaction_is_answered_without_the_embed_that_is_refused() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let shown = ada.uses("/ask", [("question", WATERING)]).await;
    discord.refuses_embeds();
    let reply = ada.uses("/ask", [("question", WATERING), ("private", "true")]).await;
    reply.is_private().shows("Every other day");
    discord.refused(50_035).await;
    shown.selects(PRUNING).await.shows("Early in spring").lacks("Every other day");
    discord.refused(50_035).await;
    discord.speaks_plainly();
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_try_to_answer_an_interaction_that_hangs_is_given_up_soon() {
    let discord = Discord::start();
    let needle = Needle::new().at(|pace| pace.patience.callback = Duration::from_millis(300));
    let _needle = needle.start(&discord).await;
    discord.fails("POST /interactions/*/*/callback", Fault::Silence, 2);
    // The fake takes it for a mistake to come later than after 3 s.
    discord.member("ada").uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_interaction_is_answered_once_where_discord_is_slow() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.answers_after(Duration::from_millis(1_200));
    discord.member("ada").uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.answers_after(Duration::ZERO);
    discord.nothing_further().await;
    let callbacks = discord.requests().into_iter().filter(|request| request.contains("/callback")).count();
    // The others are from seeing that it came to rest.
    assert_eq!(callbacks, 1 + 2, "{:?}", discord.requests());
}

#[tokio::test]
async fn the_gateway_is_named_and_nothing_more() {
    let changes: [fn(&mut u16, &mut Value); 3] = [
        |_, body| *body = json!({ "url": body["url"] }),
        |_, body| body["session_start_limit"] = json!({}),
        |status, body| (*status, *body) = (404, json!({ "message": "404: Not Found", "code": 0 })),
    ];
    for change in changes {
        let discord = Discord::start();
        discord.answers_otherwise("GET /gateway/bot", change);
        let _needle = Needle::new().start(&discord).await;
        discord.member("ada").asks(WATERING).await.shows("Every other day");
        discord.nothing_further().await;
    }
}

#[tokio::test]
async fn it_does_not_log_in_when_no_login_is_left() {
    let discord = Discord::start();
    discord.answers_otherwise("GET /gateway/bot", |_, body| {
        body["session_start_limit"] = json!({ "total": 1, "remaining": 0, "reset_after": 3_600_000 });
    });
    let needle = Needle::new().with("NEEDLE__DISCORD__CONNECT_TIMEOUT_SECS", &1).start_without_waiting(&discord);
    assert!(matches!(needle.ended().await, Err(Failure::Unreachable { .. })));
    assert_eq!(discord.approaches(), 0);
}

#[tokio::test]
async fn logins_that_lead_to_nothing_become_rare() {
    let discord = Discord::start_with(Setup { between_logins: LOGIN, ..Setup::default() });
    let log = Log::listens();
    let _needle = Needle::new().start(&discord).await;
    discord.next_identify_closes(4011);
    discord.next_identify_closes(4011);
    discord.closes(4011);
    discord.connected_times(4).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    assert_snapshot!(log.warnings(), @r"
    WARN the gateway closed a connection for good; connecting anew in 0.3 s
    WARN the gateway closed a connection for good; connecting anew in 0.6 s
    WARN the gateway closed a connection for good; connecting anew in 1.2 s
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn the_list_of_commands_is_told_otherwise() {
    let is_put = |request: &&String| request.starts_with("PUT") && request.contains("commands");
    let puts = |discord: &Discord| discord.requests().iter().filter(is_put).count();
    let discord = Discord::start();
    // It takes them and says no more.
    discord.answers_otherwise("PUT /applications/*/commands", |status, body| (*status, *body) = (204, Value::Null));
    // Nothing is in the list that a command could do without, and something that nobody knows.
    discord.answers_otherwise("GET /applications/*/commands", |_, body| {
        for command in body.as_array_mut().unwrap() {
            let command = command.as_object_mut().unwrap();
            command.retain(|key, _| !matches!(key.as_str(), "id" | "version" | "application_id"));
            command.insert("handler".to_owned(), json!(7));
        }
    });
    Needle::new().start(&discord).await.stops().await.unwrap();
    let needle = Needle::new().start_without_waiting(&discord);
    discord.connected_times(2).await;
    discord.requested("GET /applications", 2).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    needle.stops().await.unwrap();
    assert_eq!(puts(&discord), 1, "they are as they should be");
    // What cannot be read, or is not shown, is replaced.
    let changes: [fn(&mut u16, &mut Value); 2] = [
        |_, body| *body = json!({}),
        |status, body| (*status, *body) = (405, json!({ "message": "405: Method Not Allowed", "code": 0 })),
    ];
    for (number, change) in (2..).zip(changes) {
        discord.answers_otherwise("GET /applications/*/commands", change);
        let needle = Needle::new().start_without_waiting(&discord);
        discord.requested("PUT /applications", number).await;
        needle.stops().await.unwrap();
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn commands_that_are_refused_for_good_are_not_sent_again() {
    let discord = Discord::start();
    let log = Log::listens();
    discord.answers_otherwise("PUT /applications/*/commands", |status, body| {
        (*status, *body) = (404, json!({ "message": "404: Not Found", "code": 0 }));
    });
    let _needle = Needle::new().start_without_waiting(&discord);
    discord.requested("PUT /applications", 1).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
    assert_snapshot!(log.warnings(), @"WARN cannot register the commands: Discord answers 404: 404: Not Found");
}

#[tokio::test]
async fn a_server_is_never_told_of() {
    let discord = Discord::start();
    discord.never_tells("GUILD_CREATE");
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    ada.asks(WATERING).await.shows("Every other day");
    ada.asks(PRUNING).await.shows("Early in spring");
    discord.nothing_further().await;
}

#[tokio::test]
async fn servers_that_are_named_late_are_not_greeted() {
    let discord = Discord::start();
    let place = discord.lets_in("Elsewhere", "en-US");
    discord.tells_otherwise("READY", |told| told["guilds"] = json!([]));
    let _needle = Needle::new().at(|pace| pace.settle = Duration::from_hours(1)).start(&discord).await;
    discord.member("ada").at(&place).asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_is_told_of_a_server_that_is_never_named_says_that_the_bot_is_in_it() {
    for is_command in [false, true] {
        let discord = Discord::start();
        discord.tells_otherwise("READY", |told| told["guilds"] = json!([]));
        discord.never_tells("GUILD_CREATE");
        let needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
        let ada = discord.member("ada");
        let command = [("question", WATERING)];
        let reply = if is_command { ada.uses("/ask", command).await } else { ada.asks(WATERING).await };
        reply.shows("I don't know").shows("[Tell me when you know]");
        discord.nothing_further().await;
        drop(needle);
    }
}

#[tokio::test]
async fn an_answer_is_given_where_telling_of_it_is_refused() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada");
    for status in [400, 404] {
        discord.fails("POST /interactions/*/*/callback", Fault::Status(status), 1);
        let reply = ada.uses("/ask", [("question", WATERING)]).await;
        reply.shows("I don't know").clicks("Remove").await.is_gone();
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_everybody_sees_is_removed_one_way_or_the_other() {
    let discord = Discord::start();
    let log = Log::listens();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    for status in [404, 403] {
        discord.fails("DELETE /webhooks/*", Fault::Status(status), 2);
        ada.asks(WATERING).await.clicks("Remove").await.is_gone();
        ada.uses("/ask", [("question", WATERING)]).await.clicks("Remove").await.is_gone();
    }
    discord.nothing_further().await;
    assert_eq!(log.warnings(), "");
}

#[test]
fn a_card_that_is_gone_is_given_up_without_a_reason() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        scene.grace.deletes(&card);
        scene.discord.answers_otherwise("PATCH /channels/*/messages/*", |status, body| {
            if *status == 404 {
                *body = json!({ "message": "404: Not Found", "code": 0 });
            }
        });
        scene.discord.member("bob").asks(SNAILS).await;
        scene.discord.refused(10_008).await;
        scene.card().await.shows("asked 2×");
        scene.ada.asks("what about moles").await;
        scene.card().await.shows("what about moles");
        scene.ends(needle).await;
    });
}
