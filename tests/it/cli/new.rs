//! `needle new`.

use std::fs;
use std::path::Path;

use super::{ENTRY, TOPIC, folder, run_in};

#[test]
fn writes_an_entry_that_is_an_error_until_it_is_filled_in() {
    let dir = folder(&[("pots/water.md", &ENTRY)]);
    let said = run_in(dir.path(), &["new", "pots/light"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert_eq!(
        said.out,
        "Wrote knowledge/pots/light.md\n\nNext:\n  1. Fill in the empty lists and all that says TODO.\n  2. Add at least \
         three questions for `pots/light` to knowledge/pots/expected.tsv.\n  3. Run `needle check`, and mend what it \
         names.\n"
    );
    let path = dir.path().join("knowledge/pots/light.md");
    let template = fs::read_to_string(&path).expect("the file is there");
    assert!(template.contains("#   \"ann\": Ann, gardener\nexperts = []\n"), "{template}");
    assert!(template.contains("#   \"book\": Pots\nsources = []\n"), "{template}");
    assert_eq!(names(&dir.path().join("knowledge/pots")), ["light.md", "topic.toml", "water.md"]);

    let check = run_in(dir.path(), &["check"]);
    assert_eq!(check.code, Some(1));
    assert_eq!(check.out.matches("error[").count(), 5, "{}", check.out);
    assert_eq!(check.out.matches("error[unfilled]").count(), 3, "{}", check.out);

    // What says TODO and the empty lists are all there is to fill in.
    let filled = template
        .replace("experts = []", "experts = [\"ann\"]")
        .replace("sources = []", "sources = [\"book\"]")
        .replace("TODO: the question, clear and complete by itself", "How much light?")
        .replace("TODO: another way to ask it", "is my balcony sunny enough")
        .replace("TODO: ", "");
    fs::write(&path, filled).expect("the file is written");
    let check = run_in(dir.path(), &["check"]);
    assert_eq!(check.out, "2 entries in 1 topic; no expected questions; 0 errors, 0 warnings\n");
}

#[test]
fn overwrites_nothing() {
    let dir = folder(&[("pots/water.md", &ENTRY)]);
    let said = run_in(dir.path(), &["new", "pots/water"]);
    assert_eq!(said.err, "error: knowledge/pots/water.md is there already: change that file, or choose another name\n");
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert_eq!(fs::read_to_string(dir.path().join("knowledge/pots/water.md")).expect("the file is there"), *ENTRY);
}

#[test]
fn names_have_to_fit() {
    let dir = folder(&[]);
    for (name, message) in [
        ("light", "give the topic and the name, as in `microneedling/cost`"),
        ("pots/More Light", "the name `More Light` contains 'M'"),
        ("pots/", "the name is empty"),
        ("/light", "the name is empty"),
        ("../pots", "the name `..` contains '.'"),
        ("pots/../../light", "the name `../../light` contains '.'"),
        ("pots/a-name-that-is-longer-than-32-letters", "32 are the most"),
    ] {
        let said = run_in(dir.path(), &["new", name]);
        assert!(said.err.contains(message), "{name}: {}", said.err);
        assert_eq!(said.code, Some(2), "{name}");
    }
    assert_eq!(names(&dir.path().join("knowledge/pots")), ["topic.toml"]);
    assert_eq!(run_in(dir.path(), &["new", "pots/light.md"]).code, Some(0));
}

#[test]
fn topics_have_to_exist() {
    let dir = folder(&[("herbs/topic.toml", TOPIC)]);
    for (name, message) in [
        ("pot/light", "error: there is no topic `pot` in knowledge: did you mean `pots`?\n"),
        (
            "cars/light",
            "error: there is no topic `cars` in knowledge: there are herbs, pots; for another, make a folder with a \
             topic.toml\n",
        ),
        (
            "urgent/light",
            "error: `urgent` holds urgent documents, which are no entries: copy one that is in knowledge/urgent and \
             change it\n",
        ),
    ] {
        let said = run_in(dir.path(), &["new", name]);
        assert_eq!((said.code, said.err.as_str()), (Some(1), message));
    }
    let said = run_in(dir.path(), &["--knowledge", "nowhere", "new", "pots/light"]);
    assert_eq!(
        said.err,
        "error: there is no topic `pots` in nowhere: make a folder for it with a topic.toml, see docs/knowledge.md\n"
    );
}

#[test]
fn a_topic_with_errors_does_not_stop_it() {
    let dir = folder(&[("pots/topic.toml", "title = 7\n")]);
    assert_eq!(run_in(dir.path(), &["new", "pots/light"]).code, Some(0));
    assert!(dir.path().join("knowledge/pots/light.md").is_file());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let dir = folder(&[]);
    // A link that leads nowhere is something that is there.
    std::os::unix::fs::symlink("nowhere", dir.path().join("knowledge/pots/light.md")).expect("a link");
    assert_eq!(run_in(dir.path(), &["new", "pots/light"]).code, Some(1));
    assert_eq!(names(&dir.path().join("knowledge/pots")), ["light.md", "topic.toml"]);
}

fn names(dir: &Path) -> Vec<String> {
    let items = fs::read_dir(dir).expect("the folder can be read");
    let mut names: Vec<String> =
        items.map(|item| item.expect("an item").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
