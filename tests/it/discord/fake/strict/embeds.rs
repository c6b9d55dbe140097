//! The limits of embeds.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Iso8601;

use super::super::form::{Form, items, join, length};

/// The most embeds of a message.
const EMBEDS: usize = 10;

/// The most text in all embeds of a message, in UTF-16 units.
const TOTAL: usize = 6_000;

/// The longest address, in UTF-16 units.
const ADDRESS: usize = 2_048;

/// The largest colour.
const COLOUR: i64 = 0xFF_FF_FF;

pub fn check(form: &mut Form, body: &Value, path: &str) {
    let embeds = form.list(body, path, "embeds", 0, EMBEDS);
    let path = join(path, "embeds");
    let mut total = 0;
    for (index, embed) in embeds.iter().enumerate() {
        let path = join(&path, index);
        check_embed(form, embed, &path);
        total += texts(embed).map(|text| length(text.trim())).sum::<usize>();
        if total > TOTAL {
            let message = format!("Embed size exceeds maximum size of {TOTAL}");
            form.fault(&path, "MAX_EMBED_SIZE_EXCEEDED", message);
            return;
        }
    }
}

fn check_embed(form: &mut Form, embed: &Value, path: &str) {
    let known = [
        "title",
        "type",
        "description",
        "url",
        "timestamp",
        "color",
        "footer",
        "image",
        "thumbnail",
        "author",
        "fields",
    ];
    form.knows(embed, path, &known);
    form.text(embed, path, "title", 0, 256);
    form.text(embed, path, "description", 0, 4_096);
    form.address(embed, path, "url", ADDRESS);
    form.number(embed, path, "color", 0, COLOUR);
    if let Some(time) = form.text(embed, path, "timestamp", 0, 64)
        && OffsetDateTime::parse(time, &Iso8601::DEFAULT).is_err()
    {
        let message = format!("Could not parse {time}. Should be ISO8601.");
        form.fault(&join(path, "timestamp"), "DATE_TIME_TYPE_PARSE", message);
    }
    for (part, key, max) in [("footer", "text", 2_048), ("author", "name", 256)] {
        if embed[part].is_object() {
            let path = join(path, part);
            form.knows(&embed[part], &path, &[key, "icon_url", "url"]);
            form.text(&embed[part], &path, key, 1, max);
            form.address(&embed[part], &path, "icon_url", ADDRESS);
            form.address(&embed[part], &path, "url", ADDRESS);
        }
    }
    for part in ["image", "thumbnail"] {
        form.address(&embed[part], &join(path, part), "url", ADDRESS);
    }
    for (index, field) in form.list(embed, path, "fields", 0, 25).iter().enumerate() {
        let path = join(&join(path, "fields"), index);
        form.knows(field, &path, &["name", "value", "inline"]);
        form.text(field, &path, "name", 1, 256);
        form.text(field, &path, "value", 1, 1_024);
    }
    let shows = texts(embed).any(|text| !text.trim().is_empty())
        || embed["image"].is_object()
        || embed["thumbnail"].is_object();
    if !shows {
        form.required(&join(path, "description"));
    }
}

/// The texts that count towards the total.
fn texts(embed: &Value) -> impl Iterator<Item = &str> {
    let fields = items(&embed["fields"]).iter().flat_map(|field| [&field["name"], &field["value"]]);
    [&embed["title"], &embed["description"], &embed["footer"]["text"], &embed["author"]["name"]]
        .into_iter()
        .chain(fields)
        .filter_map(Value::as_str)
}
