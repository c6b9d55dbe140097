//! What members are told of what is kept, and what they can have deleted.

use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{Key, MemberId, MessageId, Options, ServerId, Store, Url, Vote};
use sqlx::{Connection as _, SqliteConnection};

use super::fake::{Discord, Member};
use super::needle::{Needle, WATERING};
use crate::store::{NOON, on_both, on_sqlite};

#[tokio::test]
async fn says_what_is_kept_and_for_how_long() {
    let discord = Discord::start();
    let _needle = Needle::new().with("NEEDLE__STORE__RETENTION_DAYS", &12).start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.uses("/privacy", []).await;
    assert_snapshot!(reply.is_private().text(), @r"
    Needle (answering ada's /privacy, only you see this):
      ▌ #5865f2
      ▌ # What I keep
      ▌ I write down as little as I can. Conversations are not kept at all, and the text of a question that I answered only where somebody said that the answer did not help.
      ▌ ## Questions I could not answer
      ▌ I keep their words, and those of questions whose answer somebody called not helpful, for 12 days, so that somebody can find an answer, without your name, and without e-mail addresses, phone numbers, mentions and the like. Delete the question and they go at once. Nothing is kept of what you ask privately.
      ▌ ## You
      ▌ If you vote on an answer, I note the vote with a code that only I can make from your account. If you ask to be told something, I keep your Discord account's ID until then, 30 days at most. If you settle a question as a moderator, I keep your Discord account's ID as long as its words. `/forget-me` deletes all of this at once.
      ▌ ## This server
      ▌ I count how often an answer was given on a day, and keep what moderators set. When I leave a server, all that belongs to it is deleted after 7 days.
    ");
    ada.uses("/about", []).await.shows("I keep for 12 days");
    discord.member("dora").speaks("de").uses("/privacy", []).await.shows("12 Tage lang").shows("höchstens 30 Tage");
    ada.in_private().uses("/privacy", []).await.shows("What I keep");
    discord.nothing_further().await;
}

/// A vote of `member`, as the bot of `discord` keeps it.
fn vote(discord: &Discord, member: &Member) -> Vote {
    Vote {
        member: Key::new(discord.token().as_bytes()).member(MemberId(member.id())),
        message: MessageId(9),
        entry: "garden/watering".to_owned(),
        server: Some(ServerId(discord.server_id())),
        helpful: true,
        reason: None,
        at: NOON,
    }
}

async fn votes(url: &Url) -> u64 {
    Store::new(url, Options::default()).votes("garden/watering", None).await.unwrap().helpful
}

#[test]
fn who_wants_to_be_forgotten_is() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let store = Store::new(url, Options::default());
        for member in [&ada, &bob] {
            store.vote(&vote(&discord, member)).await.unwrap();
        }
        ada.uses("/forget-me", []).await.is_private().shows("I have deleted your votes");
        assert_eq!(votes(url).await, 1);
        ada.uses("/forget-me", []).await.is_private().shows("I have deleted your votes");
        bob.in_private().uses("/forget-me", []).await.shows("I have deleted your votes");
        assert_eq!(votes(url).await, 0);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn that_nobody_could_be_forgotten_is_said() {
    on_sqlite(&async |place: &crate::store::Place| {
        let discord = Discord::start();
        let needle =
            Needle::new().keeping_in(place).at(|pace| pace.forget = Duration::from_hours(1)).start(&discord).await;
        let ada = discord.member("ada");
        Store::new(place, Options::default()).vote(&vote(&discord, &ada)).await.unwrap();
        // Another program is writing, and does not come to an end.
        let mut other = SqliteConnection::connect(&place.raw).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        ada.uses("/forget-me", []).await.is_private().shows("Nothing has been deleted; please try again");
        // Of which nothing else suffers.
        ada.asks(WATERING).await.shows("Every other day");
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        assert_eq!(votes(place).await, 1);
        ada.uses("/forget-me", []).await.is_private().shows("I have deleted your votes");
        assert_eq!(votes(place).await, 0);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
