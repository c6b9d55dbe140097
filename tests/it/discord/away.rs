//! The store is away for a while under load: members are answered all the time, and what they were told is kept, is.

use std::time::Duration;

use needle::store::{ChannelId, Event, Listing, MemberId, MessageId, ServerId, Store, Votes};

use super::fake::{Discord, Member, OnMessage as _, Posted, Reply};
use super::needle::WATERING;
use super::notices::offering::PASSED_ON;
use super::notices::{SLUGS, TELL_ME, knows_well, learns, settled, store, tells};
use crate::eventually::until;
use crate::store::outage::Outage;
use crate::store::{NOON, on_both};

const MEMBERS: usize = 25;

/// Room for what comes in some waves; that of one takes less than half of it, so that it is promised to be kept.
const CAPACITY: usize = 200;

/// Many members, and what they were told.
struct Crowd {
    members: Vec<Member>,
    waves: usize,
    unknown: Vec<Unknown>,
    /// How often an answer was said to have helped, and how often that was noted.
    votes: (u64, u64),
}

/// A question that nothing answered.
struct Unknown {
    asked: Posted,
    reply: Reply,
    is_passed_on: bool,
    is_noted: bool,
}

impl Crowd {
    fn of(discord: &Discord) -> Self {
        let members = (0..MEMBERS).map(|number| discord.member(&format!("member{number}"))).collect();
        Self { members, waves: 0, unknown: Vec::new(), votes: (0, 0) }
    }

    /// Everybody asks what is known and what is not, all at once, and presses what there is to press; `meanwhile`
    /// happens while they wait. How many of the questions were passed on.
    async fn asks(&mut self, meanwhile: impl Future<Output = ()>) -> usize {
        self.waves += 1;
        assert!(self.waves < 20, "it makes no difference whether the store is there");
        let unknown = format!("do slugs eat lettuce, {}?", "really ".repeat(self.waves));
        let ask = |(number, member): (usize, &Member)| {
            let own = format!("{unknown} {}", "please ".repeat(number));
            (member.asks_without_waiting(WATERING), member.asks_without_waiting(&own))
        };
        let asked: Vec<(Posted, Posted)> = self.members.iter().enumerate().map(ask).collect();
        meanwhile.await;
        let (mut votes, before) = (Vec::new(), self.unknown.len());
        for (known, asked) in asked {
            let answer = known.reply().await;
            answer.shows("Every other day");
            votes.push(answer);
            let reply = asked.reply().await;
            reply.shows("I don't know");
            let is_passed_on = reply.text().contains(PASSED_ON);
            assert_eq!(reply.text().contains(TELL_ME), is_passed_on);
            self.unknown.push(Unknown { asked, reply, is_passed_on, is_noted: false });
        }
        let votes: Vec<_> = self
            .members
            .iter()
            .zip(&votes)
            .map(|(member, answer)| member.clicks_without_waiting(answer, "Helpful"))
            .collect();
        // Half of them now, the other half after the next wave.
        let wants = |(place, unknown): (usize, &Unknown)| {
            let is_now = (place % 2 == 0) == (place >= before) && place + MEMBERS >= before;
            (is_now && unknown.is_passed_on)
                .then(|| (place, self.members[place % MEMBERS].clicks_without_waiting(&unknown.reply, TELL_ME)))
        };
        let wants: Vec<_> = self.unknown.iter().enumerate().filter_map(wants).collect();
        for vote in votes {
            let reply = vote.reply().await;
            let is_noted = reply.is_private().text().contains("I have noted that");
            self.votes = (self.votes.0 + 1, self.votes.1 + u64::from(is_noted));
            if !is_noted {
                reply.shows("Nothing has changed");
            }
        }
        for (place, want) in wants {
            let reply = want.reply().await;
            self.unknown[place].is_noted = reply.is_private().text().contains("I mention you here, once");
            if !self.unknown[place].is_noted {
                reply.shows("Nothing is noted: what I keep is out of reach");
            }
        }
        self.unknown[before..].iter().filter(|unknown| unknown.is_passed_on).count()
    }
}

impl Unknown {
    async fn is_kept(&self, store: &Store) -> bool {
        store.unanswered_of_message(MessageId(self.asked.id())).await.unwrap().is_some()
    }

    /// Whether it is kept that its member, of this number, wants to be told.
    async fn is_awaited(&self, store: &Store, member: &Member) -> bool {
        let Some(question) = store.unanswered_of_message(MessageId(self.asked.id())).await.unwrap() else {
            return false;
        };
        let notices = store.notices(question).await.unwrap();
        assert!(notices.len() <= 1);
        notices.iter().any(|notice| notice.member == MemberId(member.id()))
    }
}

#[test]
fn what_was_said_to_be_kept_is_there_when_the_store_is_back() {
    on_both(async |place| {
        let discord = Discord::start();
        let store = store(place);
        let (server, moderators) = (ServerId(discord.server_id()), Some(ChannelId(discord.channel("mods").id())));
        let set = store.change_server_settings(server, NOON, |settings| settings.moderators_channel = moderators);
        set.await.unwrap();
        let (mut outage, url) = Outage::of(place).await;
        let needle = knows_well(&url).by_clock(|| NOON).at(|pace| {
            // Cards and joining are other tests'.
            pace.cards_rest = Duration::from_hours(1);
            (pace.records.capacity, pace.records.attempt) = (CAPACITY, Duration::from_secs(1));
            pace.records.retry_at_most_after = Duration::from_millis(20);
        });
        let needle = needle.start(&discord).await;
        let mut crowd = Crowd::of(&discord);
        assert_eq!(crowd.asks(async {}).await, MEMBERS);
        crowd.asks(outage.begins()).await;
        // Until nothing is passed on any more, and until there is no room any more: each question leaves a record.
        while crowd.asks(async {}).await > 0 {}
        for _ in 0..=CAPACITY / (2 * MEMBERS) {
            crowd.asks(async {}).await;
        }
        assert!(crowd.votes.1 < crowd.votes.0);
        crowd.asks(outage.ends()).await;
        while crowd.asks(async {}).await < MEMBERS {}

        let votes = Votes { helpful: crowd.votes.1, unhelpful: Vec::new() };
        until("all votes are there", async || store.votes("garden/watering", None).await.unwrap() == votes).await;
        let mut kept = 0;
        for unknown in &crowd.unknown {
            let is_kept = unknown.is_kept(&store).await;
            assert!(is_kept || !unknown.is_passed_on, "{}", unknown.reply.text());
            kept += u32::from(is_kept);
        }
        assert!(usize::try_from(kept).unwrap() < crowd.unknown.len());
        let questions = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!(questions.iter().map(|question| question.times).sum::<u32>(), kept, "nothing is there twice");
        let tallies = store.tallies(None, NOON, NOON).await.unwrap();
        let answered = tallies.iter().filter(|(tally, _)| tally.event == Event::Answered).map(|(_, times)| times);
        assert!(answered.sum::<u64>() <= crowd.votes.0, "each answer counts once");

        let mut awaited = Vec::new();
        for (number, unknown) in crowd.unknown.iter().enumerate() {
            let member = &crowd.members[number % MEMBERS];
            let is_awaited = unknown.is_awaited(&store, member).await;
            assert!(is_awaited || !unknown.is_noted, "{}", unknown.reply.text());
            awaited.extend(is_awaited.then_some((unknown, number % MEMBERS)));
        }
        learns(&needle, "slugs", SLUGS);
        for (unknown, member) in &awaited {
            tells(&unknown.asked.reply().await, &format!("member{member}"));
        }
        settled(place, 0).await;
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
