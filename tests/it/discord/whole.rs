//! The whole way of a question: asked and not answered, shown to moderators, added to the knowledge, answered, and told
//! to who asked.

use needle::store::{Listing, MessageId};

use super::fake::{OnMessage as _, Reply};
use super::inbox::{LABEL, SNAILS, Scene, file};
use super::needle::WATERING;
use super::notices::offering::PASSED_ON;
use super::notices::{TELL_ME, tells};
use crate::eventually::until;
use crate::store::on_both;

#[test]
fn a_question_becomes_a_phrasing_and_whoever_asked_it_is_told() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        let (ada, bob) = (&scene.ada, scene.discord.member("bob"));
        let asked = ada.asks_without_waiting(&format!("{SNAILS}?? mail me at ada@example.org"));
        let reply = asked.reply().await;
        reply.shows("I don't know").shows(PASSED_ON);
        reply.clicks(TELL_ME).await.is_private().shows("I mention you here, once");
        let card = scene.card().await;
        let question = scene.store().unanswered_of_message(MessageId(asked.id())).await.unwrap().unwrap();
        let form = card.selects(WATERING).await;
        let preview = form.fills([(LABEL, "do snails smell basil")]).await;
        preview.is_private();
        let shown = [&card, &form, &preview].map(Reply::text).join("\n");
        let changed = preview.clicks("Change the words …").await;
        let preview = changed.fills([(LABEL, "Can snails smell basil?")]).await;
        preview.is_private().shows("> Can snails smell basil?");
        assert!(!file(&needle, "garden/watering.md").contains("snails"), "nothing is written yet");
        assert_eq!(scene.store().notices(question).await.unwrap().len(), 1);

        let done = preview.clicks("Add it").await;
        card.changes().await.shows("Added to `garden/watering`").lacks("Ignore");
        assert!(file(&needle, "garden/watering.md").contains("\"Can snails smell basil?\""));
        bob.asks(SNAILS).await.shows("Every other day").lacks("pings");
        let told = asked.reply().await;
        tells(&told, "ada");
        told.shows("Every other day").shows("> You asked: can snails smell \\*basil\\*?? mail me at \\[e\\-mail\\]");
        let is_told = async || scene.store().notices(question).await.unwrap().is_empty();
        until("the notice is forgotten", is_told).await;
        scene.reads("added", &[shown, done.text(), card.text()].join("\n"));
        // Told once, whatever changes then.
        needle.reloads();
        scene.discord.nothing_further().await;

        // Undone, the words are gone and it is open again.
        card.clicks("Undo").await.shows("[Not for us] [Ignore]");
        assert!(!file(&needle, "garden/watering.md").contains("snails"));
        ada.asks(SNAILS).await.shows("I don't know").shows(PASSED_ON);
        card.changes().await.shows("asked 2×");
        assert_eq!(scene.store().unanswered(Listing::ALL).await.unwrap().len(), 1);
        scene.ends(needle).await;
    });
}
