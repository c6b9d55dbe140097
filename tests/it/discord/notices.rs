//! Members who asked what was not known, and are told once it is.

pub mod offering;

use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{
    Listing, MemberId, MessageId, Options, ServerId, ServerSettings, Settled, Store, Timestamp, Url, Verdict,
};
use serenity::all::Permissions;

use super::fake::{Discord, Fault, Member, OnMessage, Posted, Reply};
use super::needle::{KNOWS_WELL, Needle, Running};
use crate::eventually::until;
use crate::small_knowledge::SmallKnowledge;
use crate::store::{NOON, on_both};

/// What is not known at first.
pub const SLUGS: &str = "Do slugs eat lettuce?";
const BEES: &str = "Are bumblebees dangerous?";

pub const TELL_ME: &str = "Tell me when you know";

pub fn knows_well(url: &Url) -> Needle {
    Needle::new().that(KNOWS_WELL).keeping_in(url)
}

pub fn store(url: &Url) -> Store {
    Store::new(url, Options::default())
}

/// Has the bot know `question` from now on.
pub fn learns(needle: &Running, stem: &str, question: &str) {
    needle.knowledge.add(stem, question);
    needle.reloads();
}

/// A knowledge base in which these are known.
fn knowing(questions: &[(&str, &str)]) -> SmallKnowledge {
    let knowledge = SmallKnowledge::new();
    for (stem, question) in questions {
        knowledge.add(stem, question);
    }
    let topic = knowledge.dir().join("garden/topic.toml");
    let text = std::fs::read_to_string(&topic).unwrap();
    std::fs::write(topic, format!("direct_messages = true\n{text}")).unwrap();
    knowledge
}

async fn starts_on(needle: Needle, discord: &Discord, knowledge: SmallKnowledge) -> Running {
    let running = needle.start_on(discord, knowledge);
    discord.connected().await;
    discord.offers("/ask").await;
    running
}

async fn ends(needle: Running, discord: &Discord) {
    needle.stops().await.unwrap();
    discord.disconnected().await;
}

/// Asks what is not known, and wants to be told.
async fn wants(member: &Member, question: &str) -> Posted {
    let asked = member.asks_without_waiting(question);
    let reply = asked.reply().await;
    reply.shows("I don't know").clicks(TELL_ME).await.is_private().shows("I mention you here, once");
    asked
}

pub async fn settled(url: &Url, open: usize) {
    let is_so = async || store(url).unanswered(Listing::ALL).await.unwrap().len() == open;
    until(&format!("{open} questions are open"), is_so).await;
}

/// Asserts that this tells the member alone.
pub fn tells(told: &Reply, member: &str) {
    told.shows(&format!("(replying to {member}, pings {member})")).shows("you wanted to be told: now I have an answer");
}

