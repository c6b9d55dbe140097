//! A small knowledge base on the disk, for tests that change it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

const TOPIC: &str = r#"title = "Gardening"
description = "Plants and how to keep them alive."

[experts.ada]
name = "Ada Green"
role = "gardener"
place = "Kew"

[experts.bo]
name = "Bo Moss"
role = "botanist"

[sources.handbook]
title = "The Garden Handbook"
publisher = "Spade Press"
published = 2021
url = "https://example.org/handbook"

[sources.notes]
title = "Notes on Pruning"
published = 2024-03-01
"#;

const WATERING: &str = r#"question = "How often should I water tomatoes?"
phrasings = ["tomato watering schedule"]
experts = ["ada", "bo"]
sources = ["handbook", "notes"]
reviewed = 2026-05-01
related = ["pruning"]
disclaimer = "Every garden is *different*."
+++

**Every other day**, says Ada Green; every day when it is hotter than 30 °C (5 \* 6).

- Water the *soil*, never the leaves: wet leaves invite blight, and blight spreads through a bed within days.
- Stop when water stands.

More in [the handbook](https://example.org/tomatoes).
"#;

/// The entry on watering as Discord shows it in an embed, below the question that was asked.
pub const WATERING_SHOWN: &str = r"  ▌ **Every other day**, says Ada Green; every day when it is hotter than 30 °C (5 \* 6).
  ▌
  ▌ - Water the *soil*, never the leaves: wet leaves invite blight, and blight spreads through a bed within days.
  ▌ - Stop when water stands.
  ▌
  ▌ More in [the handbook](https://example.org/tomatoes).
  ▌ ## Experts
  ▌ **Ada Green**, gardener, Kew
  ▌ **Bo Moss**, botanist
  ▌ ## Sources
  ▌ [The Garden Handbook](https://example.org/handbook), Spade Press, 2021
  ▌ Notes on Pruning, 2024-03-01
  ▌ ## Last reviewed
  ▌ 2026-05-01
  ▌ -# Every garden is *different*.
";

/// A transcript with one line for each time that it shows [`WATERING_SHOWN`]: one test spells it out for all.
pub fn folded(transcript: &str) -> String {
    transcript.replace(WATERING_SHOWN, "  ▌ (the answer on watering)\n")
}

const PRUNING: &str = r#"question = "When should I prune roses?"
experts = ["ada"]
sources = ["notes"]
reviewed = 2026-05-02
+++

Early in spring.
"#;

const URGENT: &str = r#"title = "This may be poisoning"
level = "emergency"
signs = ["swallowed a berry"]
reviewed = 2026-05-03
+++

**Call the poison centre now.**
"#;

/// A knowledge base of two entries and an urgent document, in a temporary folder of its own.
pub struct SmallKnowledge {
    around: TempDir,
}

impl SmallKnowledge {
    pub fn new() -> Self {
        let knowledge = Self { around: tempfile::tempdir().unwrap() };
        knowledge.fill("knowledge");
        knowledge
    }

    /// The folder that the knowledge folder is in.
    pub fn around(&self) -> &Path {
        self.around.path()
    }

    /// The knowledge folder.
    pub fn dir(&self) -> PathBuf {
        self.around().join("knowledge")
    }

    /// Writes the same knowledge base to the folder `name` beside it.
    pub fn fill(&self, name: &str) -> PathBuf {
        let dir = self.around().join(name);
        fs::create_dir_all(dir.join("garden")).unwrap();
        fs::create_dir_all(dir.join("urgent")).unwrap();
        fs::write(dir.join("garden/topic.toml"), TOPIC).unwrap();
        write_entry(&dir, "garden/watering", WATERING);
        write_entry(&dir, "garden/pruning", PRUNING);
        write_entry(&dir, "urgent/poison", URGENT);
        dir
    }

    /// Writes the document `id`, given without its first `+++` line.
    pub fn write(&self, id: &str, text: &str) {
        write_entry(&self.dir(), id, text);
    }

    /// Adds the entry `garden/STEM` that answers `question`.
    pub fn add(&self, stem: &str, question: &str) {
        self.write(&format!("garden/{stem}"), &entry(question));
    }
}

/// An entry that answers `question`, without its first `+++` line.
pub fn entry(question: &str) -> String {
    PRUNING.replace("When should I prune roses?", question)
}

fn write_entry(dir: &Path, id: &str, text: &str) {
    fs::write(dir.join(format!("{id}.md")), format!("+++\n{text}")).unwrap();
}

/// Documents of a knowledge base about pots, for tests that need no folder or put other things beside them.
pub mod pots {
    /// A topic with one expert and one source.
    pub const TOPIC: &str = r#"title = "Pots"
description = "Growing things in pots."
[experts.ann]
name = "Ann"
role = "gardener"
[sources.book]
title = "Pots"
"#;

    /// An entry of it.
    pub const ENTRY: &str = r#"+++
question = "How often do I water?"
phrasings = ["when to water"]
experts = ["ann"]
sources = ["book"]
reviewed = 2026-11-23
+++

Every day.
"#;

    /// An urgent document.
    pub const URGENT: &str = r#"+++
title = "See a doctor"
level = "urgent"
signs = ["spurting blood"]
reviewed = 2026-11-23
+++

Go now.
"#;
}
