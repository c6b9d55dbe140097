//! Faults of Discord and of the network.

use std::fs;
use std::time::Duration;

use needle::discord::session::Pace;

use super::fake::{Discord, Fault, Setup};
use super::needle::{LOGIN, Needle, PRUNING, WATERING};

const POST: &str = "POST /channels/*/messages";
const CALLBACK: &str = "POST /interactions/*/*/callback";

/// A Discord that lets the bot log in as often as the bot of a test thinks that it may, which is otherwise every five
/// seconds.
fn patient_between_logins() -> Discord {
    Discord::start_with(Setup { between_logins: LOGIN, ..Setup::default() })
}

#[tokio::test]
async fn a_message_is_sent_again_after_a_passing_fault() {
    let discord = Discord::start();
    let needle = Needle::new().at(|pace| pace.patience.request = Duration::from_millis(300)).start(&discord).await;
    let ada = discord.member("ada");
    for fault in [Fault::Status(500), Fault::Status(502), Fault::Lost, Fault::Silence] {
        discord.fails(POST, fault, 2);
        ada.asks(WATERING).await.shows("Every other day");
    }
    drop(needle);
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_answer_that_got_lost_is_not_sent_twice() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    discord.fails(POST, Fault::AnswerLost, 1);
    ada.asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn it_comes_back_when_discord_says_and_no_sooner() {
    let discord = Discord::start();
    let _needle = Needle::new().at(|pace| pace.patience.pauses.clear()).start(&discord).await;
    let ada = discord.member("ada");
    for is_global in [false, true] {
        discord.fails(POST, Fault::TooMany { after: Duration::from_secs(1), is_global }, 2);
        // The fake takes it for a mistake to come sooner.
        ada.asks(WATERING).await.shows("Every other day");
    }
    // A limit that lasts longer than anybody waits for an answer.
    discord.fails(POST, Fault::TooMany { after: Duration::from_hours(1), is_global: false }, 1);
    ada.asks_without_waiting(WATERING);
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_response_is_sent_again_after_a_passing_fault() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    discord.fails(CALLBACK, Fault::Status(502), 1);
    ada.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.fails(CALLBACK, Fault::AnswerLost, 1);
    ada.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.refused(40060).await;
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_happens_while_it_is_cut_off_is_answered_later() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    discord.drops_connections();
    ada.asks(WATERING).await.shows("Every other day");
    discord.asks_to_reconnect();
    ada.asks(PRUNING).await.shows("Early in spring");
    discord.invalidates_sessions(true);
    ada.asks(PRUNING).await.shows("Early in spring");
    assert_eq!(discord.sessions().0, 1, "sessions begun");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_session_that_is_over_begins_anew() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.invalidates_sessions(false);
    discord.connected_times(2).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_connection_that_is_closed_for_good_begins_anew() {
    let discord = patient_between_logins();
    let needle = Needle::new().start(&discord).await;
    // Serenity would read from it as fast as it can until its next heartbeat, 41 s later.
    discord.closes(4011);
    discord.connected_times(2).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.next_identify_closes(4010);
    discord.invalidates_sessions(false);
    discord.connected_times(4).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn however_a_connection_is_closed_another_is_made() {
    let discord = patient_between_logins();
    let needle = Needle::new().start(&discord).await;
    let ways: [fn(&Discord); 6] = [
        |discord| discord.closes(4000),
        |discord| discord.closes(4003),
        |discord| discord.closes(4009),
        |discord| discord.closes(1001),
        Discord::closes_without_code,
        Discord::drops_connections,
    ];
    for (number, closes) in (2..).zip(ways) {
        closes(&discord);
        discord.connected_times(number).await;
        discord.member("ada").asks(WATERING).await.shows("Every other day");
    }
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_connection_that_hangs_is_given_up() {
    let discord = Discord::start_with(Setup { heartbeat: Duration::from_millis(200), ..Setup::default() });
    discord.hangs(true);
    // Half a minute and two minutes otherwise.
    let hasty = |pace: &mut Pace| {
        pace.connect = Duration::from_millis(300);
        pace.silence = Duration::from_secs(2);
    };
    let needle = Needle::new().at(hasty).start_without_waiting(&discord);
    discord.approached(3).await;
    discord.hangs(false);
    discord.connected().await;
    discord.offers("/ask").await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    // The same when it comes back to resume its session. How often its heart beats is known by then.
    discord.beats(5).await;
    discord.hangs(true);
    discord.drops_connections();
    let before = discord.approaches();
    discord.approached(before + 2).await;
    discord.hangs(false);
    discord.connected().await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_stop_does_not_wait_for_a_connection_that_hangs() {
    let discord = Discord::start();
    discord.hangs(true);
    let needle = Needle::new().start_without_waiting(&discord);
    discord.approached(1).await;
    needle.stops().await.unwrap();
}

#[tokio::test]
async fn a_gateway_that_answers_no_heartbeat_is_left() {
    // Every 41 s otherwise.
    let discord = Discord::start_with(Setup { heartbeat: Duration::from_millis(200), ..Setup::default() });
    let _needle = Needle::new().start(&discord).await;
    discord.ignores_heartbeats(true);
    discord.connected_times(2).await;
    discord.ignores_heartbeats(false);
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn discord_away_in_the_middle_is_waited_for() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.goes_away();
    // Serenity tries again every five seconds; how often does not matter to it.
    discord.turned_away(2).await;
    discord.comes_back();
    discord.connected_times(2).await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_interaction_does_not_wait_for_messages() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let gate = discord.holds(POST);
    let ada = discord.member("ada");
    let questions: Vec<_> = (0..300).map(|_| ada.asks_without_waiting(WATERING)).collect();
    discord.in_flight(1).await;
    discord.flush().await;
    ada.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    gate.opens();
    for question in questions {
        question.reply().await;
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn knowledge_is_replaced_whole_under_load() {
    let discord = Discord::start();
    let mut needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let file = needle.knowledge.dir().join("garden/pruning.md");
    let before = fs::read_to_string(&file).unwrap();
    fs::write(&file, before.replace("Early in spring", "In autumn")).unwrap();
    let mut replies = 0;
    loop {
        let text = ada.asks(PRUNING).await.text();
        assert!(text.contains("Early in spring") != text.contains("In autumn"), "{text}");
        replies += 1;
        if text.contains("In autumn") {
            break;
        }
        assert!(replies < 10_000);
    }
    // A broken edit keeps what was there.
    fs::write(&file, "broken").unwrap();
    needle.knowledge.add("mulch", "What is mulch made of?");
    needle.refuses_knowledge().await;
    ada.asks(PRUNING).await.shows("In autumn");
    let mulch = "What is mulch made of?".to_owned();
    assert!(!ada.types("/ask", "question", &mulch).await.names().contains(&mulch), "all or nothing");
    discord.nothing_further().await;
}