#[test]
fn who_wants_to_be_told_is_told_once_where_they_asked() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = knows_well(url).start(&discord).await;
        let (ada, bob, grace) = (discord.member("ada"), discord.member("bob"), discord.moderator("grace"));
        let asked = ada.asks_without_waiting("do slugs eat lettuce at night?");
        let reply = asked.reply().await;
        reply.shows("[Tell me when you know] [Remove]").lacks("to the moderators");
        bob.clicks(&reply, TELL_ME).await.is_private().shows("Only who asked, and moderators");
        let noted = ada.clicks(&reply, TELL_ME).await;
        if url.file().is_some() {
            assert_snapshot!(noted.is_private().text(), @"Needle (answering ada's [Tell me when you know], only you see this): I have noted it: as soon as I have an answer, I mention you here, once. Until then I keep your Discord account's ID, 30 days at most; `/forget-me` undoes it.");
        }
        ada.clicks(&reply, TELL_ME).await.is_private().shows("I mention you here, once");
        grace.clicks(&reply, TELL_ME).await.is_private().shows("I mention you here, once");
        let direct = wants(&bob.in_private(), "do slugs eat my lettuce").await;
        let by_command = bob.uses("/ask", [("question", "and slugs, do they eat lettuce?")]).await;
        by_command.clicks(TELL_ME).await.is_private().shows("I mention you here, once");
        ada.in_private().asks("do slugs eat it").await.shows("I don't know");

        learns(&needle, "slugs", SLUGS);
        let told = asked.reply().await;
        if url.file().is_some() {
            assert_snapshot!(told.text(), @r"
            Needle (replying to ada, pings ada):
              @ada, you wanted to be told: now I have an answer.
              ▌ #2e8b57
              ▌ # Do slugs eat lettuce?
              ▌ > You asked: do slugs eat lettuce at night?
              ▌
              ▌ Early in spring.
              ▌ ## Experts
              ▌ **Ada Green**, gardener, Kew
              ▌ ## Sources
              ▌ Notes on Pruning, 2024-03-01
              ▌ ## Last reviewed
              ▌ 2026-05-02
              ▌ -# Not advice.
              [Helpful] [Not helpful] [Remove]
            ");
        }
        tells(&told, "ada");
        // The moderator's wish was hers.
        asked.reply().await.shows("(replying to ada, pings grace)").shows("@grace, you wanted");
        let told_directly = direct.reply().await;
        told_directly.shows("pings bob").shows("[Helpful] [Not helpful] [Remove]");
        let told_by_command = bob.hears_on(&by_command).await;
        told_by_command.shows("pings bob").shows("> You asked: and slugs, do they eat lettuce?");
        settled(url, 0).await;
        // Whoever was told may take it away again.
        ada.clicks(&told_by_command, "Remove").await.is_private().shows("Only who asked");
        bob.clicks(&told_by_command, "Remove").await.is_gone();
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn who_asked_before_a_restart_is_told_by_one_process_alone() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = knows_well(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let asked = wants(&ada, "do slugs eat lettuce at night?").await;
        let deleted = wants(&bob, "slugs and lettuce: do they eat it").await;
        ends(needle, &discord).await;
        // Which nobody tells the bot.
        bob.deletes(&deleted);

        let known = [("slugs", SLUGS)];
        let start = || knows_well(url).start_on(&discord, knowing(&known));
        let both = [start(), start()];
        tells(&asked.reply().await, "ada");
        bob.hears_on(&deleted).await.shows("Needle (pings bob)");
        settled(url, 0).await;
        for needle in both {
            needle.stops().await.unwrap();
        }
        discord.nothing_further().await;
    });
}

