//! Languages: fixed texts in the member's, and where all read them, in the server's.

use std::fs;

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};

#[tokio::test]
async fn private_replies_are_in_the_members_language() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada").speaks("de");
    let reply = ada.uses("/ask", [("question", WATERING), ("private", "true")]).await;
    assert_snapshot!(reply.text(), @r"
    Needle (answering ada's /ask, only you see this):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > Deine Frage: How often should I water tomatoes?
      ▌
      ▌ **Every other day**, says Ada Green; every day when it is hotter than 30 °C (5 \* 6).
      ▌
      ▌ - Water the *soil*, never the leaves: wet leaves invite blight, and blight spreads through a bed within days.
      ▌ - Stop when water stands.
      ▌
      ▌ More in [the handbook](https://example.org/tomatoes).
      ▌ ## Fachleute
      ▌ **Ada Green**, gardener, Kew
      ▌ **Bo Moss**, botanist
      ▌ ## Quellen
      ▌ [The Garden Handbook](https://example.org/handbook), Spade Press, 2021
      ▌ Notes on Pruning, 2024-03-01
      ▌ ## Zuletzt geprüft
      ▌ 2026-05-01
      ▌ -# Every garden is *different*.
      (Verwandte Fragen ▾ When should I prune roses?)
    ");
    reply.selects(PRUNING).await.shows("Deine Frage: How often").shows("Fachleute");
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.is_public().shows("You asked").shows("Experts").lacks("Fachleute");
    discord.member("bob").speaks("pt-BR").selects(&reply, PRUNING).await.shows("Só quem perguntou");
    ada.speaks("es-419").uses("/about", []).await.shows("Acerca de mí").shows("/preguntar");
    discord.member("kim").speaks("ko").uses("/about", []).await.shows("About me");
    discord.nothing_further().await;
}

#[tokio::test]
async fn public_replies_are_in_the_servers_language() {
    let discord = Discord::start();
    discord.channel("general").speaks("fr");
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let ada = discord.member("ada").speaks("de");
    let reply = ada.asks("roses or tomatoes, when do i water?").await;
    assert_snapshot!(reply.text(), @r"
    Needle (replying to ada):
      ▌ #e0a030
      ▌ # Est-ce l’une de ces questions ?
      ▌ > Ta question : roses or tomatoes, when do i water?
      ▌
      ▌ Je ne suis pas sûr de savoir laquelle est la tienne. Si ce n’est aucune d’elles, demande-le avec d’autres mots.
      [How often should I water tomatoes?]
      [When should I prune roses?]
      [How do I sharpen a kitchen knife?]
      [Aucune d’elles] [Retirer]
    ");
    // What stands on a message can be read in any language, also after the server has changed its own.
    discord.channel("general").speaks("pt-BR");
    let reply = reply.clicks(WATERING).await;
    reply.shows("Especialistas").shows("Ta question\u{a0}: roses").shows("Remover");
    reply.clicks("Remover").await.is_gone();
    let reply = ada.asks("roses or tomatoes, when do i water?").await;
    reply.shows("É uma destas perguntas?");
    let question = discord.member("bob").says("roses or tomatoes, when do i water?");
    let suggestions = ada.uses_on("Answer this", &question).await;
    suggestions.is_private().shows("Für @bob, auf Wunsch von @ada").shows("Keine davon");
    let answer = suggestions.clicks(WATERING).await;
    answer.is_public().shows("Especialistas").shows("Para @bob").shows("roses or tomatoes").lacks("Für @bob");
    discord.nothing_further().await;
}

#[tokio::test]
async fn direct_messages_are_in_the_members_language() {
    let discord = Discord::start();
    discord.channel("general").speaks("fr");
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada").speaks("de").in_private();
    ada.uses("/ask", [("question", "what is love?")]).await.shows("Das weiß ich nicht.");
    // Discord does not tell the language of who writes a message; what they write may.
    ada.asks("what is love?").await.shows("I don't know that one.");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_question_in_another_language_is_told_so() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada").speaks("fr"), discord.member("bob"));
    // In the language of the question, whatever that of the member's client is.
    let reply = ada.uses("/ask", [("question", "Wie oft muss ich Tomaten gießen?")]).await;
    assert_snapshot!(reply.text(), @r"
    Needle (answering ada's /ask):
      ▌ #808890
      ▌ # In dieser Sprache kann ich leider nicht antworten.
      ▌ > Deine Frage: Wie oft muss ich Tomaten gießen?
      ▌
      ▌ Meine Antworten sind auf Englisch. Bitte frag mich auf Englisch. Wenn es um deine Gesundheit geht und nicht warten kann, hol dir bitte sofort ärztliche Hilfe.
      [Entfernen]
    ");
    ada.asks("¿cada cuánto hay que regar los tomates?").await.shows("Pregúntame en inglés").lacks("Every");
    ada.in_private().asks("quand dois-je arroser mes tomates").await.shows("Pose-moi ta question en anglais");
    ada.asks("как часто поливать помидоры").await.shows("I cannot answer in that language.");
    ada.uses("/ask", [("question", "как часто поливать помидоры"), ("private", "true")]).await.shows("Désolé");
    // Who points at somebody else's question reads their own language.
    let question = bob.says("Wie oft muss ich Tomaten gießen?");
    ada.uses_on("Answer this", &question).await.is_private().shows("Désolé, je ne peux pas");
    // Signs of danger come first.
    ada.asks("ich habe eine frage, my son swallowed a berry").await.shows("Call the poison centre now");
    // Where a topic is in that language, the question is looked for.
    let topic = needle.knowledge.dir().join("kitchen/topic.toml");
    let text = fs::read_to_string(&topic).unwrap();
    fs::write(&topic, format!("language = \"de\"\n{text}")).unwrap();
    needle.reloads();
    ada.asks("Wie oft muss ich Tomaten gießen, watering?").await.shows("Every other day");
    ada.asks("¿cada cuánto hay que regar los tomates?").await.shows("Pregúntame en inglés o alemán");
    ada.in_private().asks("Wie oft muss ich Tomaten gießen?").await.shows("Bitte frag mich auf Englisch.");
    fs::write(&topic, format!("language = \"other\"\n{text}")).unwrap();
    needle.reloads();
    ada.asks("¿cada cuánto hay que regar los tomates, watering?").await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_urgent_notice_is_in_the_language_that_the_danger_is_told_in() {
    /// An urgent document in German, without its first line.
    const POISON: &str = r#"title = "Das kann eine Vergiftung sein"
level = "emergency"
language = "de"
signs = ["beere geschluckt", "beere gegessen"]
reviewed = 2026-11-23
+++

Ruf sofort den Giftnotruf an.
"#;
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    needle.knowledge.write("urgent/poison-de", POISON);
    needle.reloads();
    let ada = discord.member("ada");
    let reply = ada.asks("hilfe, mein sohn hat eine Beere geschluckt").await;
    assert_snapshot!(reply.text(), @r"
    Needle (replying to ada):
      ▌ #d02020
      ▌ # Das kann eine Vergiftung sein
      ▌ Ruf sofort den Giftnotruf an.
      ▌ ## Zuletzt geprüft
      ▌ 2026-11-23
      [Entfernen]
    ");
    ada.asks("mein sohn hat keine Beere gegessen, was nun").await.lacks("Giftnotruf");
    ada.asks("my son swallowed a berry").await.shows("Call the poison centre now").lacks("Giftnotruf");
    // Also where somebody else points at it: its author is to read all of it.
    let question = discord.member("bob").says("mein sohn hat eine Beere gegessen");
    let reply = ada.uses_on("Answer this", &question).await;
    reply.is_public().shows("Giftnotruf").shows("Zuletzt geprüft").shows("Für @bob");
    discord.nothing_further().await;
}

#[tokio::test]
async fn commands_are_named_in_every_language() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let names: Vec<String> = discord
        .commands(None)
        .iter()
        .map(|(_, command)| format!("{} {}", command["name"], command["name_localizations"]))
        .collect();
    assert_snapshot!(names.join("\n"), @r#"
    "ask" {"de":"fragen","es-419":"preguntar","es-ES":"preguntar","fr":"demander","pt-BR":"perguntar"}
    "topics" {"de":"themen","es-419":"temas","es-ES":"temas","fr":"sujets","pt-BR":"temas"}
    "about" {"de":"info","es-419":"acerca-de","es-ES":"acerca-de","fr":"à-propos","pt-BR":"sobre"}
    "privacy" {"de":"datenschutz","es-419":"privacidad","es-ES":"privacidad","fr":"confidentialité","pt-BR":"privacidade"}
    "forget-me" {"de":"vergiss-mich","es-419":"olvídame","es-ES":"olvídame","fr":"oublie-moi","pt-BR":"esqueça-me"}
    "faq" {"de":"faq","es-419":"faq","es-ES":"faq","fr":"faq","pt-BR":"faq"}
    "Answer this" {"de":"Darauf antworten","es-419":"Responder a esto","es-ES":"Responder a esto","fr":"Répondre à ceci","pt-BR":"Responder a isto"}
    "#);
    discord.nothing_further().await;
}