#[test]
fn who_was_told_by_a_process_that_was_killed_then_is_not_told_again() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = knows_well(url).start(&discord).await;
        let [ada, bob, eve] = ["ada", "bob", "eve"].map(|name| discord.member(name));
        let told = wants(&ada, "do slugs eat lettuce at night?").await;
        let deleted = wants(&eve, "do slugs eat lettuce at night?").await;
        let untold = wants(&bob, "bumblebees are dangerous?").await;
        let taken_at = Timestamp::now();
        let mut taken = Vec::new();
        for (asked, member) in [(&told, &ada), (&deleted, &eve), (&untold, &bob)] {
            let question = store(url).unanswered_of_message(MessageId(asked.id())).await.unwrap().unwrap();
            taken.push((question, MemberId(member.id()), store(url).notices(question).await.unwrap()));
        }
        learns(&needle, "slugs", SLUGS);
        tells(&told.reply().await, "ada");
        let reply_to_deleted = deleted.reply().await;
        settled(url, 1).await;
        ends(needle, &discord).await;
        // As if it had been killed at once: all are taken, two are told, none is forgotten.
        for (question, member, notices) in taken {
            let notice = notices.into_iter().find(|notice| notice.member == member).unwrap();
            assert!(store(url).want_notice(question, notice, taken_at).await.unwrap());
            assert!(store(url).take_notice(question, member, taken_at).await.unwrap());
        }
        eve.deletes(&deleted);
        reply_to_deleted.shows("pings eve");
        let later = Duration::from_mins(11);
        discord.time_passes(later);
        let clock = || Timestamp(Timestamp::now().0 + 11 * 60);
        let known = knowing(&[("slugs", SLUGS), ("bees", BEES)]);
        let needle = starts_on(knows_well(url).by_clock(clock), &discord, known).await;
        tells(&untold.reply().await, "bob");
        for asked in [&told, &untold] {
            let question = store(url).unanswered_of_message(MessageId(asked.id())).await.unwrap().unwrap();
            until("nobody waits", async || store(url).notices(question).await.unwrap().is_empty()).await;
        }
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn who_is_forgotten_or_has_deleted_the_question_is_not_told() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = knows_well(url).start(&discord).await;
        let [ada, bob, eve] = ["ada", "bob", "eve"].map(|name| discord.member(name));
        let asked = ada.asks_without_waiting("do slugs eat lettuce at night?");
        let reply_to_asked = asked.reply().await;
        reply_to_asked.clicks(TELL_ME).await.is_private();
        wants(&bob, "do slugs eat lettuce at night?").await;
        let taken_back = eve.asks_without_waiting("do slugs eat my lettuce?");
        let reply = taken_back.reply().await;
        reply.clicks(TELL_ME).await.is_private();
        bob.uses("/forget-me", []).await.shows("everything you were waiting to be told");
        eve.deletes(&taken_back);
        reply.disappears().await;
        settled(url, 1).await;
        learns(&needle, "slugs", SLUGS);
        let told = asked.reply().await;
        tells(&told, "ada");
        settled(url, 0).await;
        // What was answered later goes with its question as well.
        ada.deletes(&asked);
        told.disappears().await;
        reply_to_asked.disappears().await;
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn who_may_not_be_told_now_is_told_later() {
    on_both(async |url| {
        let discord = Discord::start();
        let paused = discord.another_server("paused");
        let needle = knows_well(url).start(&discord).await;
        let [ada, bob, eve] = ["ada", "bob", "eve"].map(|name| discord.member(name));
        let thread = discord.channel("general").thread("slugs");
        let in_thread = wants(&ada.at(&thread), "do slugs eat lettuce at night?").await;
        let in_paused = wants(&ada.at(&paused), "do slugs eat lettuce at night?").await;
        let banned = wants(&bob.in_private(), "do slugs eat lettuce at night?").await;
        let gone = wants(&ada.at(&discord.channel("bees")), "bumblebees are dangerous?").await;
        let here = wants(&eve.at(&discord.channel("eves")), "do slugs eat my lettuce at night?").await;
        let question = store(url).unanswered_of_message(MessageId(gone.id())).await.unwrap().unwrap();
        ends(needle, &discord).await;

        let set_paused = async |is_paused| {
            let server = ServerId(paused.server_id());
            store(url).change_server_settings(server, NOON, |settings| settings.paused = is_paused).await.unwrap();
        };
        set_paused(true).await;
        let verdict = Verdict::Added("garden/bees".to_owned());
        assert!(store(url).settle(question, &Settled { verdict, by: None, at: NOON, written: None }).await.unwrap());
        let quiet = knows_well(url)
            .with("NEEDLE__DISCORD__IGNORED_CHANNELS", &discord.channel("general").id())
            .with("NEEDLE__DISCORD__BANNED_MEMBERS", &bob.id());
        let needle = starts_on(quiet, &discord, knowing(&[("slugs", SLUGS)])).await;
        tells(&here.reply().await, "eve");
        settled(url, 0).await;
        discord.nothing_further().await;
        set_paused(false).await;
        in_paused.reply().await.shows("pings ada");
        learns(&needle, "bees", BEES);
        gone.reply().await.shows("pings ada").shows(BEES);
        discord.nothing_further().await;
        ends(needle, &discord).await;

        let needle = starts_on(knows_well(url), &discord, knowing(&[("slugs", SLUGS)])).await;
        in_thread.reply().await.shows("pings ada");
        banned.reply().await.shows("pings bob");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn who_cannot_be_told_is_forgotten_and_what_fails_in_passing_is_tried_again() {
    on_both(async |url| {
        let discord = Discord::start();
        let (closed, left) = (discord.channel("closed"), discord.another_server("left"));
        let needle = knows_well(url).start(&discord).await;
        let ada = discord.member("ada");
        let asked = wants(&ada, "do slugs eat lettuce at night?").await;
        let bumped = wants(&ada.at(&closed), "bumblebees are dangerous?").await;
        let unreachable = wants(&ada.at(&left), "bumblebees are dangerous?").await;
        let question = async |asked: &Posted| {
            let message = MessageId(asked.id());
            store(url).unanswered_of_message(message).await.unwrap().unwrap()
        };
        closed.denies(Permissions::SEND_MESSAGES);
        discord.throws_the_bot_out(&left);
        let server = ServerId(left.server_id());
        until("it is left", async || store(url).left_servers().await.unwrap() == [server]).await;
        learns(&needle, "bees", BEES);
        for asked in [&bumped, &unreachable] {
            let question = question(asked).await;
            until("nobody waits", async || store(url).notices(question).await.unwrap().is_empty()).await;
        }
        // First with, then without the embed, which may be what is not allowed.
        discord.refused(50_013).await;
        discord.refused(50_013).await;

        // Four tries, and then not again at once.
        discord.fails("POST /channels/*/messages", Fault::Status(503), 5);
        learns(&needle, "slugs", SLUGS);
        tells(&asked.reply().await, "ada");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn what_is_edited_elsewhere_settles_what_it_answers() {
    on_both(async |url| {
        let discord = Discord::start();
        let (ada, elsewhere) = (discord.member("ada"), discord.another_server("elsewhere"));
        let needle = knows_well(url).start(&discord).await;
        ada.asks("do slugs eat lettuce at night?").await;
        ada.at(&elsewhere).asks("do slugs eat lettuce at night?").await;
        ada.in_private().asks("do slugs eat lettuce, at night?").await;
        ada.asks("bumblebees are dangerous?").await;
        // Answered, and it did not help.
        let unhelpful = ada.asks("when should i prune roses?").await;
        ada.clicks(&unhelpful, "Not helpful").await.is_private();
        settled(url, 5).await;
        let settings =
            |topics: &'static str| move |settings: &mut ServerSettings| settings.topics = Some(vec![topics.to_owned()]);
        store(url).change_server_settings(ServerId(elsewhere.server_id()), NOON, settings("kitchen")).await.unwrap();
        learns(&needle, "slugs", SLUGS);
        settled(url, 3).await;
        let left: Vec<_> = store(url).unanswered(Listing::ALL).await.unwrap();
        let mut left: Vec<_> = left.iter().map(|open| (open.text.as_str(), open.server.unwrap().0)).collect();
        left.sort_unstable();
        assert_eq!(
            left,
            [
                ("bumblebees are dangerous?", discord.server_id()),
                ("do slugs eat lettuce at night?", elsewhere.server_id()),
                ("when should i prune roses?", discord.server_id()),
            ]
        );
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn where_embeds_are_not_allowed_it_is_told_in_plain_text() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = knows_well(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let asked = ada.uses("/ask", [("question", "do slugs eat lettuce at night?")]).await;
        asked.clicks(TELL_ME).await.is_private();
        settled(url, 1).await;
        discord.channel("general").denies(Permissions::EMBED_LINKS);
        learns(&needle, "slugs", SLUGS);
        let told = ada.hears_on(&asked).await;
        discord.refused(50_013).await;
        told.shows("@ada, you wanted to be told: now I have an answer.\n  > You asked: do slugs").shows("pings ada");
        settled(url, 0).await;
        // Its question and whose it is are read from below the line that tells them.
        ada.clicks(&told, "Not helpful").await.is_private();
        settled(url, 1).await;
        let open = &store(url).unanswered(Listing::ALL).await.unwrap()[0];
        assert_eq!((&*open.text, open.message), ("do slugs eat lettuce at night?", Some(MessageId(asked.id()))));
        bob.clicks(&told, "Remove").await.is_private().shows("Only who asked");
        ada.clicks(&told, "Remove").await.is_gone();
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
